package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.Ipv4Options;

/** The options of an IPv4 header, as {@code -v} shows them ({@code ip_optprint}). */
final class IpOptionsPrinter {
    private static final int FIRST_ADDRESS = 3;
    private static final int FIRST_TIME = 4;

    private IpOptionsPrinter() {}

    static void print(Printing out, Octets options) {
        String separator = "";
        int at = 0;
        while (at < options.length()) {
            int code = options.u8(at);
            out.print(separator + name(code));
            separator = ",";
            if (code == Ipv4Options.END) {
                return;
            }
            int length = code == Ipv4Options.NO_OPERATION ? 1 : options.u8(at + 1);
            if (length < (code == Ipv4Options.NO_OPERATION ? 1 : 2) || at + length > options.length()) {
                out.print(" (invalid)");
                return;
            }
            Octets option = options.from(at).first(length);
            switch (code) {
                case Ipv4Options.RECORD_ROUTE -> route(out, option);
                case Ipv4Options.TIMESTAMP -> times(out, option);
                default -> {}
            }
            at += length;
        }
    }

    private static String name(int code) {
        return switch (code) {
            case Ipv4Options.END -> "EOL";
            case Ipv4Options.NO_OPERATION -> "NOP";
            case Ipv4Options.RECORD_ROUTE -> "RR";
            case Ipv4Options.TIMESTAMP -> "timestamp";
            case Ipv4Options.ROUTER_ALERT -> "RA";
            default -> "unknown " + code;
        };
    }

    private static void route(Printing out, Octets option) {
        int next = option.u8(2) - 1;
        for (int at = FIRST_ADDRESS; at + 4 <= option.length(); at += 4) {
            out.print(" " + out.names().address(option.s32(at)) + (next > at ? "," : ""));
        }
    }

    private static void times(Printing out, Octets option) {
        int kind = option.u8(3) & 15;
        int overflow = option.u8(3) >>> 4;
        int next = option.u8(2) - 1;
        int size = kind == Ipv4Options.TIMES_ONLY ? 4 : 8;
        out.print(" TS{" + switch (kind) {
            case Ipv4Options.TIMES_ONLY -> "TSONLY";
            case Ipv4Options.TIMES_AND_ADDRESSES -> "TS+ADDR";
            case Ipv4Options.PRESPECIFIED -> "PRESPEC";
            default -> "[bad ts type " + kind + "]";
        });
        int at = FIRST_TIME;
        for (; at + size <= option.length(); at += size) {
            out.print((next == at ? " ^ " : " ") + option.u32(at + size - 4) + "@"
                    + (size == 4 ? "" : out.names().address(option.s32(at))));
        }
        out.print((next == at ? " ^ " : "") + (overflow > 0 ? " [" + overflow + " hops not recorded]} " : "}"));
    }
}
