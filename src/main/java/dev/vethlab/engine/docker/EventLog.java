package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.EventStream;
import dev.vethlab.engine.sim.Simulation;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened in the engine: the last 256 events, as the daemon keeps them. */
public final class EventLog implements EventStream {
    private static final int LIMIT = 256;

    private final Simulation simulation;
    private final WaitQueue changed;
    private final List<Event> events = new ArrayList<>();
    private long forgotten;

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

    /** What was not used any more is gone ({@code daemon/prune.go}). */
    public void pruned(String type, long bytes) {
        record(type, "prune", "", Collections.singletonMap("reclaimed", Long.toString(bytes)));
    }

    @Override
    public WaitQueue changed() {
        return changed;
    }

    @Override
    public long end() {
        return forgotten + events.size();
    }

    @Override
    public List<Event> from(long position) {
        int index = (int) Math.max(0, position - forgotten);
        return index >= events.size() ? List.of() : List.copyOf(events.subList(index, events.size()));
    }
}
