package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.sim.Event;
import dev.vethlab.engine.sim.Simulation;
import org.jspecify.annotations.Nullable;

/** One of the timers of a spanning tree ({@code struct timer_list}). */
public final class TreeTimer {
    private final Simulation simulation;
    private final Runnable action;
    private @Nullable Event event;

    TreeTimer(Simulation simulation, Runnable action) {
        this.simulation = simulation;
        this.action = action;
    }

    /** Runs out in so many nanoseconds, whatever was planned before. */
    void start(long delay) {
        stop();
        event = simulation.schedule(Math.max(0, delay), action);
    }

    void stop() {
        if (event != null) {
            event.cancel();
            event = null;
        }
    }

    boolean isPending() {
        return event != null && event.isPending();
    }

    /** Nanoseconds that are left; 0 if it does not run. */
    public long left() {
        return event != null && event.isPending() ? event.time() - simulation.now() : 0;
    }
}
