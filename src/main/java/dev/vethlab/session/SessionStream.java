package dev.vethlab.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The updates of a session, numbered without gaps, of which a bounded tail is kept.
 *
 * <p>Every viewer reads at its own speed from its own place. One that is so slow that its place is no longer kept is told so by {@link
 * #read} and begins anew; it never holds up the emulation, nor another viewer.
 */
public final class SessionStream {
    private final int capacity;
    private final ArrayDeque<Numbered> kept = new ArrayDeque<>();
    private long last;
    private long weight;
    private boolean closed;

    /**
     * @param capacity how many bytes, roughly, are kept
     * @param start the number before the first; different each time a session comes back, lest a viewer take the new updates for the old
     */
    SessionStream(int capacity, long start) {
        this.capacity = capacity;
        this.last = start;
    }

    /** An update and its number. */
    public record Numbered(long sequence, Update update) {}

    /** What a read gave. */
    public sealed interface Read {
        /** The updates that follow, at least one. */
        record Updates(List<Numbered> updates) implements Read {}

        /** Some of what follows is no longer kept. */
        record Lost() implements Read {}

        /** Nothing will follow: the session left memory. */
        record Closed() implements Read {}
    }

    synchronized void append(Update update) {
        kept.addLast(new Numbered(++last, update));
        weight += update.weight();
        while (weight > capacity && kept.size() > 1) {
            weight -= kept.removeFirst().update().weight();
        }
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** The number of the last update. */
    public synchronized long last() {
        return last;
    }

    /** The number before the first update that is kept. */
    public synchronized long beforeFirst() {
        return kept.isEmpty() ? last : kept.getFirst().sequence() - 1;
    }

    /** Up to {@code most} updates after number {@code after}; waits until there is one. */
    public synchronized Read read(long after, int most) throws InterruptedException {
        while (after >= last && !closed) {
            wait();
        }
        if (after < beforeFirst()) {
            return new Read.Lost();
        }
        if (after >= last) {
            return new Read.Closed();
        }
        List<Numbered> updates = new ArrayList<>();
        for (Numbered update : kept) {
            if (update.sequence() > after) {
                updates.add(update);
                if (updates.size() == most) {
                    break;
                }
            }
        }
        return new Read.Updates(List.copyOf(updates));
    }

    /** Whether an update of a kind is kept. */
    synchronized boolean keeps(Class<? extends Update> kind) {
        return kept.stream().anyMatch(numbered -> kind.isInstance(numbered.update()));
    }
}
