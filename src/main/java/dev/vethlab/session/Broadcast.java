package dev.vethlab.session;

import dev.vethlab.engine.trace.Journeys;
import dev.vethlab.engine.trace.PacketBorn;
import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.trace.TraceSink;
import dev.vethlab.engine.trace.TracedStage;
import dev.vethlab.engine.world.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a session's viewers what happens: gathers small things into fewer, larger updates, in the order of happening. Used by the
 * emulation's threads only, so by one at a time; {@link #structure} may be read by any.
 */
final class Broadcast implements TraceSink {
    private static final int STAGES_AT_ONCE = 100;
    private static final int TEXT_AT_ONCE = 16_384;

    private final SessionStream stream;
    private final Journeys journeys;
    private final Pacer pacer;
    private final SessionObserver observer;
    private SessionCompanion companion = SessionCompanion.NONE;
    private final List<TracedStage> stages = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String textOf;
    private boolean replaying;
    private volatile Update.@Nullable Structure structure;
    private long structureAt;

    Broadcast(SessionStream stream, Journeys journeys, Pacer pacer, SessionObserver observer) {
        this.stream = stream;
        this.journeys = journeys;
        this.pacer = pacer;
        this.observer = observer;
    }

    /** Is told of every stage. */
    void accompany(SessionCompanion by) {
        companion = by;
    }

    /** While replaying, what happens was counted already. */
    void setReplaying(boolean on) {
        replaying = on;
    }

    @Override
    public void born(PacketBorn packet) {
        journeys.add(packet);
    }

    @Override
    public void event(TraceEvent event) {
        flushText();
        stages.add(journeys.add(event));
        if (!replaying) {
            observer.traced(event);
        }
        companion.passed(event);
        if (stages.size() >= STAGES_AT_ONCE || pacer.pace() instanceof Pace.Step) {
            flush();
        }
        pacer.stage(event);
    }

    /** A terminal shows text. */
    void output(String terminal, String data) {
        flushStages();
        if (textOf != null && !textOf.equals(terminal)) {
            flushText();
        }
        textOf = terminal;
        text.append(data);
        if (text.length() >= TEXT_AT_ONCE) {
            flushText();
        }
    }

    /** The update's number in the stream is the answer. */
    long send(Update update) {
        flush();
        return stream.append(update);
    }

    /** Sends what was gathered. */
    void flush() {
        flushStages();
        flushText();
    }

    private void flushStages() {
        if (!stages.isEmpty()) {
            stream.append(new Update.Packets(List.copyOf(stages)));
            stages.clear();
        }
    }

    private void flushText() {
        if (textOf != null) {
            stream.append(new Update.Output(textOf, text.toString()));
            text.setLength(0);
            textOf = null;
        }
    }

    /** Looks whether the structure changed, and tells if it did, or if nobody could know it any more. */
    void refreshStructure(Supplier<Topology> look) {
        Topology now = look.get();
        Update.Structure known = structure;
        if (known == null || !sameStructure(now, known.topology())) {
            structure = new Update.Structure(known == null ? 1 : known.version() + 1, now);
            structureAt = send(structure);
        } else if (!stream.keeps(structureAt)) {
            structureAt = send(known);
        }
    }

    private static boolean sameStructure(Topology a, Topology b) {
        return a.machines().equals(b.machines())
                && a.switches().equals(b.switches())
                && a.cables().equals(b.cables())
                && a.containers().equals(b.containers())
                && a.networks().equals(b.networks());
    }

    /** The structure as it was last told; null before the world has booted. */
    Update.@Nullable Structure structure() {
        return structure;
    }
}
