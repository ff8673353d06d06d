package dev.vethlab.workshop.seat;

import java.time.Instant;

/**
 * A participant's place.
 *
 * @param id names it for the organiser
 * @param session what it leads to now
 * @param link by which the participant comes to it, and proves that the seat is theirs
 * @param work what was done there, as last written down
 */
public record Seat(String id, String name, String session, String link, Instant joined, Work work) {
    Seat withWork(Work work) {
        return new Seat(id, name, session, link, joined, work);
    }

    Seat with(String session) {
        return new Seat(id, name, session, link, joined, Work.NONE);
    }
}
