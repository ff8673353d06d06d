package dev.vethlab.workshop.seat;

import java.time.Instant;

/**
 * A participant's place.
 *
 * @param id names it for the organiser
 * @param session what it leads to now
 * @param link by which the participant comes to it, and proves that the seat is theirs
 * @param work what was done there, as last written down
 * @param written how many of the session's inputs that is all of; -1 if something was still being done
 */
public record Seat(String id, String name, String session, String link, Instant joined, Work work, int written) {
    Seat withWork(Work work, int written) {
        return new Seat(id, name, session, link, joined, work, written);
    }

    Seat with(String session) {
        return new Seat(id, name, session, link, joined, Work.NONE, 0);
    }
}
