package dev.vethlab.engine.packet;

import java.util.OptionalLong;

/** MAC addresses as the low 48 bits of a {@code long}: printing and parsing. */
public final class Mac {
    public static final long BROADCAST = 0xFFFF_FFFF_FFFFL;
    public static final long ZERO = 0;

    private Mac() {}

    public static String text(long mac) {
        var text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (mac >>> shift) & 255;
            text.append(Character.forDigit(octet >>> 4, 16)).append(Character.forDigit(octet & 15, 16));
            if (shift > 0) {
                text.append(':');
            }
        }
        return text.toString();
    }

    /** The address, if {@code text} is six hexadecimal octets of one or two digits with colons between. */
    public static OptionalLong parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 6) {
            return OptionalLong.empty();
        }
        long mac = 0;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 2 || part.chars().anyMatch(c -> c > 'f' || Character.digit(c, 16) < 0)) {
                return OptionalLong.empty();
            }
            mac = mac << 8 | Integer.parseInt(part, 16);
        }
        return OptionalLong.of(mac);
    }

    /** Whether the group bit is set: multicast or broadcast. */
    public static boolean isGroup(long mac) {
        return (mac >>> 40 & 1) != 0;
    }

    /** The group address that carries an IPv4 multicast address (RFC 1112 §6.4). */
    public static long ofMulticast(int address) {
        return 0x01005E000000L | address & 0x7FFFFF;
    }
}
