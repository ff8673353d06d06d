package dev.vethlab.engine.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * A virtual clock in nanoseconds and one queue of events ordered by (time, sequence number).
 *
 * <p>Touched by one thread at a time. Whoever drives it decides how fast virtual time passes; nothing in here looks at a wall
 * clock, so that the pace cannot change a result.
 */
public final class Simulation {
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final Map<String, SeededRandom> randoms = new LinkedHashMap<>();
    private final long seed;
    private BooleanSupplier shortcut = () -> false;
    private long now;
    private long sequence;

    public Simulation(long seed) {
        this.seed = seed;
    }

    /** The virtual time in nanoseconds since the session began. */
    public long now() {
        return now;
    }

    /** The seed that the session was made with. */
    public long seed() {
        return seed;
    }

    /** Runs {@code action} once, {@code delayNanos} (≥ 0) from now; equal times run in the order they were scheduled. */
    public Event schedule(long delayNanos, Runnable action) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("a delay of " + delayNanos + " ns");
        }
        var event = new Event(now + delayNanos, sequence++, action);
        queue.add(event);
        return event;
    }

    /** Whether nothing is left that would happen by itself. */
    public boolean isIdle() {
        dropCancelled();
        return queue.isEmpty();
    }

    /** When the next event is due, or {@link Long#MAX_VALUE} if there is none. */
    public long nextEventTime() {
        dropCancelled();
        Event next = queue.peek();
        return next == null ? Long.MAX_VALUE : next.time();
    }

    /** Moves the clock to the next event and runs it; false if there was none. */
    public boolean runNext() {
        dropCancelled();
        Event next = queue.poll();
        if (next == null) {
            return false;
        }
        if (next.time() < now) {
            throw new IllegalStateException("time went back from " + now + " to " + next.time());
        }
        now = next.time();
        next.fire();
        return true;
    }

    /**
     * Lets a program that waits run what happens next itself, where it would give the baton away only for that: to change threads costs
     * more than most events do.
     *
     * @param shortcut runs the next event as the driver would, if the driver would run it now; whether it did
     */
    public void setShortcut(BooleanSupplier shortcut) {
        this.shortcut = shortcut;
    }

    /** Whether the next event has been run, by a program that waits or has ended. */
    public boolean ranNext() {
        return shortcut.getAsBoolean();
    }

    /** Lets {@code nanos} of virtual time pass in which nothing happens; an event due earlier must run first. */
    public void advanceTo(long time) {
        if (time > nextEventTime()) {
            throw new IllegalStateException("an event is due before " + time);
        }
        now = Math.max(now, time);
    }

    /** The random numbers for one purpose: a stream of its own, so that a new consumer does not shift the others. */
    public SeededRandom random(String purpose) {
        return randoms.computeIfAbsent(purpose, p -> SeededRandom.of(seed, p));
    }

    private void dropCancelled() {
        while (!queue.isEmpty() && queue.peek().isCancelled()) {
            queue.poll();
        }
    }
}
