package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.Netfilter;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/**
 * The engine's own chains and how it writes rules ({@code drivers/bridge/internal/iptabler/iptabler.go}). Without {@code iptables} it
 * writes none.
 */
public final class Firewaller {
    static final String DOCKER = "DOCKER";
    static final String FORWARD = "DOCKER-FORWARD";
    static final String BRIDGE = "DOCKER-BRIDGE";
    static final String CT = "DOCKER-CT";
    static final String STAGE_1 = "DOCKER-ISOLATION-STAGE-1";
    static final String STAGE_2 = "DOCKER-ISOLATION-STAGE-2";
    private static final String USER = "DOCKER-USER";

    private final Netfilter netfilter;
    private final boolean enabled;
    private final boolean hairpin;
    private final boolean allowDirectRouting;

    /** @param hairpin whether there is no userland proxy, so that rules must do its work */
    public Firewaller(Netfilter netfilter, boolean enabled, boolean hairpin, boolean allowDirectRouting) {
        this.netfilter = netfilter;
        this.enabled = enabled;
        this.hairpin = hairpin;
        this.allowDirectRouting = allowDirectRouting;
    }

    boolean isHairpin() {
        return hairpin;
    }

    boolean allowsDirectRouting() {
        return allowDirectRouting;
    }

    /** Makes the chains anew and the jumps to them. */
    public void start() throws EngineException {
        if (!enabled) {
            return;
        }
        try {
            removeChains();
            netfilter.table(TableName.NAT).ensureChain(DOCKER);
            for (String chain : new String[] {DOCKER, FORWARD, BRIDGE, CT, STAGE_1, STAGE_2}) {
                netfilter.table(TableName.FILTER).ensureChain(chain);
            }
        } catch (KernelException e) {
            throw failed(e);
        }
        append(TableName.NAT, "PREROUTING", RuleSpec.build().destinationIsLocal().jump(DOCKER));
        append(TableName.NAT, "OUTPUT", hairpin
                ? RuleSpec.build().destinationIsLocal().jump(DOCKER)
                : RuleSpec.build().notDestination("127.0.0.0/8").destinationIsLocal().jump(DOCKER));
        jumpFirst("FORWARD", FORWARD);
        jumpFirst(FORWARD, BRIDGE);
        jumpFirst(FORWARD, STAGE_1);
        jumpFirst(FORWARD, CT);
    }

    /** DOCKER-USER comes before all, and its rules outlive the engine ({@code libnetwork/firewall_linux.go}). */
    public void setUpUserChain() throws EngineException {
        if (!enabled) {
            return;
        }
        try {
            netfilter.table(TableName.FILTER).ensureChain(USER);
        } catch (KernelException e) {
            throw failed(e);
        }
        jumpFirst("FORWARD", USER);
    }

    /** The engine itself switched forwarding on: then what no rule accepts is not forwarded. */
    public void dropForwardedByDefault() throws EngineException {
        if (enabled) {
            try {
                netfilter.table(TableName.FILTER).setPolicy(Hook.FORWARD, Verdict.DROP);
            } catch (KernelException e) {
                throw failed(e);
            }
        }
    }

    private void removeChains() throws KernelException {
        Table nat = netfilter.table(TableName.NAT);
        Table filter = netfilter.table(TableName.FILTER);
        nat.delete("PREROUTING", RuleSpec.build().destinationIsLocal().jump(DOCKER));
        nat.delete("OUTPUT", RuleSpec.build().destinationIsLocal().jump(DOCKER));
        nat.delete("OUTPUT", RuleSpec.build().notDestination("127.0.0.0/8").destinationIsLocal().jump(DOCKER));
        filter.delete("FORWARD", RuleSpec.build().jump(FORWARD));
        if (nat.chain(DOCKER) != null) {
            nat.flush(DOCKER);
        }
        for (String chain : new String[] {FORWARD, BRIDGE, STAGE_1, DOCKER, CT, STAGE_2}) {
            if (filter.chain(chain) != null) {
                filter.flush(chain);
            }
        }
    }

    /** {@code EnsureJumpRule}: takes the jump away where it is and puts it first. */
    private void jumpFirst(String from, String to) throws EngineException {
        RuleSpec jump = RuleSpec.build().jump(to);
        delete(TableName.FILTER, from, jump);
        insert(TableName.FILTER, from, jump);
    }

    /** Puts it first, unless it is anywhere in the chain. */
    void insert(TableName table, String chain, RuleSpec rule) throws EngineException {
        add(table, chain, rule, true);
    }

    /** Puts it last, unless it is anywhere in the chain. */
    void append(TableName table, String chain, RuleSpec rule) throws EngineException {
        add(table, chain, rule, false);
    }

    private void add(TableName table, String chain, RuleSpec rule, boolean first) throws EngineException {
        if (!enabled || netfilter.table(table).exists(chain, rule)) {
            return;
        }
        try {
            if (first) {
                netfilter.table(table).insert(chain, 1, rule);
            } else {
                netfilter.table(table).append(chain, rule);
            }
        } catch (KernelException e) {
            throw failed(e);
        }
    }

    void delete(TableName table, String chain, RuleSpec rule) {
        if (enabled) {
            netfilter.table(table).delete(chain, rule);
        }
    }

    private static EngineException failed(KernelException e) {
        return EngineException.internal("iptables failed: " + e.errno().message());
    }
}
