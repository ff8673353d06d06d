package dev.vethlab.engine.docker.api;

import dev.vethlab.engine.sim.WaitQueue;
import java.util.List;
import java.util.Map;

/** What happened in the engine. Positions count the events that ever were. */
public interface EventStream {
    /**
     * One event.
     *
     * @param time virtual nanoseconds
     * @param type {@code container}, {@code network}, {@code volume}, {@code image} or {@code daemon}
     * @param actor the id of what it happened to
     */
    record Event(long time, String type, String action, String actor, Map<String, String> attributes) {}

    /** The position after the last event. */
    long end();

    /** The events from a position on, as far as they are kept. */
    List<Event> from(long position);

    /** Wakes when there is one more. */
    WaitQueue changed();
}
