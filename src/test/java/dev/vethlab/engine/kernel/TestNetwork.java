package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.device.EthernetCard;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.Routing;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Transport;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.PacketBorn;
import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/** A small network for tests of the kernel: machines, cables, addresses, and a record of everything that happens. */
public final class TestNetwork {
    public final Kernel kernel = Kernel.of(7);
    public final List<TraceEvent> events = new ArrayList<>();
    public final List<PacketBorn> packets = new ArrayList<>();

    public TestNetwork() {
        kernel.tracer().setSink(new TraceSink() {
            @Override
            public void born(PacketBorn packet) {
                packets.add(packet);
            }

            @Override
            public void event(TraceEvent event) {
                events.add(event);
            }
        });
    }

    public NetworkNamespace machine(String name) {
        NetworkNamespace namespace = new Machine(kernel, name).root();
        set(namespace, "net.ipv6.conf.default.disable_ipv6", "1");
        set(namespace, "net.ipv6.conf.lo.disable_ipv6", "1");
        raise(namespace.loopback());
        return namespace;
    }

    /** Lays a cable between two new cards called {@code eth0}, {@code eth1} …, and raises them. */
    public void cable(NetworkNamespace one, String oneCidr, NetworkNamespace other, String otherCidr) {
        EthernetCard a = card(one);
        EthernetCard b = card(other);
        EthernetCard.connect(a, b);
        raise(a);
        raise(b);
        address(a, oneCidr);
        address(b, otherCidr);
    }

    private static void raise(NetDevice device) {
        try {
            device.namespace().devices().setUp(device);
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    private EthernetCard card(NetworkNamespace namespace) {
        try {
            return namespace.devices().addCard("eth" + (namespace.devices().all().size() - 1), kernel.randomMac());
        } catch (KernelException e) {
            throw new AssertionError(e);
        }
    }

    public void address(NetDevice device, String cidr) {
        String[] parts = cidr.split("/");
        int address = Ipv4.address(parts[0]);
        var wanted = new InterfaceAddress(address, address, Integer.parseInt(parts[1]), 0,
                device.isLoopback() ? Scope.HOST : Scope.GLOBAL, false, device.name());
        try {
            device.namespace().devices().addresses().add(device, wanted);
        } catch (KernelException e) {
            throw new AssertionError(e);
        }
    }

    public void route(NetworkNamespace namespace, String cidr, String gateway) {
        String[] parts = cidr.split("/");
        int via = Ipv4.address(gateway);
        var way = (RouteResult.Found) namespace.routing().lookup(Flow.to(via));
        var route = new Route(RouteType.UNICAST, Ipv4.address(parts[0]), Integer.parseInt(parts[1]), 0, way.device(), via, 0,
                Scope.GLOBAL, "boot", 0, 0, false);
        try {
            namespace.routing().add(RoutingTable.MAIN, route, Routing.AddMode.ADD);
        } catch (KernelException e) {
            throw new AssertionError(e);
        }
    }

    public void forward(NetworkNamespace namespace) {
        set(namespace, "net.ipv4.ip_forward", "1");
    }

    private static void set(NetworkNamespace namespace, String setting, String value) {
        try {
            namespace.sysctls().set(setting, value);
        } catch (KernelException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a packet from this namespace; its number in the trace. */
    public long send(NetworkNamespace from, String destination, boolean dontFragment, int ttl, Transport transport) {
        int to = Ipv4.address(destination);
        var way = (RouteResult.Found) from.routing().output(Flow.to(to));
        var packet = new PacketBuffer(kernel.tracer().born(0, Cause.SENT, "test"),
                Ipv4Packet.of(way.source(), to, from.path().nextId(), dontFragment, transport).withTtl(ttl));
        packet.route = way;
        from.path().output(packet);
        return packet.id();
    }

    public long ping(NetworkNamespace from, String destination, int size) {
        return send(from, destination, false, 64, echo(size));
    }

    public static IcmpMessage echo(int size) {
        return IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, 9, 1, Bytes.of(new byte[size]));
    }

    /** Runs everything that happens within this many virtual seconds. */
    public void run(int seconds) {
        long end = kernel.now() + seconds * 1_000_000_000L;
        while (kernel.simulation().nextEventTime() <= end) {
            kernel.simulation().runNext();
        }
        kernel.simulation().advanceTo(end);
    }

    /** The packet's way as {@code machine/device STAGE} lines. */
    public List<String> journey(long packet) {
        return events.stream().filter(e -> e.packet() == packet).map(TestNetwork::line).toList();
    }

    private static String line(TraceEvent event) {
        String where = event.place().machine() + (event.place().device().isEmpty() ? "" : "/" + event.place().device());
        String end = switch (event.outcome()) {
            case Outcome.Dropped dropped -> " ✕ " + dropped.reason();
            case Outcome.Held held -> " … " + held.waitsFor();
            case Outcome.Delivered delivered -> " ✓";
            case Outcome.Continues continues -> "";
        };
        return where + " " + event.stage() + end;
    }

    /** The number of the first packet that stems from this one for this cause. */
    public long childOf(long parent, Cause cause) {
        return packets.stream().filter(p -> p.parent() == parent && p.cause() == cause).findFirst().orElseThrow().packet();
    }

    /** How the packet ended. */
    public Outcome outcome(long packet) {
        return events.stream().filter(e -> e.packet() == packet).toList().getLast().outcome();
    }
}
