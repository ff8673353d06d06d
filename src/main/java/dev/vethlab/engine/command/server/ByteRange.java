package dev.vethlab.engine.command.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a body that is asked for (RFC 9110 §14.1.2).
 *
 * @param from the first byte
 * @param to behind the last one
 */
record ByteRange(int from, int to) {
    /** Of a body that has no such part. */
    static final ByteRange NONE = new ByteRange(0, 0);

    private static final Pattern ONE = Pattern.compile("(\\d{0,9})-(\\d{0,9})");
    private static final String UNIT = "bytes=";

    /** Null for the whole: when nothing is asked for, another unit, or several parts at once, which a server may send as a whole. */
    static @Nullable ByteRange of(@Nullable String field, int length) {
        if (field == null || !field.startsWith(UNIT) || field.contains(",")) {
            return null;
        }
        Matcher range = ONE.matcher(field.substring(UNIT.length()).strip());
        if (!range.matches() || range.group().length() < 2) {
            return NONE;
        }
        if (range.group(1).isEmpty()) {
            int last = Integer.parseInt(range.group(2));
            return last == 0 ? NONE : new ByteRange(Math.max(0, length - last), length);
        }
        int from = Integer.parseInt(range.group(1));
        int to = range.group(2).isEmpty() ? length : Math.min(length, Integer.parseInt(range.group(2)) + 1);
        return from >= to ? NONE : new ByteRange(from, to);
    }

    /** {@code Content-Range}. */
    String header(int length) {
        return "bytes " + from + "-" + (to - 1) + "/" + length;
    }
}
