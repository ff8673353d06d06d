package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.IpProtocol;
import java.util.ArrayList;
import java.util.List;

/** {@code print-ip.c}: the header with {@code -v}, then what it carries. */
final class IpPrinter {
    private static final int MIN_HEADER = 20;

    private IpPrinter() {}

    static void print(Printing out, Octets captured, int length) {
        if (!out.options().link()) {
            out.print("IP ");
        }
        int headerLength = (captured.u8(0) & 15) * 4;
        int total = captured.u16(2);
        if (headerLength < MIN_HEADER) {
            out.print("bad-hlen " + headerLength);
            return;
        }
        Octets ip = captured.first(total);
        int fragment = ip.u16(6);
        int protocol = ip.u8(9);
        if (out.options().verbosity() > 0) {
            header(out, ip, fragment, protocol, total);
        }
        if (length < total) {
            out.print("truncated-ip - " + (total - length) + " bytes missing! ");
        }
        String source = out.names().address(ip.s32(12));
        String destination = out.names().address(ip.s32(16));
        if ((fragment & 0x1FFF) != 0) {
            out.print(source + " > " + destination + ": " + out.names().protocol(protocol));
            return;
        }
        Octets body = ip.from(headerLength);
        int bodyLength = total - headerLength;
        boolean complete = (fragment & 0x2000) == 0;
        switch (protocol) {
            case IpProtocol.TCP -> TcpPrinter.print(out, ip, body, bodyLength, complete);
            case IpProtocol.UDP -> UdpPrinter.print(out, ip, body, bodyLength, complete);
            case IpProtocol.ICMP -> {
                out.print(source + " > " + destination + ": ");
                IcmpPrinter.print(out, ip, body, bodyLength);
            }
            case IpProtocol.IGMP -> {
                out.print(source + " > " + destination + ": ");
                IgmpPrinter.print(out, body, bodyLength);
            }
            default -> out.print(source + " > " + destination + ":  " + out.names().protocol(protocol) + " " + bodyLength);
        }
    }

    private static void header(Printing out, Octets ip, int fragment, int protocol, int total) {
        int tos = ip.u8(1);
        String ecn = switch (tos & 3) {
            case 1 -> ",ECT(1)";
            case 2 -> ",ECT(0)";
            case 3 -> ",CE";
            default -> "";
        };
        List<String> flags = new ArrayList<>();
        if ((fragment & 0x2000) != 0) {
            flags.add("+");
        }
        if ((fragment & 0x4000) != 0) {
            flags.add("DF");
        }
        out.print("(tos 0x" + Integer.toHexString(tos) + ecn + ", ttl " + ip.u8(8) + ", id " + ip.u16(4) + ", offset "
                + (fragment & 0x1FFF) * 8
                + ", flags [" + (flags.isEmpty() ? "none" : String.join(", ", flags)) + "], proto " + protocolTitle(protocol) + " ("
                + protocol
                + "), length " + total);
        int headerLength = (ip.u8(0) & 15) * 4;
        if (headerLength > MIN_HEADER) {
            out.print(", options (");
            IpOptionsPrinter.print(out, ip.first(headerLength).from(MIN_HEADER));
            out.print(")");
        }
        int sum = Checksum.of(ip.first(headerLength), 0);
        if (sum != 0) {
            int found = ip.u16(10);
            out.print(", bad cksum " + Integer.toHexString(found) + " (->" + Integer.toHexString(Checksum.expected(found, sum)) + ")!");
        }
        out.print(")\n    ");
    }

    private static String protocolTitle(int protocol) {
        return switch (protocol) {
            case IpProtocol.ICMP -> "ICMP";
            case IpProtocol.IGMP -> "IGMP";
            case IpProtocol.TCP -> "TCP";
            case IpProtocol.UDP -> "UDP";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case 51 -> "AH";
            case 89 -> "OSPF";
            case IpProtocol.SCTP -> "SCTP";
            default -> "unknown";
        };
    }
}
