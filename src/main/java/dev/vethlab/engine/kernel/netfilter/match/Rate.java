package dev.vethlab.engine.kernel.netfilter.match;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A number of packets in a unit of time, as {@code limit} and {@code hashlimit} keep it.
 *
 * @param period the time for one packet, in ten-thousandths of a second (at least 1), which is how exact the kernel is
 */
public record Rate(int period) {
    /** Parts of a second. */
    private static final int SCALE = 10_000;
    private static final String[] UNITS = {"day", "hour", "min", "sec"};
    private static final long[] LENGTHS = {86_400L * SCALE, 3_600L * SCALE, 60L * SCALE, SCALE};

    /** {@code 3/hour}, the default of {@code -m limit}. */
    public static final Rate DEFAULT = new Rate((int) (LENGTHS[1] / 3));

    /** Nanoseconds for one packet. */
    long nanos() {
        return period * (1_000_000_000L / SCALE);
    }

    /** {@code 5/min}: the largest unit but the last in which the number is exact enough ({@code print_rate}). */
    public String text() {
        int i = 1;
        while (i < UNITS.length && period <= LENGTHS[i] && LENGTHS[i] / period >= LENGTHS[i] % period) {
            i++;
        }
        return LENGTHS[i - 1] / period + "/" + UNITS[i - 1];
    }

    /** The length of the unit that {@link #text} uses, in seconds. */
    int unitSeconds() {
        String text = text();
        for (int i = 0; i < UNITS.length; i++) {
            if (text.endsWith(UNITS[i])) {
                return (int) (LENGTHS[i] / SCALE);
            }
        }
        throw new IllegalStateException(text);
    }

    /** The rate of {@code number} in a unit; null if it is none such or 0, a period of 0 if it is too fast. */
    public static @Nullable Rate parse(String text) {
        int slash = text.indexOf('/');
        String number = slash < 0 ? text : text.substring(0, slash);
        String unit = slash < 0 ? "sec" : text.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (number.isEmpty() || number.length() > 9 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        int count = Integer.parseInt(number);
        for (int i = UNITS.length - 1; i >= 0; i--) {
            String full = i == 3 ? "second" : i == 2 ? "minute" : UNITS[i];
            if (!unit.isEmpty() && count > 0 && full.startsWith(unit)) {
                return new Rate((int) (LENGTHS[i] / count));
            }
        }
        return null;
    }
}
