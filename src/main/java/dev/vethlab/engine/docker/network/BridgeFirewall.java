package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.Subnet;
import dev.vethlab.engine.docker.publish.PortMapping;
import dev.vethlab.engine.docker.publish.PortRules;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.match.AddrTypeMatch;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of one bridge network, of its endpoints and their published ports ({@code iptabler/network.go}, {@code endpoint.go}, {@code
 * port.go}).
 */
final class BridgeFirewall implements PortRules {
    private static final AddrTypeMatch SOURCE_IS_LOCAL = new AddrTypeMatch(1 << RouteType.LOCAL.ordinal(), false, 0, false, null);

    private final Firewaller firewaller;
    private final BridgeOptions options;
    private final String bridge;
    private final String subnet;
    private final List<Placed> networkRules = new ArrayList<>();

    private record Placed(TableName table, String chain, RuleSpec rule) {}

    BridgeFirewall(Firewaller firewaller, BridgeOptions options, Subnet subnet) {
        this.firewaller = firewaller;
        this.options = options;
        this.bridge = options.bridgeName();
        this.subnet = subnet.masked().toString();
    }

    private boolean routed() {
        return options.gatewayMode() == GatewayMode.ROUTED;
    }

    private boolean unprotected() {
        return options.gatewayMode() == GatewayMode.NAT_UNPROTECTED;
    }

    // ---- the network ----

    void addNetworkRules() throws EngineException {
        if (options.internal()) {
            insert(TableName.FILTER, Firewaller.STAGE_1, RuleSpec.build().in(bridge).notDestination(subnet).drop());
            insert(TableName.FILTER, Firewaller.STAGE_1, RuleSpec.build().out(bridge).notSource(subnet).drop());
            RuleSpec inner = options.icc() ? RuleSpec.build().in(bridge).out(bridge).accept()
                    : RuleSpec.build().in(bridge).out(bridge).drop();
            append(TableName.FILTER, Firewaller.FORWARD, inner);
            return;
        }
        translate();
        if (!options.icc()) {
            append(TableName.FILTER, Firewaller.FORWARD, RuleSpec.build().in(bridge).out(bridge).drop());
        }
        if (routed()) {
            append(TableName.FILTER, Firewaller.DOCKER, RuleSpec.build().out(bridge).protocol(IpProtocol.ICMP).accept());
        }
        append(TableName.FILTER, Firewaller.FORWARD, options.icc()
                ? RuleSpec.build().in(bridge).accept()
                : RuleSpec.build().in(bridge).notOut(bridge).accept());
        append(TableName.FILTER, Firewaller.DOCKER, unprotected()
                ? RuleSpec.build().notIn(bridge).out(bridge).accept()
                : RuleSpec.build().notIn(bridge).out(bridge).drop());
        append(TableName.FILTER, Firewaller.CT, RuleSpec.build().out(bridge).relatedOrEstablished().accept());
        append(TableName.FILTER, Firewaller.BRIDGE, RuleSpec.build().out(bridge).jump(Firewaller.DOCKER));
        isolate();
    }

    private void translate() throws EngineException {
        int hostAddress = options.hostIpv4();
        if (options.masquerade()) {
            if (!routed()) {
                var rule = RuleSpec.build().source(subnet).notOut(bridge);
                insert(TableName.NAT, "POSTROUTING", hostAddress != 0 ? rule.snat(hostAddress, 0) : rule.masquerade());
            }
            if (!firewaller.isHairpin()) {
                insert(TableName.NAT, Firewaller.DOCKER, RuleSpec.build().in(bridge).returns());
            }
        }
        if (firewaller.isHairpin()) {
            var rule = RuleSpec.build().out(bridge).match(SOURCE_IS_LOCAL);
            insert(TableName.NAT, "POSTROUTING", hostAddress != 0 ? rule.snat(hostAddress, 0) : rule.masquerade());
        }
    }

    /** Inter-network communication ({@code setINC}). */
    private void isolate() throws EngineException {
        if (routed()) {
            insert(TableName.FILTER, Firewaller.STAGE_1, RuleSpec.build().out(bridge).returns());
            insert(TableName.FILTER, Firewaller.STAGE_1, RuleSpec.build().in(bridge).relatedOrEstablished().accept());
        }
        append(TableName.FILTER, Firewaller.STAGE_1, RuleSpec.build().in(bridge).notOut(bridge).jump(Firewaller.STAGE_2));
        insert(TableName.FILTER, Firewaller.STAGE_2, RuleSpec.build().out(bridge).drop());
    }

    void removeNetworkRules() {
        networkRules.forEach(placed -> firewaller.delete(placed.table(), placed.chain(), placed.rule()));
        networkRules.clear();
    }

    private void insert(TableName table, String chain, RuleSpec rule) throws EngineException {
        firewaller.insert(table, chain, rule);
        networkRules.add(new Placed(table, chain, rule));
    }

