package dev.vethlab.session;

import dev.vethlab.engine.kernel.WorldLimits;
import java.time.Duration;

/**
 * How much one session, and all together, may take; more is an ordinary error.
 *
 * @param sessions kept in all
 * @param running in memory at the same time
 * @param inputs in one session's log
 * @param terminals open in one session
 * @param links out of and into one session
 * @param stages of packets kept for looking back
 * @param streamBytes of updates kept for those who reconnect, roughly
 * @param outputBytes of one {@code exec}'s output
 * @param eventsPerCommand of the simulation that one {@code exec} may take
 * @param timePerCommand of virtual time that one {@code exec} may take
 * @param world of what is emulated
 */
public record SessionLimits(
        int sessions,
        int running,
        int inputs,
        int terminals,
        int links,
        int stages,
        int streamBytes,
        int outputBytes,
        long eventsPerCommand,
        Duration timePerCommand,
        WorldLimits world) {
    public static final SessionLimits DEFAULT = new SessionLimits(
            100_000, 2000, 10_000, 64, 100, 20_000, 16 << 20, 4 << 20, 20_000_000, Duration.ofMinutes(10), WorldLimits.DEFAULT);
}
