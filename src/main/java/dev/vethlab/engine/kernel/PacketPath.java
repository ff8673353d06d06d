package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.ArpPacket;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Options;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Ipv6Message;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.OpaquePayload;
import dev.vethlab.engine.packet.Payload;
import dev.vethlab.engine.packet.VlanTag;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Place;
import dev.vethlab.engine.trace.Stage;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The way of an IPv4 packet through one namespace, stage by stage.
 *
 * <pre>
 *  receive ─ PREROUTING ─ routing ┬ INPUT ─ socket
 *                                 └ forwarding ─ FORWARD ┐
 *  output ─ OUTPUT ─ reroute ─────────────────────────── POSTROUTING ─ fragment ─ neighbour ─ device
 * </pre>
 *
 * <p>The names of the methods are those of {@code net/ipv4/ip_input.c}, {@code ip_forward.c} and {@code ip_output.c}. Each hook asks its
 * tables in the order of their priorities; netfilter reports its own stages.
 */
public final class PacketPath {
    private static final Decision NOTHING = new Decision.None();
    private static final Decision FORWARDED = new Decision.Because("it is for another machine: one is taken off the TTL and it goes on");
    private static final int MIN_MTU = 68;

    private final NetworkNamespace namespace;
    private final Fragments fragments;
    private final HeaderOptions options;
    private int lastId;

    PacketPath(NetworkNamespace namespace) {
        this.namespace = namespace;
        this.fragments = new Fragments(namespace);
        this.options = new HeaderOptions(namespace);
    }

    /** The next value for the identification field. */
    public int nextId() {
        return lastId = lastId + 1 & 0xFFFF;
    }

    /** The options of a packet that begins here with this source address. */
    public Ipv4Options begun(Ipv4Options given, int source) {
        return options.begun(given, source);
    }

    // ---- in ----

    /** A frame came up from a device that is no bridge port ({@code __netif_receive_skb_core}). */
    public void receive(NetDevice device, PacketBuffer packet, EthernetFrame frame) {
        boolean forUs = device.isLoopback() || frame.destination() == device.mac() || Mac.isGroup(frame.destination());
        if (!forUs) {
            drop(packet, device.place(), Stage.IP_RECEIVE, DropReason.OTHERHOST,
                    () -> "the destination MAC address " + Mac.text(device.mac()) + ", which is this device’s, in place of "
                            + Mac.text(frame.destination()));
            return;
        }
        VlanTag tag = frame.tag();
        if (tag != null && tag.id() != 0) {
            drop(packet, device.place(), Stage.IP_RECEIVE, DropReason.OTHERHOST, () -> "a device of VLAN " + tag.id()
                    + " here: ip link add link " + device.name() + " name " + device.name() + "." + tag.id()
                    + " type vlan id " + tag.id());
            return;
        }
        switch (packet.payload()) {
            case ArpPacket arp -> namespace.neighbours().arp().receive(device, packet, arp);
            case Ipv4Packet ip -> receiveIp(device, packet, ip);
            case OpaquePayload other when other.etherType() == Ipv6Message.ETHER_TYPE && !device.ipv6Addresses().isEmpty() ->
                    report(packet, device.place(), Stage.IP_RECEIVE, new Decision.Because("an announcement of an IPv6 neighbour"),
                            Outcome.DELIVERED);
            case OpaquePayload other -> drop(packet, device.place(), Stage.IP_RECEIVE, DropReason.UNHANDLED_PROTO,
                    () -> "a part of the kernel that speaks this protocol");
        }
    }

    /** {@code ip_rcv}: PREROUTING, then {@code ip_rcv_finish}. */
    private void receiveIp(NetDevice device, PacketBuffer packet, Ipv4Packet ip) {
        namespace.counters().received(ip);
        if (packet.bridged || prerouting(packet)) {
            routeInput(device, packet);
        }
    }

    /** Where connections are tracked, fragments are put together first ({@code NF_IP_PRI_CONNTRACK_DEFRAG}). */
    private boolean prerouting(PacketBuffer packet) {
        return (!namespace.netfilter().needsConntrack() || fragments.gather(packet))
                && traverse(TableName.RAW, Hook.PREROUTING, packet)
                && namespace.conntrack().track(Hook.PREROUTING, packet)
                && traverse(TableName.MANGLE, Hook.PREROUTING, packet)
                && traverse(TableName.NAT, Hook.PREROUTING, packet);
    }

