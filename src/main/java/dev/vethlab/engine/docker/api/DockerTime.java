package dev.vethlab.engine.docker.api;

import dev.vethlab.engine.sim.CalendarTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Virtual times as the engine's API writes them. */
public final class DockerTime {
    /** Go's zero time: what has not happened. */
    public static final String NEVER = "0001-01-01T00:00:00Z";

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SPOKEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private DockerTime() {}

    private static Instant instant(long virtualNanos) {
        return Instant.ofEpochSecond(CalendarTime.seconds(virtualNanos), CalendarTime.nanos(virtualNanos));
    }

    /** {@code 2026-01-05T09:00:01.5Z} (RFC3339Nano); a negative time never was. */
    public static String rfc3339(long virtualNanos) {
        if (virtualNanos < 0) {
            return NEVER;
        }
        return SECONDS.format(instant(virtualNanos)) + fraction(virtualNanos, false) + "Z";
    }

    /** {@code 2026-01-05T09:00:01.500000000Z}: with all nine digits, as {@code docker logs -t} has it. */
    public static String rfc3339Fixed(long virtualNanos) {
        return SECONDS.format(instant(virtualNanos)) + fraction(virtualNanos, true) + "Z";
    }

    /** {@code 2026-01-05 09:00:01 +0000 UTC}, as Go prints a time. */
    public static String spoken(long virtualNanos) {
        return SPOKEN.format(instant(virtualNanos)) + " +0000 UTC";
    }

    /** The same with its fraction. */
    public static String spokenExactly(long virtualNanos) {
        return SPOKEN.format(instant(virtualNanos)) + fraction(virtualNanos, false) + " +0000 UTC";
    }

    private static String fraction(long virtualNanos, boolean fixed) {
        String digits = String.format(".%09d", CalendarTime.nanos(virtualNanos));
        return fixed ? digits : digits.replaceFirst("\\.?0+$", "");
    }
}
