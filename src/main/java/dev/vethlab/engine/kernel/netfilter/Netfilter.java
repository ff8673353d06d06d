package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.Nat;
import dev.vethlab.engine.kernel.netfilter.match.HashLimitMatch;
import dev.vethlab.engine.kernel.netfilter.match.RecentMatch;
import dev.vethlab.engine.kernel.netfilter.set.SetTable;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tables of one network namespace, and the hooks that ask them ({@code net/netfilter/core.c}, {@code nf_nat_core.c}). */
public final class Netfilter {
    /** Names of {@code -m hashlimit} and of {@code -m recent} in a namespace; beyond, all allowances begin anew. */
    private static final int MAX_HASH_LIMITS = 256;

    private final NetworkNamespace namespace;
    private final @Nullable Table[] tables = new Table[TableName.values().length];
    private final HookPoint[][] points = new HookPoint[TableName.values().length][Hook.values().length];
    private final Decision.RuleWalk[][] empty = new Decision.RuleWalk[TableName.values().length][Hook.values().length];
    private final Stage[][] stages = new Stage[TableName.values().length][Hook.values().length];
    private final Map<String, HashLimitMatch.HashTable> hashLimits = new TreeMap<>();
    private final Map<String, RecentMatch.Seen> recent = new TreeMap<>();
    private final List<Walk> walks = new ArrayList<>();
    private final SetTable sets;
    private final List<RuleListener> listeners = new ArrayList<>(0);
    private int nesting;
    private int size;
    private int natChains;
    private int conntrackUsers;
    private long lastRuleId;
    private long lastTableHandle;

    public Netfilter(NetworkNamespace namespace) {
        this.namespace = namespace;
        this.sets = new SetTable(namespace);
        for (TableName table : TableName.values()) {
            for (Hook hook : table.hooks()) {
                points[table.ordinal()][hook.ordinal()] = new HookPoint(namespace, table, hook);
                empty[table.ordinal()][hook.ordinal()] =
                        new Decision.RuleWalk(table.text(), hook.name(), List.of(), "ACCEPT", true);
                stages[table.ordinal()][hook.ordinal()] = table.stage(hook);
            }
        }
    }

    // ---- configuration ----

    /** The table, made if need be. */
    public Table table(TableName name) {
        Table table = tables[name.ordinal()];
        if (table == null) {
            table = new Table(this, name);
            tables[name.ordinal()] = table;
        }
        return table;
    }

    long newTableHandle() {
        return ++lastTableHandle;
    }

    /** The table; null while nobody has used it. */
    public @Nullable Table existing(TableName name) {
        return tables[name.ordinal()];
    }

    /** Whether a rule here wants connections to be tracked; a nat chain alone does not. */
    public boolean needsConntrack() {
        return conntrackUsers > 0;
    }

    /** The addresses of {@code -m recent} rules of this name. */
    public RecentMatch.Seen recent(String name) {
        if (recent.size() >= MAX_HASH_LIMITS && !recent.containsKey(name)) {
            recent.clear();
        }
        return recent.computeIfAbsent(name, n -> new RecentMatch.Seen());
    }

    /** The names of {@code -m recent} that rules here use. */
    public SortedSet<String> recentNames() {
        var names = new TreeSet<String>();
        for (Table table : tables) {
            if (table != null) {
                table.chains().forEach(chain -> chain.rules().forEach(rule -> rule.spec().matches().forEach(match -> {
                    if (match instanceof RecentMatch recently) {
                        names.add(recently.list());
                    }
                })));
            }
        }
        return names;
    }

    /** Is told of traced packets from now on. */
    public void addListener(RuleListener listener) {
        listeners.add(listener);
    }

    public void removeListener(RuleListener listener) {
        listeners.remove(listener);
    }

    /** Who is told of this packet: nobody unless it is traced. */
    List<RuleListener> listeners(PacketBuffer packet) {
        return packet.traced ? listeners : List.of();
    }

    /** The namespace's ipsets. */
    public SetTable sets() {
        return sets;
    }

    /** The allowances of {@code -m hashlimit} rules of this name. */
    public HashLimitMatch.HashTable hashLimits(String name) {
        if (hashLimits.size() >= MAX_HASH_LIMITS && !hashLimits.containsKey(name)) {
            hashLimits.clear();
        }
        return hashLimits.computeIfAbsent(name, n -> new HashLimitMatch.HashTable());
    }

    void makeRoom() throws KernelException {
        if (!namespace.kernel().room().has(Limit.RULES, size, 1)) {
            throw new KernelException(Errno.ENOMEM);
        }
        namespace.kernel().memory().allocate(Memory.RULE);
    }

    /** How many rules and users' chains there are. */
    public int size() {
        return size;
    }

    /** Users' chains count as rules do. */
    void userChainsChanged(int change) {
        size += change;
    }

