package dev.vethlab.web.wire;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.UdpDatagram;
import org.jspecify.annotations.Nullable;

/** A few words on what a packet carries, in tcpdump's manner. */
final class PayloadNote {
    private static final int LONGEST = 80;
    private static final int DNS_PORT = 53;
    private static final int DNS_HEADER = 12;

    private PayloadNote() {}

    /** A stream's data: its first line, if that is text. */
    static @Nullable String of(Bytes data) {
        var line = new StringBuilder();
        for (int i = 0; i < Math.min(data.length(), LONGEST); i++) {
            int c = data.get(i);
            if (c == '\r' || c == '\n') {
                break;
            }
            if (c < ' ' || c > '~') {
                return null;
            }
            line.append((char) c);
        }
        return line.isEmpty() ? null : line.toString();
    }

    /** A datagram: its DNS question, or its text. */
    static @Nullable String of(UdpDatagram udp) {
        boolean asks = udp.destinationPort() == DNS_PORT;
        return asks || udp.sourcePort() == DNS_PORT ? question(udp.data(), asks) : of(udp.data());
    }

    private static @Nullable String question(Bytes message, boolean asks) {
        var name = new StringBuilder();
        int at = DNS_HEADER;
        while (at < message.length() && message.get(at) != 0) {
            int end = at + 1 + message.get(at);
            if (end >= message.length()) {
                return null;
            }
            for (int i = at + 1; i < end; i++) {
                name.append((char) message.get(i));
            }
            name.append('.');
            at = end;
        }
        if (at + 2 >= message.length()) {
            return null;
        }
        int type = message.get(at + 1) << 8 | message.get(at + 2);
        String typeName =
                switch (type) {
                    case 1 -> "A";
                    case 12 -> "PTR";
                    case 28 -> "AAAA";
                    default -> "TYPE" + type;
                };
        return asks ? typeName + "? " + name : "answer to " + typeName + "? " + name;
    }

    /** An ICMP message. */
    static String of(IcmpMessage icmp) {
        return switch (icmp.type()) {
            case IcmpMessage.ECHO_REQUEST -> "echo request";
            case IcmpMessage.ECHO_REPLY -> "echo reply";
            case IcmpMessage.DESTINATION_UNREACHABLE -> unreachable(icmp);
            case IcmpMessage.TIME_EXCEEDED -> icmp.code() == 0 ? "time exceeded in-transit" : "ip reassembly time exceeded";
            case IcmpMessage.REDIRECT -> "redirect " + quotedDestination(icmp) + " to " + Ipv4.text(icmp.rest());
            default -> "type " + icmp.type() + " code " + icmp.code();
        };
    }

    private static String unreachable(IcmpMessage icmp) {
        String to = quotedDestination(icmp);
        return switch (icmp.code()) {
            case IcmpMessage.NET_UNREACHABLE -> "net " + to + " unreachable";
            case IcmpMessage.HOST_UNREACHABLE -> "host " + to + " unreachable";
            case IcmpMessage.PROTOCOL_UNREACHABLE -> to + " protocol unreachable";
            case IcmpMessage.PORT_UNREACHABLE -> to + " " + quotedPort(icmp) + "unreachable";
            case IcmpMessage.FRAGMENTATION_NEEDED -> to + " unreachable - need to frag (mtu " + (icmp.rest() & 0xFFFF) + ")";
            case IcmpMessage.NET_PROHIBITED -> "net " + to + " unreachable - admin prohibited";
            case IcmpMessage.HOST_PROHIBITED -> "host " + to + " unreachable - admin prohibited";
            case IcmpMessage.ADMIN_PROHIBITED -> "host " + to + " unreachable - admin prohibited filter";
            default -> to + " unreachable, code " + icmp.code();
        };
    }

    private static String quotedDestination(IcmpMessage icmp) {
        return icmp.body() instanceof IcmpMessage.Quote quote ? Ipv4.text(quote.packet().destination()) : "?";
    }

    private static String quotedPort(IcmpMessage icmp) {
        if (!(icmp.body() instanceof IcmpMessage.Quote quote)) {
            return "port ";
        }
        return switch (quote.packet().transport()) {
            case UdpDatagram udp -> "udp port " + udp.destinationPort() + " ";
            case TcpSegment tcp -> "tcp port " + tcp.destinationPort() + " ";
            default -> "port ";
        };
    }
}
