package dev.vethlab.engine.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The most recent stages of packets, so many and no more. Written by the emulation, read by anybody. */
public final class Journeys {
    private final int limit;
    private final ArrayDeque<TracedStage> stages = new ArrayDeque<>();
    private final Map<Long, PacketBorn> born = new LinkedHashMap<>();

    public Journeys(int limit) {
        this.limit = limit;
    }

    /**
     * Stages after a sequence number.
     *
     * @param lost how many came after it and are no longer kept
     * @param next the sequence number to ask with for what follows
     */
    public record Page(List<TracedStage> stages, long lost, long next) {}

    public synchronized void add(PacketBorn packet) {
        born.put(packet.packet(), packet);
        if (born.size() > limit) {
            born.remove(born.keySet().iterator().next());
        }
    }

    public synchronized TracedStage add(TraceEvent event) {
        var stage = new TracedStage(event, born.get(event.packet()));
        if (stages.size() == limit) {
            stages.removeFirst();
        }
        stages.addLast(stage);
        return stage;
    }

    /** Up to {@code most} stages with a higher sequence number than {@code after}, oldest first. */
    public synchronized Page after(long after, int most) {
        List<TracedStage> page = new ArrayList<>();
        long first = stages.isEmpty() ? after + 1 : stages.getFirst().event().sequence();
        for (TracedStage stage : stages) {
            if (stage.event().sequence() > after) {
                if (page.size() == most) {
                    break;
                }
                page.add(stage);
            }
        }
        long next = page.isEmpty() ? after : page.getLast().event().sequence();
        return new Page(List.copyOf(page), Math.max(0, first - after - 1), next);
    }

    /** All kept stages of one packet. */
    public synchronized List<TracedStage> of(long packet) {
        return stages.stream().filter(stage -> stage.event().packet() == packet).toList();
    }

    /** One packet's way from its sender on: its own stages, and before them those of the packets that it is a copy or a part of. */
    public synchronized List<TracedStage> way(long packet) {
        List<TracedStage> own = of(packet);
        if (own.isEmpty()) {
            return own;
        }
        PacketBorn beginning = own.getFirst().born();
        if (beginning == null || !beginning.cause().isSamePacket()) {
            return own;
        }
        long first = own.getFirst().event().sequence();
        List<TracedStage> whole = new ArrayList<>(way(beginning.parent()));
        whole.removeIf(stage -> stage.event().sequence() >= first);
        whole.addAll(own);
        return List.copyOf(whole);
    }

    /** The copies and parts that were made of a packet. */
    public synchronized List<Long> copies(long packet) {
        return born.values().stream()
                .filter(other -> other.parent() == packet && other.cause().isSamePacket())
                .map(PacketBorn::packet)
                .toList();
    }

    /** The last drop that somebody will want explained; null if none is kept. */
    public synchronized @Nullable TracedStage lastDrop() {
        Iterator<TracedStage> backwards = stages.descendingIterator();
        while (backwards.hasNext()) {
            TracedStage stage = backwards.next();
            if (Explanation.isTellingDrop(stage.event())) {
                return stage;
            }
        }
        return null;
    }

    /** The last stage of a packet that somebody sent, else of any; null if none is kept. */
    public synchronized @Nullable TracedStage last() {
        Iterator<TracedStage> backwards = stages.descendingIterator();
        while (backwards.hasNext()) {
            TracedStage stage = backwards.next();
            if (Explanation.isTraffic(stage.event())) {
                return stage;
            }
        }
        return stages.peekLast();
    }

    /** All kept stages. */
    public synchronized List<TracedStage> all() {
        return List.copyOf(stages);
    }
}
