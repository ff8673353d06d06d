package dev.vethlab.engine.command.net.iperf;

import java.util.Locale;

/** Quantities as {@code unit_snprintf} writes them: always four places, and a unit that fits. */
final class Units {
    private static final String[] BYTES = {"Byte", "KByte", "MByte", "GByte", "TByte"};
    private static final String[] BITS = {"bits", "Kbits", "Mbits", "Gbits", "Tbits"};

    private Units() {}

    /** So many bytes: {@code  128 KBytes}. */
    static String bytes(double count) {
        return text(count, 1024, BYTES, -1) + "s";
    }

    /** So many bits a second; {@code format} is a letter of {@code -f}, capital for bytes, or 0 for what fits. */
    static String rate(double bitsPerSecond, char format) {
        if (format == 0) {
            return text(bitsPerSecond, 1000, BITS, -1) + "/sec";
        }
        int power = "kmgt".indexOf(Character.toLowerCase(format)) + 1;
        return Character.isUpperCase(format)
                ? text(bitsPerSecond / 8, 1024, BYTES, power) + "s/sec"
                : text(bitsPerSecond, 1000, BITS, power) + "/sec";
    }

    private static String text(double count, int base, String[] names, int wanted) {
        int power = 0;
        double value = count;
        while (wanted >= 0 ? power < wanted : value >= base && power < names.length - 1) {
            value /= base;
            power++;
        }
        String pattern = value < 9.995 ? "%4.2f" : value < 99.95 ? "%4.1f" : "%4.0f";
        return String.format(Locale.ROOT, pattern, value) + " " + names[power];
    }
}
