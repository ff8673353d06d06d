package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.OpaqueTransport;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.UdpDatagram;
import org.jspecify.annotations.Nullable;

/**
 * What identifies one direction of a connection ({@code struct nf_conntrack_tuple}).
 *
 * @param sourcePort of ICMP: the identifier; 0 for protocols without ports
 * @param destinationPort of ICMP: type &lt;&lt; 8 | code
 */
public record Tuple(int source, int destination, int protocol, int sourcePort, int destinationPort) {
    /** The tuple of a packet; null if it has none, as an ICMP error or a further fragment has none. */
    static @Nullable Tuple of(Ipv4Packet ip) {
        return ip.fragmentOffset() > 0 ? null : switch (ip.beginning()) {
            case TcpSegment tcp -> new Tuple(ip.source(), ip.destination(), IpProtocol.TCP, tcp.sourcePort(), tcp.destinationPort());
            case UdpDatagram udp -> new Tuple(ip.source(), ip.destination(), IpProtocol.UDP, udp.sourcePort(), udp.destinationPort());
            case IcmpMessage icmp -> icmp.isError()
                    ? null
                    : new Tuple(ip.source(), ip.destination(), IpProtocol.ICMP, icmp.identifier(), icmp.type() << 8 | icmp.code());
            case OpaqueTransport other -> other.protocol() == IpProtocol.TCP || other.protocol() == IpProtocol.UDP
                            || other.protocol() == IpProtocol.ICMP
                    ? null
                    : new Tuple(ip.source(), ip.destination(), other.protocol(), 0, 0);
        };
    }

    /** The tuple of the answer ({@code nf_ct_invert_tuple}); null for an ICMP message that has none. */
    public @Nullable Tuple inverted() {
        if (protocol != IpProtocol.ICMP) {
            return new Tuple(destination, source, protocol, destinationPort, sourcePort);
        }
        int answer = switch (destinationPort >>> 8) {
            case IcmpMessage.ECHO_REQUEST -> IcmpMessage.ECHO_REPLY;
            case IcmpMessage.ECHO_REPLY -> IcmpMessage.ECHO_REQUEST;
            case IcmpMessage.TIMESTAMP_REQUEST -> IcmpMessage.TIMESTAMP_REPLY;
            case IcmpMessage.TIMESTAMP_REPLY -> IcmpMessage.TIMESTAMP_REQUEST;
            case IcmpMessage.ADDRESS_MASK_REQUEST -> IcmpMessage.ADDRESS_MASK_REPLY;
            case IcmpMessage.ADDRESS_MASK_REPLY -> IcmpMessage.ADDRESS_MASK_REQUEST;
            default -> -1;
        };
        return answer < 0 ? null : new Tuple(destination, source, protocol, sourcePort, answer << 8 | destinationPort & 0xFF);
    }

    Tuple withSource(int address, int port) {
        return new Tuple(address, destination, protocol, port, destinationPort);
    }

    Tuple withDestination(int address, int port) {
        return new Tuple(source, address, protocol, sourcePort, port);
    }

    /** ICMP's type, for ICMP. */
    public int icmpType() {
        return destinationPort >>> 8;
    }

    public int icmpCode() {
        return destinationPort & 0xFF;
    }

    /** As {@code conntrack -L} prints it. */
    public String text() {
        String addresses = "src=" + Ipv4.text(source) + " dst=" + Ipv4.text(destination);
        return switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP -> addresses + " sport=" + sourcePort + " dport=" + destinationPort;
            case IpProtocol.ICMP -> addresses + " type=" + icmpType() + " code=" + icmpCode() + " id=" + sourcePort;
            default -> addresses;
        };
    }
}
