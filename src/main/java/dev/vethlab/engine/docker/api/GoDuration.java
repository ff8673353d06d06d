package dev.vethlab.engine.docker.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1m30s}, in nanoseconds. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d*)?|\\.\\d+");
    private static final List<String> UNITS = List.of("ns", "us", "µs", "ms", "s", "m", "h");

    private GoDuration() {}

    /** As Go prints a duration that is not negative: {@code 1m30s}, {@code 500ms}, {@code 0s} ({@code Duration.String}). */
    public static String text(long nanos) {
        if (nanos < 1_000_000_000L) {
            return nanos == 0 ? "0s" : nanos < 1_000 ? nanos + "ns" : nanos < 1_000_000 ? decimal(nanos, 1_000) + "µs" : decimal(nanos, 1_000_000) + "ms";
        }
        long hours = nanos / 3_600_000_000_000L;
        long minutes = nanos / 60_000_000_000L % 60;
        String seconds = decimal(nanos % 60_000_000_000L, 1_000_000_000L) + "s";
        return hours > 0 ? hours + "h" + minutes + "m" + seconds : minutes > 0 ? minutes + "m" + seconds : seconds;
    }

    private static String decimal(long number, long unit) {
        return BigDecimal.valueOf(number).divide(BigDecimal.valueOf(unit)).stripTrailingZeros().toPlainString();
    }

    /** What Go says of a text that is no duration ({@code time.ParseDuration}). */
    public static String complaint(String text) {
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        Matcher number = NUMBER.matcher(rest);
        int at = 0;
        while (at < rest.length() && number.region(at, rest.length()).lookingAt()) {
            int end = number.end();
            at = end;
            while (at < rest.length() && rest.charAt(at) != '.' && !Character.isDigit(rest.charAt(at))) {
                at++;
            }
            String unit = rest.substring(end, at);
            if (unit.isEmpty()) {
                return "time: missing unit in duration \"" + text + "\"";
            }
            if (!UNITS.contains(unit)) {
                return "time: unknown unit \"" + unit + "\" in duration \"" + text + "\"";
            }
        }
        return "time: invalid duration \"" + text + "\"";
    }

    /** The nanoseconds; nothing if it is no duration. */
    public static OptionalLong parse(String text) {
        if (text.equals("0")) {
            return OptionalLong.of(0);
        }
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        Matcher matcher = PART.matcher(rest);
        double nanos = 0;
        int at = 0;
        while (matcher.lookingAt()) {
            double unit = switch (matcher.group(2)) {
                case "ns" -> 1;
                case "us", "µs" -> 1e3;
                case "ms" -> 1e6;
                case "s" -> 1e9;
                case "m" -> 60e9;
                default -> 3600e9;
            };
            nanos += Double.parseDouble(matcher.group(1)) * unit;
            at = matcher.end();
            matcher.region(at, rest.length());
        }
        return at == 0 || at < rest.length() || nanos > 9e18 ? OptionalLong.empty()
                : OptionalLong.of(text.startsWith("-") ? -(long) nanos : (long) nanos);
    }
}
