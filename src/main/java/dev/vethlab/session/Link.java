package dev.vethlab.session;

import java.time.Instant;

/**
 * An address that leads somewhere and tells nothing else: its id is 128 random bits.
 *
 * @param session from which it was made
 * @param expires when it leads nowhere any more
 */
public record Link(String id, String session, Kind kind, Instant expires) {
    /** Before the id of a share, where its log is kept. */
    public static final String PLACE = "share/";

    /** Where the log of a share is kept. */
    public String place() {
        return PLACE + id;
    }

    /** Where a link leads. */
    public enum Kind {
        /** To a session of the visitor's own, in the state that was shared. */
        MOMENT,
        /** To a session of the visitor's own in which all that was shared happens again, from the start. */
        START,
        /** Into the session itself, where the visitor may type. */
        PARTICIPANT,
        /** Into the session itself, where the visitor may look. */
        VIEWER;

        /** Whether it leads to a copy. */
        public boolean isShare() {
            return this == MOMENT || this == START;
        }
    }
}
