package dev.vethlab.engine.packet;

import java.util.OptionalInt;

/** IPv4 addresses and prefixes as {@code int} in network order: printing, parsing, arithmetic. */
public final class Ipv4 {
    public static final int ANY = 0;
    /** 224.0.0.1, which every machine listens to. */
    public static final int ALL_SYSTEMS = 0xE0000001;

    public static final int BROADCAST = 0xFFFFFFFF;
    public static final int LOOPBACK = 0x7F000001;

    private Ipv4() {}

    public static int of(int a, int b, int c, int d) {
        return a << 24 | b << 16 | c << 8 | d;
    }

    /** The address written in full dotted-decimal form; an error of the program, not of a user, if it is none. */
    public static int address(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not an IPv4 address: " + text));
    }

    /** The address, if {@code text} is four decimal numbers from 0 to 255 with dots between ({@code inet_pton}). */
    public static OptionalInt parse(String text) {
        int address = 0;
        int at = 0;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int value = 0;
            while (at < text.length() && at - start < 3 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                value = value * 10 + text.charAt(at++) - '0';
            }
            if (at == start || value > 255 || (at - start > 1 && text.charAt(start) == '0')) {
                return OptionalInt.empty();
            }
            address = address << 8 | value;
            boolean last = part == 3;
            if (last ? at != text.length() : at >= text.length() || text.charAt(at++) != '.') {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(address);
    }

    public static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    /** The netmask of a prefix length from 0 to 32. */
    public static int mask(int prefixLength) {
        return prefixLength == 0 ? 0 : -1 << (32 - prefixLength);
    }

    public static boolean inPrefix(int address, int network, int prefixLength) {
        return ((address ^ network) & mask(prefixLength)) == 0;
    }

    public static boolean isLoopback(int address) {
        return address >>> 24 == 127;
    }

    public static boolean isMulticast(int address) {
        return address >>> 28 == 14;
    }

    /** 0.0.0.0/8: “this network”, no source or destination on the wire (RFC 1122 §3.2.1.3). */
    public static boolean isZeroNet(int address) {
        return address >>> 24 == 0;
    }
}
