package dev.vethlab.engine.command.docker;

import java.util.Locale;

/** Quantities as the client prints them ({@code github.com/docker/go-units}). */
final class Units {
    private static final long SECOND = 1_000_000_000L;
    private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB"};
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Units() {}

    /** {@code About a minute}, {@code 3 weeks}. */
    static String duration(long nanos) {
        long seconds = nanos / SECOND;
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds < 60) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        long hours = (seconds + 1800) / 3600;
        if (hours < 48) {
            return hours == 1 ? "About an hour" : hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        return hours < 24 * 365 * 2 ? hours / 24 / 30 + " months" : hours / 24 / 365 + " years";
    }

    static String ago(long nanos) {
        return duration(nanos) + " ago";
    }

    /** {@code 269MB}: three digits, powers of 1000. */
    static String size(double bytes) {
        return scaled(bytes, 1000, DECIMAL, 3);
    }

    /** {@code 2.048kB}: four digits, powers of 1000. */
    static String exactSize(double bytes) {
        return scaled(bytes, 1000, DECIMAL, 4);
    }

    /** {@code 9.477MiB}: four digits, powers of 1024. */
    static String binarySize(double bytes) {
        return scaled(bytes, 1024, BINARY, 4);
    }

    /** Go's {@code %.Ng%s}. */
    static String scaled(double bytes, double base, String[] units, int digits) {
        double value = bytes;
        int unit = 0;
        while (value >= base && unit < units.length - 1) {
            value /= base;
            unit++;
        }
        int whole = value < 1 ? 1 : (int) Math.floor(Math.log10(value)) + 1;
        String text = String.format(Locale.ROOT, "%." + Math.max(0, digits - whole) + "f", value);
        return (text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text) + units[unit];
    }

    static String decimalSize(double bytes, int digits) {
        return scaled(bytes, 1000, DECIMAL, digits);
    }

    /** What is wrong with a size that people wrote, as {@code units.RAMInBytes} says it; empty if nothing is. */
    static String sizeComplaint(String text) {
        int last = -1;
        for (int i = 0; i < text.length(); i++) {
            last = "0123456789. ".indexOf(text.charAt(i)) >= 0 && !(text.charAt(i) == ' ' && i == 0) ? i : last;
        }
        if (last < 0) {
            return "invalid size: '" + text + "'";
        }
        String number = text.substring(0, text.charAt(last) == ' ' ? last : last + 1);
        String suffix = text.substring(last + 1);
        if (number.startsWith("-") && number.substring(1).matches("\\d+(\\.\\d*)?")) {
            return "invalid size: '" + text + "'";
        }
        if (!number.matches("\\d+(\\.\\d*)?|\\.\\d+")) {
            return "strconv.ParseFloat: parsing \"" + number + "\": invalid syntax";
        }
        return suffix.matches("|[bB]|[kKmMgGtTpP]([iI]?[bB])?") ? "" : "invalid suffix: '" + suffix.toLowerCase(java.util.Locale.ROOT) + "'";
    }
}
