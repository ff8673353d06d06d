package dev.vethlab.session;

import dev.vethlab.engine.trace.PacketBorn;
import dev.vethlab.engine.trace.TraceEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The most recent stages of packets, so many and no more. Written by the emulation, read by anybody. */
public final class Journeys {
    private final int limit;
    private final ArrayDeque<TracedStage> stages = new ArrayDeque<>();
    private final Map<Long, PacketBorn> born = new LinkedHashMap<>();

    Journeys(int limit) {
        this.limit = limit;
    }

    /**
     * Stages after a sequence number.
     *
     * @param lost how many came after it and are no longer kept
     * @param next the sequence number to ask with for what follows
     */
    public record Page(List<TracedStage> stages, long lost, long next) {}

    synchronized void add(PacketBorn packet) {
        born.put(packet.packet(), packet);
        if (born.size() > limit) {
            born.remove(born.keySet().iterator().next());
        }
    }

    synchronized TracedStage add(TraceEvent event) {
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

    /** All kept stages. */
    public synchronized List<TracedStage> all() {
        return List.copyOf(stages);
    }
}
