package dev.vethlab.web.inspect;

import static java.util.stream.Collectors.joining;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.FdbEntry;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.Tuple;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.neighbour.NeighbourEntry;
import dev.vethlab.engine.kernel.route.NextHop;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.web.inspect.Inspection.Connection;
import dev.vethlab.web.inspect.Inspection.Connections;
import dev.vethlab.web.inspect.Inspection.Fact;
import dev.vethlab.web.inspect.Inspection.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tables of one network namespace, but for netfilter's, as the inspector shows them. */
final class KernelTables {
    private static final long SECOND = 1_000_000_000L;

    private KernelTables() {}

    static Table interfaces(NetworkNamespace namespace) {
        List<List<Fact>> rows = new ArrayList<>();
        for (NetDevice device : namespace.devices().all()) {
            BridgePort port = device.port();
            String addresses = String.join(", ", device.addresses().stream().map(InterfaceAddress::cidr).toList());
            rows.add(List.of(new Fact("", device.name(), Drawing.device(device)),
                    text(port == null ? addresses.isEmpty() ? "no address" : addresses : "port of " + port.bridge().name()),
                    text(device.isUp() ? device.operState().name() : "down")));
        }
        return new Table("Interfaces", List.of("name", "address", "state"), rows, "", false);
    }

    /** Every routing table that holds something, as {@code ip route show table NAME} lists it; of one device or all. */
    static List<Table> routes(NetworkNamespace namespace, @Nullable NetDevice device) {
        List<Table> tables = new ArrayList<>();
        for (RoutingTable table : namespace.routing().tables()) {
            List<List<Fact>> rows = table.routes().stream().filter(route -> device == null || route.leadsBy(device))
                    .map(KernelTables::route).toList();
            if (!rows.isEmpty()) {
                String of = device == null ? "" : " by " + device.name();
                tables.add(new Table("Routes" + of + " · " + table.name(), List.of("to", "way"), rows, "", table.name().equals("local")));
            }
        }
        return tables.isEmpty() && device == null ? List.of(new Table("Routes", List.of(), List.of(), "No route.", false)) : tables;
    }

    private static List<Fact> route(Route route) {
        String ways = route.nextHops().stream().map(NextHop::text).collect(joining(", "));
        String way = (ways.isEmpty() ? route.type().text() : ways)
                + (route.preferredSource() == 0 ? "" : " src " + Ipv4.text(route.preferredSource()))
                + (route.metric() == 0 ? "" : " metric " + route.metric());
        NetDevice device = route.device();
        return List.of(text(route.destination()), new Fact("", way, device == null ? "" : Drawing.device(device)));
    }

    static Table neighbours(NetworkNamespace namespace, @Nullable NetDevice device) {
        List<List<Fact>> rows = namespace.neighbours().entries().stream().filter(entry -> device == null || entry.device() == device)
                .map(entry -> neighbour(entry, device == null)).toList();
        return new Table("Neighbours", List.of("address", "MAC", "state"), rows, "Nobody is known yet: ARP has not been asked.", false);
    }

    private static List<Fact> neighbour(NeighbourEntry entry, boolean named) {
        return List.of(text(Ipv4.text(entry.address())), text(entry.hasMac() ? Mac.text(entry.mac()) : "unknown"),
                text(entry.state() + (named ? " " + entry.device().name() : "")));
    }

    static Table ports(Bridge bridge) {
        List<List<Fact>> rows = bridge.forwarding().ports().stream().map(port -> List.of(
                new Fact("", port.device().name(), Drawing.device(port.device())), text(otherEnd(port.device())),
                        text(port.state().text())))
                .toList();
        return new Table("Ports", List.of("port", "leads to", "state"), rows, "No port: nothing is plugged in.", false);
    }

    private static String otherEnd(NetDevice device) {
        NetDevice other = device.peer();
        return other == null ? "" : other.name() + " in " + name(other.namespace());
    }

    static String name(NetworkNamespace namespace) {
        return namespace.name().isEmpty() ? namespace.machine().name() : namespace.name();
    }

    /** Addresses that were learnt first: they are why a frame goes where it goes. */
    static Table forwarding(Bridge bridge, long now) {
        List<FdbEntry> entries = bridge.forwarding().database().entries();
        List<List<Fact>> rows = new ArrayList<>();
        for (Predicate<FdbEntry> which : List.<Predicate<FdbEntry>>of(entry -> !entry.isLocal(), FdbEntry::isLocal)) {
            entries.stream().filter(which).forEach(entry -> rows.add(List.of(text(Mac.text(entry.mac())),
                    text(entry.port() == null ? "itself" : entry.port().device().name()),
                    text(entry.isLocal() ? "own" : entry.isDynamic() ? (now - entry.updated()) / SECOND + "\u00a0s" : "static"))));
        }
        return new Table("Forwarding database", List.of("MAC", "port", "age"), rows, "Nothing learnt yet.", false);
    }

    static Table sockets(NetworkNamespace namespace) {
        List<List<Fact>> rows = new ArrayList<>();
        var sockets = namespace.sockets();
        for (TcpListener listener : sockets.tcp().listeners()) {
            rows.add(socket("tcp", "LISTEN", listener));
        }
        for (TcpSocket connection : sockets.tcp().connections()) {
            rows.add(socket("tcp", connection.state().ss(), connection));
        }
        sockets.udp().stream().filter(socket -> socket.localPort() != 0)
                .forEach(socket -> rows.add(socket("udp", socket.remotePort() == 0 ? "UNCONN" : "ESTAB", socket)));
        return new Table("Sockets", List.of("proto", "here", "peer", "program"), rows, "No socket is open.", false);
    }

    private static List<Fact> socket(String protocol, String state, Socket socket) {
        String peer = socket.remotePort() == 0 ? state : end(socket.remoteAddress(), socket.remotePort()) + " " + state;
        return List.of(text(protocol), text(end(socket.localAddress(), socket.localPort())), text(peer), text(socket.owner().program()));
    }

    private static String end(int address, int port) {
        return (address == 0 ? "*" : Ipv4.text(address)) + ":" + port;
    }

    static Connections connections(NetworkNamespace namespace, long now) {
        return new Connections(namespace.conntrack().entries().stream().map(entry -> connection(entry, now)).toList());
    }

    private static Connection connection(ConntrackEntry entry, long now) {
        List<String> translated = new ArrayList<>();
        if (entry.isDestinationNated()) {
            translated.add("DNAT");
        }
        if (entry.isSourceNated()) {
            translated.add("SNAT");
        }
        String flags = (entry.hasSeenReply() ? "" : "[UNREPLIED]") + (entry.isAssured() ? "[ASSURED]" : "");
        return new Connection(IpProtocol.name(entry.original().protocol()), entry.tcp() == null ? "" : entry.tcp().state().toString(),
                entry.secondsLeft(now), flags, tuple(entry.original()), tuple(entry.reply()), translated);
    }

    private static String tuple(Tuple tuple) {
        return switch (tuple.protocol()) {
            case IpProtocol.TCP, IpProtocol.UDP ->
                Ipv4.text(tuple.source()) + ":" + tuple.sourcePort() + " → " + Ipv4.text(tuple.destination()) + ":"
                        + tuple.destinationPort();
            case IpProtocol.ICMP ->
                Ipv4.text(tuple.source()) + " → " + Ipv4.text(tuple.destination()) + " type " + tuple.icmpType() + " id "
                        + tuple.sourcePort();
            default -> Ipv4.text(tuple.source()) + " → " + Ipv4.text(tuple.destination());
        };
    }

    private static Fact text(String value) {
        return Fact.of("", value);
    }
}
