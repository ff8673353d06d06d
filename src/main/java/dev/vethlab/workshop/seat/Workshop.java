package dev.vethlab.workshop.seat;

import dev.vethlab.engine.world.WorldKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event with many seats.
 *
 * @param id whoever knows it is the organiser
 * @param code by which participants join
 * @param lesson its id; null if seats have a fresh world
 * @param seed of every seat's world: the same command shows the same ids and addresses everywhere
 * @param seats how many there may be
 * @param taken how many there are
 * @param ends when it closes by itself
 * @param stage the organiser's own session, once there is one
 * @param shown the link by which all seats may watch the stage; null while it is not shown
 */
public record Workshop(
        String id,
        String code,
        String title,
        @Nullable String lesson,
        WorldKind world,
        long seed,
        int seats,
        int taken,
        Instant begun,
        Instant ends,
        boolean closed,
        @Nullable String stage,
        @Nullable String shown) {
    /** How long one may last, in minutes. */
    public static final int SHORTEST_MINUTES = 5;

    public static final int LONGEST_MINUTES = 7 * 24 * 60;

    /** Whether one may join, and type at one's seat. */
    public boolean isOpen(Instant now) {
        return !closed && now.isBefore(ends);
    }

    Workshop withTaken(int taken) {
        return new Workshop(id, code, title, lesson, world, seed, seats, taken, begun, ends, closed, stage, shown);
    }

    Workshop closedNow() {
        return new Workshop(id, code, title, lesson, world, seed, seats, taken, begun, ends, true, stage, null);
    }

    Workshop withStage(String stage, @Nullable String shown) {
        return new Workshop(id, code, title, lesson, world, seed, seats, taken, begun, ends, closed, stage, shown);
    }
}
