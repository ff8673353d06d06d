package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.Transport;
import dev.vethlab.engine.packet.UdpDatagram;
import org.jspecify.annotations.Nullable;

/**
 * The question to the routing tables ({@code struct flowi4}).
 *
 * @param source 0 if not chosen yet
 * @param in the device a packet came in by; null for what is sent from here
 * @param out the device asked for ({@code SO_BINDTODEVICE}); null if any
 * @param protocol what the packet carries; 0 if that is not known
 * @param sourcePort 0 if there is none, or none yet
 * @param destinationPort 0 if there is none
 * @param uid whose socket asks
 */
public record Flow(
        int destination,
        int source,
        @Nullable NetDevice in,
        @Nullable NetDevice out,
        int mark,
        int tos,
        int protocol,
        int sourcePort,
        int destinationPort,
        int uid) {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    public Flow(int destination, int source, @Nullable NetDevice in, @Nullable NetDevice out, int mark, int tos) {
        this(destination, source, in, out, mark, tos, 0, 0, 0, 0);
    }

    public static Flow to(int destination) {
        return new Flow(destination, 0, null, null, 0, 0);
    }

    public static Flow of(int destination, int source, @Nullable NetDevice out, int mark) {
        return new Flow(destination, source, null, out, mark, 0);
    }

    /** What a packet that came in by {@code in} asks ({@code fib4_rules_early_flow_dissect}). */
    public static Flow received(Ipv4Packet ip, NetDevice in, int mark) {
        Transport carried = ip.transport();
        return new Flow(ip.destination(), ip.source(), in, null, mark, ip.tos(), carried.protocol(), sourcePort(carried),
                destinationPort(carried), 0);
    }

    /** The same for a packet that carries this. */
    public Flow carrying(Transport transport) {
        return carrying(transport.protocol(), sourcePort(transport), destinationPort(transport));
    }

    private static int sourcePort(Transport transport) {
        return switch (transport) {
            case TcpSegment tcp -> tcp.sourcePort();
            case UdpDatagram udp -> udp.sourcePort();
            default -> 0;
        };
    }

    private static int destinationPort(Transport transport) {
        return switch (transport) {
            case TcpSegment tcp -> tcp.destinationPort();
            case UdpDatagram udp -> udp.destinationPort();
            default -> 0;
        };
    }

    public Flow carrying(int protocol, int sourcePort, int destinationPort) {
        return new Flow(destination, source, in, out, mark, tos, protocol, sourcePort, destinationPort, uid);
    }

    public Flow ofUser(int uid) {
        return new Flow(destination, source, in, out, mark, tos, protocol, sourcePort, destinationPort, uid);
    }

    Flow toward(int other) {
        return other == destination ? this : new Flow(other, source, in, out, mark, tos, protocol, sourcePort, destinationPort, uid);
    }

    /**
     * 31 bits that are the same for all packets of a flow ({@code fib_multipath_hash}). The kernel keys its hash with a random number made
     * at boot; here it is the same in every session.
     *
     * @param ports whether the protocol and its ports count, too ({@code fib_multipath_hash_policy} 1)
     */
    int hash(boolean ports) {
        long key = (long) source << 32 | destination & 0xFFFFFFFFL;
        if (ports) {
            key = (key ^ ((long) protocol << 32 | (long) sourcePort << 16 | destinationPort)) * MIX;
        }
        long mixed = (key ^ key >>> 32) * MIX;
        mixed = (mixed ^ mixed >>> 29) * MIX;
        return (int) (mixed >>> 33);
    }
}
