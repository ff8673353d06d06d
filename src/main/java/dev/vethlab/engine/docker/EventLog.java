package dev.vethlab.engine.docker;

import dev.vethlab.engine.sim.Simulation;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened in the engine: the last 256 events, as the daemon keeps them. */
public final class EventLog {
    private static final int LIMIT = 256;

    private final Simulation simulation;
    private final WaitQueue changed;
    private final List<Event> events = new ArrayList<>();
    private long forgotten;

    /**
     * One event.
     *
     * @param time virtual nanoseconds
     * @param type {@code container}, {@code network} or {@code image}
     * @param actor the id of what it happened to
     */
    public record Event(long time, String type, String action, String actor, Map<String, String> attributes) {}

    EventLog(Simulation simulation) {
        this.simulation = simulation;
        this.changed = new WaitQueue(simulation);
    }

    public void record(String type, String action, String actor, Map<String, String> attributes) {
        if (events.size() == LIMIT) {
            events.removeFirst();
            forgotten++;
        }
        events.add(new Event(simulation.now(), type, action, actor, new TreeMap<>(attributes)));
        changed.wakeAll();
    }

    public WaitQueue changed() {
        return changed;
    }

    /** The number of events that ever were: a position to read from. */
    public long end() {
        return forgotten + events.size();
    }

    public List<Event> from(long position) {
        int index = (int) Math.max(0, position - forgotten);
        return index >= events.size() ? List.of() : List.copyOf(events.subList(index, events.size()));
    }
}
