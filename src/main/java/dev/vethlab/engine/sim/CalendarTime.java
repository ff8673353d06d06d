package dev.vethlab.engine.sim;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The calendar of the emulated machines: virtual time 0 is 2026-01-05 09:00:00 UTC in every session. */
public final class CalendarTime {
    /** Seconds from 1970-01-01 00:00:00 UTC to virtual time 0. */
    public static final long EPOCH_SECONDS = 1_767_603_600L;

    private static final long SECOND = 1_000_000_000L;

    private CalendarTime() {}

    /** Seconds since 1970 at a virtual time in nanoseconds. */
    public static long seconds(long virtualNanos) {
        return EPOCH_SECONDS + Math.floorDiv(virtualNanos, SECOND);
    }

    /** The date and time, in UTC. */
    public static ZonedDateTime at(long virtualNanos) {
        return Instant.ofEpochSecond(seconds(virtualNanos), nanos(virtualNanos)).atZone(ZoneOffset.UTC);
    }

    /** The nanoseconds within that second. */
    public static int nanos(long virtualNanos) {
        return (int) Math.floorMod(virtualNanos, SECOND);
    }
}
