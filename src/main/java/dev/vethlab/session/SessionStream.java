package dev.vethlab.session;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The updates of a session, numbered without gaps, of which a bounded tail is kept; of packets it is shorter than of the rest.
 *
 * <p>Every viewer reads at its own speed from its own place. One that is so slow that packets after its place are no longer kept can tell
 * how many stages it missed by {@link Numbered#stages}; if anything else is no longer kept, it is told so by {@link #read} and begins
 * anew. It never holds up the emulation, nor another viewer.
 */
public final class SessionStream {
    private final int capacity;
    private final ArrayDeque<Numbered> packets = new ArrayDeque<>();
    private final ArrayDeque<Numbered> others = new ArrayDeque<>();
    private long last;
    private long stages;
    private long weight;
    /** The last numbers that are not kept any more. */
    private long lostPackets;
    private long lostOthers;
    private boolean closed;

    /**
     * @param capacity how many bytes, roughly, are kept
     * @param start the number before the first; different each time a session comes back, lest a viewer take the new updates for the old
     */
    SessionStream(int capacity, long start) {
        this.capacity = capacity;
        last = start;
        lostPackets = start;
        lostOthers = start;
    }

    /**
     * An update and its number.
     *
     * @param stages how many stages of packets were told before it, since the session came into memory
     */
    public record Numbered(long sequence, long stages, Update update) {}

    /** What a read gave. */
    public sealed interface Read {
        /** The updates that follow, at least one. */
        record Updates(List<Numbered> updates) implements Read {}

        /** Some of what follows is no longer kept. */
        record Lost() implements Read {}

        /** Nothing will follow: the session left memory. */
        record Closed() implements Read {}
    }

    /** Its number is the answer. */
    synchronized long append(Update update) {
        var numbered = new Numbered(++last, stages, update);
        if (update instanceof Update.Packets told) {
            stages += told.stages().size();
            packets.addLast(numbered);
        } else {
            others.addLast(numbered);
        }
        weight += update.weight();
        while (weight > capacity && packets.size() + others.size() > 1) {
            forgetOne();
        }
        notifyAll();
        return numbered.sequence();
    }

    /** Packets before the rest, of which more can be made sense without what came before; but not the newest, if there is another way. */
    private void forgetOne() {
        boolean mayForgetPackets = packets.size() > 1 || !packets.isEmpty() && packets.getFirst().sequence() < last;
        Numbered forgotten = mayForgetPackets ? packets.removeFirst() : others.removeFirst();
        if (mayForgetPackets) {
            lostPackets = forgotten.sequence();
        } else {
            lostOthers = forgotten.sequence();
        }
        weight -= forgotten.update().weight();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** The number of the last update. */
    public synchronized long last() {
        return last;
    }

    /** The number before the first after which all is kept but packets. */
    public synchronized long beforeFirst() {
        return lostOthers;
    }

    /** The number before the first after which all is kept. */
    public synchronized long beforeWhole() {
        return Math.max(lostOthers, lostPackets);
    }

    /** How many stages of packets were told so far. */
    public synchronized long stages() {
        return stages;
    }

    /** How many stages of packets were told up to a number; of what is no longer kept, as many as were told before the first that is. */
    public synchronized long stagesUntil(long sequence) {
        return newest(packets, sequence).reduce((later, earlier) -> earlier).map(Numbered::stages).orElse(stages);
    }

    /** Up to {@code most} of the updates kept after number {@code after}; waits until there is one. */
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
        return new Read.Updates(Stream.concat(newest(packets, after), newest(others, after))
                .sorted(Comparator.comparingLong(Numbered::sequence))
                .limit(most)
                .toList());
    }

    /** The last first: a viewer that keeps up wants few of many. */
    private static Stream<Numbered> newest(ArrayDeque<Numbered> kept, long after) {
        return kept.reversed().stream().takeWhile(numbered -> numbered.sequence() > after);
    }

    /** Whether an update of this number, which is not about packets, is kept. */
    synchronized boolean keeps(long sequence) {
        return sequence > lostOthers;
    }
}
