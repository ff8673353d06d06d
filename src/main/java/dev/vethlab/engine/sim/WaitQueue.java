package dev.vethlab.engine.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Those who wait for something to change: blocked processes and callbacks alike (the kernel's {@code wait_queue_head}).
 *
 * <p>A waiter is told once for each time that it asked, as an event of its own at the present time, in the order of asking.
 */
public final class WaitQueue {
    private final Simulation simulation;
    private List<Runnable> waiters = new ArrayList<>(1);

    public WaitQueue(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Runs {@code waiter} once, soon after the next {@link #wakeAll}. */
    public void add(Runnable waiter) {
        waiters.add(waiter);
    }

    /** Stops waiting. */
    public void remove(Runnable waiter) {
        waiters.remove(waiter);
    }

    /** Something changed: whoever waits looks again. */
    public void wakeAll() {
        if (waiters.isEmpty()) {
            return;
        }
        List<Runnable> woken = waiters;
        waiters = new ArrayList<>(1);
        for (Runnable waiter : woken) {
            simulation.schedule(0, waiter);
        }
    }
}
