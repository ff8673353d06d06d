package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.Ipv6Message;

/** {@code print-ip6.c} and {@code print-icmp6.c}, for what interfaces send by themselves: reports of listeners and solicitations. */
final class Ip6Printer {
    private static final int HEADER = 40;
    private static final int HOP_BY_HOP = 0;
    private static final int ICMPV6 = 58;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int NEIGHBOUR_SOLICITATION = 135;
    private static final int LISTENER_REPORT_V2 = 143;
    private static final int SOURCE_LINK_ADDRESS = 1;

    private Ip6Printer() {}

    static void print(Printing out, Octets captured) {
        if (!out.options().link()) {
            out.print("IP6 ");
        }
        int payload = captured.u16(4);
        int next = captured.u8(6);
        if (out.options().verbosity() > 0) {
            out.print("(hlim " + captured.u8(7) + ", next-header " + name(next) + " (" + next + "), payload length " + payload + ") ");
        }
        out.print(address(captured, 8) + " > " + address(captured, 24) + ": ");
        Octets ip = captured.first(HEADER + payload);
        int at = HEADER;
        if (next == HOP_BY_HOP) {
            out.print("HBH " + (out.options().verbosity() > 0 ? options(ip) : ""));
            next = ip.u8(at);
            at += (ip.u8(at + 1) + 1) * 8;
        }
        int length = HEADER + payload - at;
        if (next != ICMPV6) {
            out.print("ip-proto-" + next + " " + length);
            return;
        }
        if (out.options().verbosity() > 0) {
            int sum = Checksum.of(ip.from(at), Checksum.sum(ip.from(8).first(32)) + length + ICMPV6);
            out.print("[icmp6 sum " + (sum == 0 ? "ok" : "bad") + "] ");
        }
        message(out, ip.from(at), length);
    }

    private static String name(int next) {
        return switch (next) {
            case HOP_BY_HOP -> "HBH";
            case ICMPV6 -> "ICMPv6";
            default -> "unknown";
        };
    }

    private static String address(Octets ip, int at) {
        return Ipv6Message.text(ip.u32(at) << 32 | ip.u32(at + 4), ip.u32(at + 8) << 32 | ip.u32(at + 12));
    }

    /** A router alert, and what fills up to 8 bytes. */
    private static String options(Octets ip) {
        var text = new StringBuilder();
        int end = HEADER + (ip.u8(HEADER + 1) + 1) * 8;
        for (int at = HEADER + 2; at < end; at += 2 + ip.u8(at + 1)) {
            text.append(switch (ip.u8(at)) {
                case 1 -> "(padn) ";
                case 5 -> String.format("(rtalert: 0x%04x) ", ip.u16(at + 2));
                default -> String.format("(opt_type 0x%02x: len=%d) ", ip.u8(at), ip.u8(at + 1));
            });
        }
        return text.toString();
    }

    private static void message(Printing out, Octets icmp, int length) {
        boolean verbose = out.options().verbosity() > 0;
        out.print("ICMP6, ");
        String ends = ", length " + length;
        switch (icmp.u8(0)) {
            case ROUTER_SOLICITATION -> {
                out.print("router solicitation" + ends);
                options(out, icmp, 8);
            }
            case NEIGHBOUR_SOLICITATION -> {
                String asked = ", who has " + address(icmp, 8);
                out.print("neighbor solicitation" + (verbose ? ends + asked : asked + ends));
                options(out, icmp, 24);
            }
            case LISTENER_REPORT_V2 -> out.print("multicast listener report v2, " + icmp.u16(6) + " group record(s)"
                    + (verbose ? records(out, icmp) : ends));
            default -> out.print("type-#" + icmp.u8(0) + ends);
        }
    }

    private static String records(Printing out, Octets icmp) {
        var text = new StringBuilder();
        int at = 8;
        for (int i = 0; i < icmp.u16(6); i++) {
            int sources = icmp.u16(at + 2);
            String change = icmp.u8(at) == 4 ? "to_ex" : icmp.u8(at) == 3 ? "to_in" : icmp.u8(at) == 2 ? "is_ex" : "is_in";
            text.append(" [gaddr ").append(address(icmp, at + 4)).append(' ').append(change)
                    .append(out.options().verbosity() > 1 ? " { }]" : ", " + sources + " source(s)]");
            at += 20 + 16 * sources;
        }
        return text.toString();
    }

    /** {@code icmp6_opt_print}. */
    private static void options(Printing out, Octets icmp, int from) {
        if (out.options().verbosity() == 0) {
            return;
        }
        for (int at = from; at < icmp.length(); ) {
            int units = icmp.u8(at + 1);
            int size = units * 8;
            boolean known = icmp.u8(at) == SOURCE_LINK_ADDRESS;
            out.print("\n\t  " + (known ? "source link-address" : "unknown") + " option (" + icmp.u8(at) + "), length " + size + " (" + units
                    + "): " + (known ? out.mac(icmp.mac(at + 2)) : ""));
            if (!known || out.options().verbosity() > 1) {
                String hex = HexDump.hex(icmp.from(at + 2).first(size - 2).bytes(), false).replace("\n\t", "");
                out.print("\n\t" + (out.options().verbosity() > 1 ? "    " : "  ") + hex);
            }
            at += Math.max(8, size);
        }
    }
}
