package dev.vethlab.engine.sim;

import org.jspecify.annotations.Nullable;

/** Something that will happen at a virtual time, unless it is cancelled before. Doubles as a timer's handle. */
public final class Event implements Comparable<Event> {
    private final long time;
    private final long sequence;
    private @Nullable Runnable action;

    Event(long time, long sequence, Runnable action) {
        this.time = time;
        this.sequence = sequence;
        this.action = action;
    }

    /** The virtual time it is due at, in nanoseconds. */
    public long time() {
        return time;
    }

    /** Takes it back; nothing happens if it has run already. */
    public void cancel() {
        action = null;
    }

    /** Whether it will still run. */
    public boolean isPending() {
        return action != null;
    }

    boolean isCancelled() {
        return action == null;
    }

    void fire() {
        Runnable todo = action;
        action = null;
        if (todo != null) {
            todo.run();
        }
    }

    @Override
    public int compareTo(Event other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
}
