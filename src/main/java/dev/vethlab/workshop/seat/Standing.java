package dev.vethlab.workshop.seat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody at a seat may need help, by a rule that docs/workshops.md tells organisers.
 *
 * <p>Times rather than states: what they mean changes as time passes, without anything that happens at the seat.
 *
 * @param stuckFrom from when on the seat counts as stuck; null if it does not
 * @param idleFrom from when on it counts as idle, unless it is finished
 */
public record Standing(@Nullable Instant stuckFrom, Instant idleFrom) {
    /** So many commands in a row that failed, without anything of the lesson done in between. */
    static final int FAILURES = 3;

    /** So long since something of the lesson was done, for who goes on typing. */
    static final Duration WITHOUT_PROGRESS = Duration.ofMinutes(5);

    /** So long without a command. */
    static final Duration WITHOUT_COMMAND = Duration.ofMinutes(3);

    public static Standing of(Seat seat) {
        Work work = seat.work();
        Instant last = work.active() == null ? seat.joined() : work.active();
        return new Standing(stuckFrom(seat, work), last.plus(WITHOUT_COMMAND));
    }

    private static @Nullable Instant stuckFrom(Seat seat, Work work) {
        Instant active = work.active();
        if (active == null || work.finished() != null) {
            return null;
        }
        if (work.activity().failedInARow() >= FAILURES) {
            return active;
        }
        Instant since = work.progressed() == null ? seat.joined() : work.progressed();
        return work.steps() > 0 && active.isAfter(since) ? since.plus(WITHOUT_PROGRESS) : null;
    }

    public boolean isStuck(Instant now) {
        return stuckFrom != null && !now.isBefore(stuckFrom);
    }

    public boolean isIdle(Instant now) {
        return !now.isBefore(idleFrom);
    }
}