    private void append(TableName table, String chain, RuleSpec rule) throws EngineException {
        firewaller.append(table, chain, rule);
        networkRules.add(new Placed(table, chain, rule));
    }

    // ---- endpoints ----

    /** What comes from elsewhere must not reach a container by its own address. */
    void addEndpoint(int address) throws EngineException {
        if (isDirectAccessFiltered()) {
            for (String trusted : options.trustedInterfaces()) {
                firewaller.append(TableName.RAW, "PREROUTING", trustedAccess(address, trusted));
            }
            firewaller.append(TableName.RAW, "PREROUTING", directAccess(address));
        }
    }

    void removeEndpoint(int address) {
        if (isDirectAccessFiltered()) {
            for (String trusted : options.trustedInterfaces()) {
                firewaller.delete(TableName.RAW, "PREROUTING", trustedAccess(address, trusted));
            }
            firewaller.delete(TableName.RAW, "PREROUTING", directAccess(address));
        }
    }

    private boolean isDirectAccessFiltered() {
        return !options.internal() && !unprotected() && !routed() && !firewaller.allowsDirectRouting();
    }

    private static RuleSpec trustedAccess(int address, String device) {
        return RuleSpec.build().destination(Ipv4.text(address)).in(device).accept();
    }

    private RuleSpec directAccess(int address) {
        return RuleSpec.build().destination(Ipv4.text(address)).notIn(bridge).drop();
    }

    /** Ways to a port of {@code target} and back ({@code iptabler/link.go}). */
    List<RuleSpec> link(int parent, int target, Port port) throws EngineException {
        int protocol = port.protocol().equals("udp") ? IpProtocol.UDP : IpProtocol.TCP;
        var rules = List.of(
                RuleSpec.build().source(Ipv4.text(parent)).destination(Ipv4.text(target)).in(bridge).out(bridge)
                        .destinationPort(protocol, port.number()).accept(),
                RuleSpec.build().source(Ipv4.text(target)).destination(Ipv4.text(parent)).in(bridge).out(bridge)
                        .sourcePort(protocol, port.number()).accept());
        for (RuleSpec rule : rules) {
            firewaller.append(TableName.FILTER, Firewaller.DOCKER, rule);
        }
        return rules;
    }

    void unlink(RuleSpec rule) {
        firewaller.delete(TableName.FILTER, Firewaller.DOCKER, rule);
    }

    // ---- published ports ----

    @Override
    public void addPort(PortMapping port) throws EngineException {
        if (options.internal() || port.host().isSix()) {
            return;
        }
        if (!port.nat() && port.protocol().equals("sctp")) {
            throw EngineException.notEmulated("opening an sctp port is not emulated");
        }
        if (port.nat()) {
            if (Ipv4.isLoopback(port.host().four())) {
                firewaller.append(TableName.RAW, "PREROUTING", loopbackOnly(port));
            }
            firewaller.append(TableName.NAT, Firewaller.DOCKER, destinationNat(port));
            if (firewaller.isHairpin()) {
                firewaller.append(TableName.NAT, "POSTROUTING", toItself(port));
            }
        }
        if (!unprotected()) {
            firewaller.insert(TableName.FILTER, Firewaller.DOCKER, open(port));
        }
    }

    @Override
    public void removePort(PortMapping port) {
        if (options.internal() || port.host().isSix()) {
            return;
        }
        firewaller.delete(TableName.RAW, "PREROUTING", loopbackOnly(port));
        firewaller.delete(TableName.NAT, Firewaller.DOCKER, destinationNat(port));
        firewaller.delete(TableName.NAT, "POSTROUTING", toItself(port));
        firewaller.delete(TableName.FILTER, Firewaller.DOCKER, open(port));
    }

    private RuleSpec loopbackOnly(PortMapping port) {
        return RuleSpec.build().destination(port.host().text()).notIn("lo")
                .destinationPort(protocol(port), port.hostPort()).drop();
    }

    private RuleSpec destinationNat(PortMapping port) {
        var rule = RuleSpec.build();
        if (!port.host().isAny()) {
            rule.destination(port.host().text());
        }
        if (!firewaller.isHairpin()) {
            rule.notIn(bridge);
        }
        return rule.destinationPort(protocol(port), port.hostPort()).dnat(port.address(), port.port());
    }

    /** Without a proxy, a container that asks for its own published port must hear from the host, not from itself. */
    private RuleSpec toItself(PortMapping port) {
        String address = Ipv4.text(port.address());
        return RuleSpec.build().source(address).destination(address).destinationPort(protocol(port), port.port()).masquerade();
    }

    private RuleSpec open(PortMapping port) {
        return RuleSpec.build().destination(Ipv4.text(port.address())).notIn(bridge).out(bridge)
                .destinationPort(protocol(port), port.port()).accept();
    }

    private static int protocol(PortMapping port) {
        return port.protocol().equals("udp") ? IpProtocol.UDP : IpProtocol.TCP;
    }
}