    /** What an ipvlan in mode l3s has to pass in the namespace below it: the tables up to INPUT; false if the packet ends there. */
    public boolean passesInput(PacketBuffer packet) {
        return prerouting(packet)
                && traverse(TableName.MANGLE, Hook.INPUT, packet)
                && traverse(TableName.FILTER, Hook.INPUT, packet)
                && traverse(TableName.NAT, Hook.INPUT, packet)
                && namespace.conntrack().confirm(Hook.INPUT, packet);
    }

    // ---- across a bridge, where bridge-netfilter is on (br_netfilter_hooks.c) ----

    /** A port of {@code bridge} brought IPv4: PREROUTING, as if by the bridge itself; false if the packet ends here. */
    public boolean bridgePrerouting(NetDevice bridge, PacketBuffer packet) {
        if (!namespace.sysctls().isOn("net.bridge.bridge-nf-call-iptables") || !(packet.payload() instanceof Ipv4Packet)
                || (packet.frame() != null && packet.frame().tag() != null)) {
            return true;
        }
        packet.in = bridge;
        packet.bridged = true;
        return prerouting(packet);
    }

    /**
     * DNAT gave a packet that a port brought another destination: whether that is behind the same bridge, so that it is switched and not
     * routed, as a bridge would have done from the start ({@code br_nf_pre_routing_finish}). Forwarding need not be on.
     *
     * @return the neighbour's address; empty if the packet is for the IP layer above
     */
    public OptionalInt neighbourOnBridge(NetDevice bridge, PacketBuffer packet) {
        Ipv4Packet ip = packet.ip();
        RouteResult result = namespace.routing().lookup(new Flow(ip.destination(), ip.source(), bridge, null, packet.mark, ip.tos()));
        boolean same = result instanceof RouteResult.Found found && found.device() == bridge && found.type() == RouteType.UNICAST;
        if (!same || namespace.routing().isLocal(ip.source())) {
            return OptionalInt.empty();
        }
        RouteResult.Found way = (RouteResult.Found) result;
        reportRoute(packet, way);
        return OptionalInt.of(way.nextHop());
    }

    /** It is to leave by another port: FORWARD and POSTROUTING with the bridge on both sides; false if the packet ends here. */
    public boolean bridgeForward(NetDevice bridge, PacketBuffer packet) {
        if (!packet.bridged) {
            return true;
        }
        packet.in = bridge;
        packet.out = bridge;
        return traverse(TableName.MANGLE, Hook.FORWARD, packet)
                && traverse(TableName.FILTER, Hook.FORWARD, packet)
                && traverse(TableName.SECURITY, Hook.FORWARD, packet)
                && traverse(TableName.MANGLE, Hook.POSTROUTING, packet)
                && traverse(TableName.NAT, Hook.POSTROUTING, packet)
                && namespace.conntrack().confirm(Hook.POSTROUTING, packet);
    }

    /** What was put together for the tables leaves a port of {@code bridge} in fragments again ({@code br_nf_dev_queue_xmit}). */
    public List<PacketBuffer> bridgeFragments(NetDevice bridge, PacketBuffer packet) {
        if (java.util.Objects.requireNonNull(packet.pieces).longest() > bridge.mtu()) {
            namespace.counters().count(Counter.IP_FRAGMENT_FAILS);
            drop(packet, namespace.place(), Stage.FRAGMENT, DropReason.PKT_TOO_BIG, () -> "fragments of at most " + bridge.mtu() + " bytes");
            return List.of();
        }
        return fragments.split(packet, bridge.mtu());
    }