    long nextRuleId() {
        return ++lastRuleId;
    }

    void ruleAdded(RuleSpec spec) {
        size++;
        conntrackUsers += spec.needsConntrack() ? 1 : 0;
        if (spec.needsAccounting()) {
            namespace.sysctls().switchOn("net.netfilter.nf_conntrack_acct");
        }
        spec.sets().forEach(set -> sets.refer(set, 1));
    }

    void ruleRemoved(RuleSpec spec) {
        size--;
        conntrackUsers -= spec.needsConntrack() ? 1 : 0;
        spec.sets().forEach(set -> sets.refer(set, -1));
    }

    void baseChainAdded(TableName table) {
        if (table == TableName.NAT) {
            natChains++;
        }
    }

    void baseChainRemoved(TableName table) {
        if (table == TableName.NAT) {
            natChains--;
        }
    }

    // ---- packets ----

    /** Walks the table's base chain at this hook; false if the packet ends here. For nat: translates, too. */
    public boolean traverse(TableName name, Hook hook, PacketBuffer packet) {
        if (name == TableName.NAT) {
            return natChains == 0 || translate(hook, packet);
        }
        Table table = tables[name.ordinal()];
        Chain chain = table == null ? null : table.base(hook);
        if (chain == null) {
            return true;
        }
        Ipv4Packet before = packet.ip();
        HookPoint at = points[name.ordinal()][hook.ordinal()];
        if (chain.rules().isEmpty() && chain.policy() == Verdict.ACCEPT) {
            chain.count(before.length());
            listeners(packet).forEach(listener -> {
                listener.packet(packet, at);
                listener.policy(packet, at, Verdict.ACCEPT);
            });
            report(packet, at, null, empty[name.ordinal()][hook.ordinal()], Outcome.CONTINUES);
            return true;
        }
        Walk walk = begin();
        Verdict verdict = walk.run(java.util.Objects.requireNonNull(table), chain, packet, at);
        nesting--;
        return conclude(packet, at, before, verdict, walk.decision(), walk.remedy());
    }

    /** A walk that no other uses: a REJECT's answer walks while the rejected packet's walk is not over. */
    private Walk begin() {
        if (nesting == walks.size()) {
            walks.add(new Walk());
        }
        return walks.get(nesting++);
    }

    private boolean conclude(
            PacketBuffer packet, HookPoint at, Ipv4Packet before, Verdict verdict, Decision decision, Decision.@Nullable Lazy remedy) {
        boolean dropped = verdict == Verdict.DROP;
        Outcome outcome = dropped
                ? new Outcome.Dropped(DropReason.NETFILTER_DROP, java.util.Objects.requireNonNull(remedy))
                : Outcome.CONTINUES;
        report(packet, at, packet.ip() == before ? null : before, decision, outcome);
        return !dropped;
    }

    /** {@code nf_nat_inet_fn}: rules for the first packet of a connection, the connection's own translation for all. */
    private boolean translate(Hook hook, PacketBuffer packet) {
        if (hook == Hook.FORWARD) {
            return true;
        }
        ConntrackEntry connection = packet.connection;
        if (connection == null) {
            return true;
        }
        Ipv4Packet before = packet.ip();
        Nat nat = namespace.conntrack().nat();
        HookPoint at = points[TableName.NAT.ordinal()][hook.ordinal()];
        Decision decision = null;
        if (nat.asksRules(packet) && !nat.isDecided(connection, hook)) {
            Table table = tables[TableName.NAT.ordinal()];
            Chain chain = table == null ? null : table.base(hook);
            if (chain != null) {
                Walk walk = begin();
                Verdict verdict = walk.run(java.util.Objects.requireNonNull(table), chain, packet, at);
                nesting--;
                decision = walk.decision();
                if (verdict == Verdict.DROP) {
                    return conclude(packet, at, before, verdict, decision, walk.remedy());
                }
            }
            if (!nat.isDecided(connection, hook)) {
                nat.bindNull(connection, hook);
            }
        }
        if (!nat.rewrite(packet, hook)) {
            report(packet, at, null, decision == null ? nat.decision(packet) : decision,
                    new Outcome.Dropped(DropReason.NETFILTER_DROP, () -> "an ICMP redirect about a connection without translation"));
            return false;
        }
        if (decision != null || packet.ip() != before) {
            Decision why = decision == null ? nat.decision(packet) : decision;
            report(packet, at, packet.ip() == before ? null : before, why, Outcome.CONTINUES);
        }
        return true;
    }

    private void report(PacketBuffer packet, HookPoint at, @Nullable Ipv4Packet before, Decision decision, Outcome outcome) {
        Stage stage = stages[at.table().ordinal()][at.hook().ordinal()];
        namespace.kernel().tracer().report(packet.id(), namespace.place(), stage, packet.frame(), packet.payload(), before, decision,
                outcome);
    }
}
