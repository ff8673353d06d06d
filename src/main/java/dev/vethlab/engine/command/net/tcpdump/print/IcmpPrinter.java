package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;

/** {@code print-icmp.c}: errors name what they are about, and with {@code -v} print the packet they quote. */
final class IcmpPrinter {
    private IcmpPrinter() {}

    static void print(Printing out, Octets ip, Octets icmp, int length) {
        try {
            int type = icmp.u8(0);
            String what = what(out, icmp, type, icmp.u8(1));
            out.print("ICMP " + what + ", length " + length);
            if (out.options().verbosity() == 0) {
                return;
            }
            boolean whole = icmp.length() >= length && (ip.u16(6) & 0x2000) == 0;
            int sum = whole ? Checksum.of(icmp.first(length), 0) : 0;
            if (sum != 0) {
                int found = icmp.u16(2);
                out.print(" (wrong icmp cksum " + Integer.toHexString(found) + " (->" + Integer.toHexString(Checksum.expected(found, sum))
                        + ")!)");
            }
            if (isError(type)) {
                out.print("\n\t");
                Octets quoted = icmp.from(IcmpMessage.HEADER_LENGTH);
                IpPrinter.print(out, quoted, quoted.u16(2));
            }
        } catch (Octets.Truncated e) {
            out.print(" [|icmp]");
        }
    }

    private static boolean isError(int type) {
        return type == IcmpMessage.DESTINATION_UNREACHABLE || type == IcmpMessage.REDIRECT || type == IcmpMessage.TIME_EXCEEDED
                || type == IcmpMessage.PARAMETER_PROBLEM || type == 4;
    }

    private static String what(Printing out, Octets icmp, int type, int code) {
        return switch (type) {
            case IcmpMessage.ECHO_REQUEST, IcmpMessage.ECHO_REPLY ->
                    "echo " + (type == IcmpMessage.ECHO_REQUEST ? "request" : "reply") + ", id " + icmp.u16(4) + ", seq " + icmp.u16(6);
            case IcmpMessage.DESTINATION_UNREACHABLE -> unreachable(out, icmp, code);
            case IcmpMessage.REDIRECT -> redirect(out, icmp, code);
            case IcmpMessage.TIME_EXCEEDED -> switch (code) {
                case 0 -> "time exceeded in-transit";
                case 1 -> "ip reassembly time exceeded";
                default -> "time exceeded-#" + code;
            };
            case IcmpMessage.PARAMETER_PROBLEM -> "parameter problem - octet " + icmp.u8(4);
            case IcmpMessage.TIMESTAMP_REQUEST -> "time stamp query id " + icmp.u16(4) + " seq " + icmp.u16(6);
            case IcmpMessage.ADDRESS_MASK_REQUEST -> "address mask request";
            case IcmpMessage.ADDRESS_MASK_REPLY -> "address mask is 0x" + String.format("%08x", icmp.s32(8));
            case 4 -> "source quench";
            case 9 -> "router advertisement";
            case 10 -> "router solicitation";
            default -> "type-#" + type;
        };
    }

    private static String unreachable(Printing out, Octets icmp, int code) {
        String destination = out.names().address(icmp.s32(8 + 16));
        return switch (code) {
            case IcmpMessage.NET_UNREACHABLE -> "net " + destination + " unreachable";
            case IcmpMessage.HOST_UNREACHABLE -> "host " + destination + " unreachable";
            case IcmpMessage.PROTOCOL_UNREACHABLE -> destination + " protocol " + icmp.u8(8 + 9) + " unreachable";
            case IcmpMessage.PORT_UNREACHABLE -> {
                int port = icmp.u16(8 + (icmp.u8(8) & 15) * 4 + 2);
                yield destination + switch (icmp.u8(8 + 9)) {
                    case IpProtocol.TCP -> " tcp port " + out.names().tcpPort(port);
                    case IpProtocol.UDP -> " udp port " + out.names().udpPort(port);
                    default -> " protocol " + icmp.u8(8 + 9) + " port " + port;
                } + " unreachable";
            }
            case IcmpMessage.FRAGMENTATION_NEEDED ->
                    destination + " unreachable - need to frag" + (icmp.u16(6) == 0 ? "" : " (mtu " + icmp.u16(6) + ")");
            case 5 -> destination + " unreachable - source route failed";
            case 6 -> "net " + destination + " unreachable - unknown";
            case 7 -> "host " + destination + " unreachable - unknown";
            case 8 -> destination + " unreachable - source host isolated";
            case IcmpMessage.NET_PROHIBITED -> "net " + destination + " unreachable - admin prohibited";
            case IcmpMessage.HOST_PROHIBITED -> "host " + destination + " unreachable - admin prohibited";
            case 11 -> "net " + destination + " unreachable - tos prohibited";
            case 12 -> "host " + destination + " unreachable - tos prohibited";
            case IcmpMessage.ADMIN_PROHIBITED -> "host " + destination + " unreachable - admin prohibited filter";
            case 14 -> "host " + destination + " unreachable - host precedence violation";
            case 15 -> "host " + destination + " unreachable - precedence cutoff";
            default -> destination + " unreachable - #" + code;
        };
    }

    private static String redirect(Printing out, Octets icmp, int code) {
        String destination = out.names().address(icmp.s32(8 + 16));
        String gateway = out.names().address(icmp.s32(4));
        return switch (code) {
            case 0 -> "redirect " + destination + " to net " + gateway;
            case 1 -> "redirect " + destination + " to host " + gateway;
            case 2 -> "redirect-tos " + destination + " to net " + gateway;
            case 3 -> "redirect-tos " + destination + " to host " + gateway;
            default -> "redirect-#" + code + " " + destination + " to " + gateway;
        };
    }
}