    /** {@code ip_route_input_slow}: martians, the route, reverse path; then up or onward. */
    private void routeInput(NetDevice device, PacketBuffer packet) {
        Ipv4Packet ip = packet.ip();
        if (packet.route != null) {
            localDeliver(packet);
            return;
        }
        boolean routeLocalnet = device.settings().routeLocalnet();
        if (namespace.sources().isMartian(device, ip.source(), ip.destination())) {
            namespace.sources().log(device, packet, ip.source(), ip.destination());
            dropRouting(packet, DropReason.IP_INVALID_SOURCE, () ->
                    "a source address that may come from outside, which " + Ipv4.text(ip.source()) + " may not");
            return;
        }
        if (Ipv4.isZeroNet(ip.destination()) || (Ipv4.isLoopback(ip.destination()) && !device.isLoopback() && !routeLocalnet)) {
            dropRouting(packet, DropReason.IP_LOCALNET, () -> "sysctl -w net.ipv4.conf." + device.name()
                    + ".route_localnet=1: otherwise 127.0.0.0/8 is reached from this machine only");
            return;
        }
        if (Ipv4.isMulticast(ip.destination()) && !device.groups().isMember(ip.destination())) {
            dropRouting(packet, DropReason.IP_INVALID_DEST, () -> "somebody here who listens to the group " + Ipv4.text(ip.destination())
                    + " by " + device.name());
            return;
        }
        if (ip.destination() == Ipv4.BROADCAST || Ipv4.isMulticast(ip.destination())) {
            var way = new RouteResult.Found(ip.destination() == Ipv4.BROADCAST ? RouteType.BROADCAST : RouteType.MULTICAST, device,
                    ip.destination(), 0, device.mtu(), null, "");
            reportRoute(packet, way);
            namespace.counters().routed(ip, way.type());
            packet.route = way;
            localDeliver(packet);
            return;
        }
        RouteResult result = namespace.routing().lookup(Flow.received(ip, device, packet.mark));
        if (!sourceIsValid(device, packet, ip)) {
            return;
        }
        switch (result) {
            case RouteResult.Failed failed -> {
                if (!device.settings().forwarding() && failed.route() == null) {
                    dropForwardingOff(device, packet);
                } else {
                    unreachable(packet, failed);
                }
            }
            case RouteResult.Found found -> {
                if (found.isLocal() || found.type() == RouteType.BROADCAST) {
                    reportRoute(packet, found);
                    namespace.counters().routed(ip, found.type());
                    packet.route = found;
                    packet.setIp(options.received(ip, found));
                    localDeliver(packet);
                } else if (!device.settings().forwarding()) {
                    dropForwardingOff(device, packet);
                } else {
                    reportRoute(packet, found);
                    packet.route = found;
                    forward(device, packet, found);
                }
            }
        }
    }

    private void dropForwardingOff(NetDevice device, PacketBuffer packet) {
        namespace.counters().count(Counter.IP_IN_ADDRESS_ERRORS);
        report(packet, namespace.place(), Stage.ROUTING, new Decision.Sysctl("net.ipv4.conf." + device.name() + ".forwarding", "0"),
                new Outcome.Dropped(DropReason.IP_FORWARDING_OFF,
                        () -> "forwarding: sysctl -w net.ipv4.ip_forward=1"));
    }

    private boolean sourceIsValid(NetDevice device, PacketBuffer packet, Ipv4Packet ip) {
        DropReason refusal = namespace.sources().refusal(device, ip.source(), ip.destination(), ip.tos(), packet.mark);
        if (refusal == null) {
            return true;
        }
        namespace.sources().log(device, packet, ip.source(), ip.destination());
        if (refusal == DropReason.IP_LOCAL_SOURCE) {
            dropRouting(packet, refusal, () -> "sysctl -w net.ipv4.conf." + device.name() + ".accept_local=1: "
                    + Ipv4.text(ip.source()) + " is an address of this machine");
            return false;
        }
        namespace.counters().count(Counter.REVERSE_PATH_FILTERED);
        report(packet, namespace.place(), Stage.ROUTING, new Decision.Sysctl("net.ipv4.conf." + device.name() + ".rp_filter",
                        Integer.toString(device.settings().reversePathFilter())),
                new Outcome.Dropped(refusal, () -> "a route to " + Ipv4.text(ip.source()) + " by " + device.name()
                        + ", or sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf." + device.name() + ".rp_filter=0"));
        return false;
    }

    private void unreachable(PacketBuffer packet, RouteResult.Failed failed) {
        report(packet, namespace.place(), Stage.ROUTING, decision(failed),
                new Outcome.Dropped(DropReason.IP_INNOROUTES, () -> "a route to " + Ipv4.text(packet.ip().destination())));
        int code = switch (failed.error()) {
            case ENETUNREACH -> IcmpMessage.NET_UNREACHABLE;
            case EACCES -> IcmpMessage.ADMIN_PROHIBITED;
            default -> IcmpMessage.HOST_UNREACHABLE;
        };
        if (failed.error() != Errno.EINVAL && namespace.icmpRate().allowsRouteError(packet.ip().source())) {
            Icmp.sendError(namespace, packet, IcmpMessage.DESTINATION_UNREACHABLE, code, 0);
        }
    }

    /** {@code ip_local_deliver}: INPUT, then the socket or the kernel's own ICMP. */
    private void localDeliver(PacketBuffer packet) {
        if (packet.ip().isFragment() && !fragments.gather(packet)) {
            return;
        }
        boolean ok = traverse(TableName.MANGLE, Hook.INPUT, packet)
                && traverse(TableName.FILTER, Hook.INPUT, packet)
                && traverse(TableName.SECURITY, Hook.INPUT, packet)
                && traverse(TableName.NAT, Hook.INPUT, packet)
                && namespace.conntrack().confirm(Hook.INPUT, packet);
        if (ok) {
            namespace.counters().delivered(packet.ip());
            namespace.sockets().deliver(packet);
        }
    }

