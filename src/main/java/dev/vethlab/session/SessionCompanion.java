package dev.vethlab.session;

import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.world.World;
import java.util.function.Consumer;

/**
 * Goes along with a session and may look at all that happens there, but changes nothing: a lesson, for one. Called on the session's own
 * thread, in the same order and at the same virtual times when the session is replayed, so that what it makes of it is the same again.
 */
public interface SessionCompanion {
    /** Makes the companion of a session whose world has booted. */
    @FunctionalInterface
    interface Maker {
        /** @param tell takes what those who look at the session should see */
        SessionCompanion accompany(World world, Consumer<Update.Companion> tell);
    }

    /** Looks at nothing. */
    SessionCompanion NONE = new SessionCompanion() {};

    /**
     * A line that a shell has run.
     *
     * @param node as the one who typed it named it
     * @param output the end of what it showed; what a job in the background shows later is the next line's
     */
    record Command(String node, String text, int status, String output) {}

    /** A packet passed a stage. On the packet path: must not wait. */
    default void passed(TraceEvent event) {}

    /** A line's foreground ended. */
    default void ended(Command command) {}

    /** A note was added to the log. */
    default void noted(Input.Note note) {}

    /** An event of the simulation ran or an input was applied: the world may be looked at. */
    default void look() {}
}
