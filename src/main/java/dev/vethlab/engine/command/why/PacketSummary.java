package dev.vethlab.engine.command.why;

import dev.vethlab.engine.packet.ArpPacket;
import dev.vethlab.engine.packet.Bpdu;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.OpaquePayload;
import dev.vethlab.engine.packet.OpaqueTransport;
import dev.vethlab.engine.packet.Payload;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.UdpDatagram;

/** A packet in half a line: {@code TCP SYN 192.168.1.20:39528 → 192.168.1.10:5001}. */
final class PacketSummary {
    private PacketSummary() {}

    static String of(Payload payload) {
        return switch (payload) {
            case ArpPacket arp -> "ARP " + (arp.operation() == ArpPacket.REQUEST ? "request " : "reply ") + Ipv4.text(arp.senderIp())
                    + " → " + Ipv4.text(arp.targetIp());
            case Ipv4Packet ip -> ip(ip);
            case OpaquePayload other -> Bpdu.parse(other) == null
                    ? String.format("frame of type 0x%04x", other.etherType())
                    : "message of the spanning tree";
        };
    }

    private static String ip(Ipv4Packet ip) {
        return switch (ip.transport()) {
            case TcpSegment tcp -> "TCP " + flags(tcp) + " " + ends(ip, ":" + tcp.sourcePort(), ":" + tcp.destinationPort());
            case UdpDatagram udp -> "UDP " + ends(ip, ":" + udp.sourcePort(), ":" + udp.destinationPort());
            case IcmpMessage icmp -> "ICMP " + kind(icmp) + " " + ends(ip, "", "");
            case OpaqueTransport other -> "IP protocol " + IpProtocol.name(other.protocol()) + " " + ends(ip, "", "");
        };
    }

    private static String ends(Ipv4Packet ip, String sourcePort, String destinationPort) {
        return Ipv4.text(ip.source()) + sourcePort + " → " + Ipv4.text(ip.destination()) + destinationPort;
    }

    private static String flags(TcpSegment tcp) {
        var flags = new StringBuilder();
        add(flags, tcp, TcpSegment.SYN, "SYN");
        add(flags, tcp, TcpSegment.FIN, "FIN");
        add(flags, tcp, TcpSegment.RST, "RST");
        add(flags, tcp, TcpSegment.PSH, "PSH");
        add(flags, tcp, TcpSegment.ACK, "ACK");
        return flags.toString();
    }

    private static void add(StringBuilder flags, TcpSegment tcp, int flag, String name) {
        if (tcp.has(flag)) {
            flags.append(flags.isEmpty() ? "" : "-").append(name);
        }
    }

    private static String kind(IcmpMessage icmp) {
        return switch (icmp.type()) {
            case IcmpMessage.ECHO_REQUEST -> "echo request";
            case IcmpMessage.ECHO_REPLY -> "echo reply";
            case IcmpMessage.DESTINATION_UNREACHABLE -> "destination unreachable";
            case IcmpMessage.TIME_EXCEEDED -> "time exceeded";
            case IcmpMessage.REDIRECT -> "redirect";
            default -> "type " + icmp.type();
        };
    }
}