    // ---- through ----

    /** {@code ip_forward}: TTL, MTU, FORWARD. */
    private void forward(NetDevice in, PacketBuffer packet, RouteResult.Found way) {
        Ipv4Packet ip = packet.ip();
        if (packet.frame() != null && Mac.isGroup(packet.frame().destination())) {
            drop(packet, namespace.place(), Stage.FORWARDING, DropReason.IP_INVALID_DEST, () -> "a frame addressed to this machine alone: what is sent to all is not forwarded");
            return;
        }
        if (ip.ttl() <= 1) {
            namespace.counters().count(Counter.IP_IN_HEADER_ERRORS);
            drop(packet, namespace.place(), Stage.FORWARDING, DropReason.IP_TTL_EXCEEDED, () -> "a higher TTL when it was sent");
            Icmp.sendError(namespace, packet, IcmpMessage.TIME_EXCEEDED, 0, 0);
            return;
        }
        if (ip.length() > way.mtu() && mayNotBeCut(packet, way.mtu())) {
            namespace.counters().count(Counter.IP_FRAGMENT_FAILS);
            drop(packet, namespace.place(), Stage.FORWARDING, DropReason.PKT_TOO_BIG,
                    () -> "a length of at most " + way.mtu() + " bytes, or its DF bit not set");
            Icmp.sendError(namespace, packet, IcmpMessage.DESTINATION_UNREACHABLE, IcmpMessage.FRAGMENTATION_NEEDED, way.mtu());
            return;
        }
        packet.setIp(options.received(ip, way).withTtl(ip.ttl() - 1));
        report(packet, namespace.place(), Stage.FORWARDING, ip, FORWARDED);
        boolean shortcut = way.device() == in && onSameLink(in, ip.source(), way.nextHop());
        if (shortcut && in.settings().sendRedirects() && namespace.icmpRate().allowsRedirect(ip.source())) {
            Icmp.sendError(namespace, packet, IcmpMessage.REDIRECT, 1, way.nextHop());
        }
        packet.out = way.device();
        namespace.counters().count(Counter.IP_FORWARDED);
        boolean ok = traverse(TableName.MANGLE, Hook.FORWARD, packet)
                && traverse(TableName.FILTER, Hook.FORWARD, packet)
                && traverse(TableName.SECURITY, Hook.FORWARD, packet);
        if (ok) {
            finishOutput(packet);
        }
    }

    private static boolean onSameLink(NetDevice device, int one, int other) {
        return device.addresses().stream().anyMatch(a -> a.contains(one) && a.contains(other));
    }

    // ---- out ----

    /**
     * Sends what this machine itself made; {@code packet.route} is the decision it was made with ({@code ip_local_out}).
     *
     * @return the error that the sender hears, or null
     */
    public @Nullable Errno output(PacketBuffer packet) {
        RouteResult.Found way = (RouteResult.Found) java.util.Objects.requireNonNull(packet.route);
        packet.out = way.device();
        namespace.counters().requested(packet.ip());
        report(packet, namespace.place(), Stage.SOCKET_SEND, null, packet.owner == null
                ? new Decision.Because("made by the kernel")
                : new Decision.SocketFound(packet.owner.snapshot()));
        reportRoute(packet, way);
        Ipv4Packet before = packet.ip();
        int markBefore = packet.mark;
        boolean ok = traverse(TableName.RAW, Hook.OUTPUT, packet)
                && namespace.conntrack().track(Hook.OUTPUT, packet)
                && traverse(TableName.MANGLE, Hook.OUTPUT, packet)
                && rerouteIfChanged(packet, before, markBefore)
                && traverse(TableName.NAT, Hook.OUTPUT, packet)
                && rerouteIfChanged(packet, before, markBefore)
                && traverse(TableName.FILTER, Hook.OUTPUT, packet)
                && traverse(TableName.SECURITY, Hook.OUTPUT, packet);
        if (!ok) {
            return Errno.EPERM;
        }
        return finishOutput(packet);
    }

    /**
     * A new destination or mark may mean another way ({@code ip_route_me_harder}). For what is left of OUTPUT the packet still leaves
     * by the old device: {@code nf_hook_state.out} is set when the hook is entered.
     */
    private boolean rerouteIfChanged(PacketBuffer packet, Ipv4Packet before, int markBefore) {
        RouteResult.Found way = (RouteResult.Found) java.util.Objects.requireNonNull(packet.route);
        Ipv4Packet ip = packet.ip();
        boolean changed = ip.destination() != before.destination() || ip.source() != before.source() || packet.mark != markBefore;
        if (!changed) {
            return true;
        }
        int source = namespace.routing().isLocal(ip.source()) ? ip.source() : 0;
        RouteResult again = namespace.routing().output(Flow.of(ip.destination(), source, null, packet.mark));
        if (again instanceof RouteResult.Found found) {
            if (found.device() != way.device() || found.nextHop() != way.nextHop()) {
                packet.route = found;
                report(packet, namespace.place(), Stage.REROUTE, null, decision(found));
            }
            return true;
        }
        drop(packet, namespace.place(), Stage.REROUTE, DropReason.IP_OUTNOROUTES, () -> "a route to " + Ipv4.text(ip.destination()));
        return false;
    }

    /** {@code ip_output}: POSTROUTING, fragments, neighbour. */
    private @Nullable Errno finishOutput(PacketBuffer packet) {
        RouteResult.Found way = (RouteResult.Found) java.util.Objects.requireNonNull(packet.route);
        packet.out = way.device();
        boolean ok = traverse(TableName.MANGLE, Hook.POSTROUTING, packet)
                && traverse(TableName.NAT, Hook.POSTROUTING, packet)
                && namespace.conntrack().confirm(Hook.POSTROUTING, packet);
        if (!ok) {
            return Errno.EPERM;
        }
        way = (RouteResult.Found) packet.route;
        boolean probes = packet.owner != null && packet.owner.ignoresPathMtu();
        int mtu = Math.max(probes ? way.device().mtu() : way.mtu(), MIN_MTU);
        if (packet.ip().length() <= mtu && packet.pieces == null) {
            namespace.counters().transmitted(packet.ip(), way.type());
            namespace.neighbours().output(packet, way.device(), way.nextHop());
            return null;
        }
        boolean ownMayBeCut = packet.owner != null && packet.owner.mayBeFragmented();
        if (mayNotBeCut(packet, mtu) && !ownMayBeCut) {
            drop(packet, namespace.place(), Stage.FRAGMENT, DropReason.PKT_TOO_BIG,
                    () -> "a length of at most " + mtu + " bytes, or its DF bit not set");
            Icmp.sendError(namespace, packet, IcmpMessage.DESTINATION_UNREACHABLE, IcmpMessage.FRAGMENTATION_NEEDED, mtu);
            return Errno.EMSGSIZE;
        }
        List<PacketBuffer> parts = fragments.split(packet, mtu);
        for (PacketBuffer part : parts) {
            namespace.counters().transmitted(part.ip(), way.type());
            namespace.neighbours().output(part, way.device(), way.nextHop());
        }
        return null;
    }

    /** One put together here may always be cut again, but no smaller than it came with its DF bit ({@code ip_exceeds_mtu}). */
    private static boolean mayNotBeCut(PacketBuffer packet, int mtu) {
        return packet.ip().dontFragment() && (packet.pieces == null || packet.pieces.longest() > mtu);
    }

    // ---- reporting ----

    private boolean traverse(TableName table, Hook hook, PacketBuffer packet) {
        return namespace.netfilter().traverse(table, hook, packet);
    }

    private void reportRoute(PacketBuffer packet, RouteResult.Found way) {
        report(packet, namespace.place(), Stage.ROUTING, null, decision(way));
    }

    private static Decision decision(RouteResult result) {
        Route route = result.route();
        return switch (result) {
            case RouteResult.Found found -> new Decision.RouteChosen(
                    route == null ? () -> found.type().text() + " dev " + found.device().name() : route::text, found.table(),
                            found.isLocal());
            case RouteResult.Failed failed -> new Decision.RouteChosen(
                    route == null ? () -> "no route: " + failed.error().message() : route::text, "", false);
        };
    }

    private void dropRouting(PacketBuffer packet, DropReason reason, Decision.Lazy remedy) {
        drop(packet, namespace.place(), Stage.ROUTING, reason, remedy);
    }

    private void drop(PacketBuffer packet, Place place, Stage stage, DropReason reason, Decision.Lazy remedy) {
        report(packet, place, stage, NOTHING, new Outcome.Dropped(reason, remedy));
    }

    private void report(PacketBuffer packet, Place place, Stage stage, @Nullable Payload before, Decision decision) {
        namespace.kernel().tracer().report(packet.id(), place, stage, null, packet.payload(), before, decision, Outcome.CONTINUES);
    }

    private void report(PacketBuffer packet, Place place, Stage stage, Decision decision, Outcome outcome) {
        namespace.kernel().tracer().report(packet.id(), place, stage, packet.frame(), packet.payload(), null, decision, outcome);
    }
}
