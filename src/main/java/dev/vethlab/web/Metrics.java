package dev.vethlab.web;

import dev.vethlab.engine.command.Programs;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.Sessions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Counts what sessions do, at {@code /q/metrics}. Labels come from closed sets: never from what a user typed. */
@ApplicationScoped
class Metrics implements SessionObserver {
    private static final String OTHER = "other";
    private static final Set<String> NAT_KINDS = Set.of("DNAT", "SNAT", "MASQUERADE", "REDIRECT", "NETMAP");
    private static final Duration[] LATENCIES = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
            .map(Duration::ofMillis).toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Counter forwarded;
    private final Map<DropReason, Map<Stage, Counter>> dropped = new EnumMap<>(DropReason.class);
    private final Timer append;
    private final Timer input;
    private final Timer command;
    private final Timer replay;
    private final Counter behind;
    private final Counter leftOut;
    private final Counter defects;
    private final Set<String> programs;

    Metrics(MeterRegistry registry) {
        this.registry = registry;
        forwarded = Counter.builder("vethlab.packets.forwarded")
                .description("Packets that a machine routed onward for another")
                .register(registry);
        append = timer("vethlab.store.append", "How long storing an input takes");
        input = timer("vethlab.input", "How long a line or a key waits until it is stored and its effects begin");
        command = timer("vethlab.command", "How long a program waits for a command's end");
        replay = timer("vethlab.replay", "How long a session takes to come back to memory");
        behind = Counter.builder("vethlab.updates.lost")
                .description("Times that a browser was too slow for what was kept, and began anew")
                .register(registry);
        leftOut = Counter.builder("vethlab.events.dropped")
                .description("Packet events that a browser was too slow to be sent")
                .register(registry);
        limitCounter(OTHER);
        defects = Counter.builder("vethlab.defects").description("Failures of the emulation itself").register(registry);
        NAT_KINDS.forEach(this::translated);
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new EnumMap<>(Stage.class));
        }
        programs = new TreeSet<>(Programs.all().keySet());
        programs.add("docker");
        // both are there from the start, with one program; the others come when they are used
        commandCounter(OTHER);
        unsupportedCounter(OTHER);
    }

    /** Shows how many sessions there are. */
    void watch(Sessions sessions) {
        registry.gauge("vethlab.sessions.running", sessions, Sessions::running);
        registry.gauge("vethlab.sessions.kept", sessions, Sessions::kept);
        registry.gauge("vethlab.viewers", sessions, Sessions::viewers);
    }

    @Override
    public void traced(TraceEvent event) {
        switch (event.outcome()) {
            case Outcome.Dropped drop -> droppedAt(drop.reason(), event.stage()).increment();
            case Outcome.Continues continues -> passed(event);
            case Outcome.Delivered delivered -> passed(event);
            case Outcome.Held held -> {}
        }
    }

    private void passed(TraceEvent event) {
        if (event.stage() == Stage.FORWARDING) {
            forwarded.increment();
        }
        if (event.decision() instanceof Decision.RuleWalk walk && walk.table().equals("nat") && NAT_KINDS.contains(walk.verdict())) {
            translated(walk.verdict()).increment();
        }
    }

    @Override
    public void commands(String program, long count) {
        commandCounter(known(program)).increment(count);
    }

    @Override
    public void unsupported(String program, long count) {
        unsupportedCounter(known(program)).increment(count);
    }

    @Override
    public void stored(long nanos) {
        append.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void taken(long nanos) {
        input.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void answered(long nanos) {
        command.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void replayed(long nanos) {
        replay.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void limited(String limit, long count) {
        limitCounter(limit).increment(count);
    }

    @Override
    public void leftOut(long stages) {
        leftOut.increment(stages);
    }

    @Override
    public void fellBehind() {
        behind.increment();
    }

    @Override
    public void failed(RuntimeException defect) {
        Log.error("a defect of the emulation", new Wordless(defect));
        defects.increment();
    }

    private String known(String program) {
        return programs.contains(program) ? program : OTHER;
    }

    /** Sessions count on threads of their own. */
    private synchronized Counter droppedAt(DropReason reason, Stage stage) {
        return dropped.get(reason).computeIfAbsent(stage, hook -> Counter.builder("vethlab.packets.dropped")
                .description("Packets that ended before their goal")
                .tag("reason", reason.name())
                .tag("hook", hook.name())
                .register(registry));
    }

    private Counter translated(String kind) {
        return Counter.builder("vethlab.packets.nat")
                .description("Connections that a rule of the nat table translated")
                .tag("kind", kind)
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    private Counter commandCounter(String program) {
        return Counter.builder("vethlab.commands")
                .description("Programs started")
                .tag("program", program)
                .register(registry);
    }

    private Counter limitCounter(String limit) {
        return Counter.builder("vethlab.limits")
                .description("Refusals because there is as much as there may be")
                .tag("limit", limit)
                .register(registry);
    }

    private Counter unsupportedCounter(String program) {
        return Counter.builder("vethlab.unsupported")
                .description("Answers that something is not emulated")
                .tag("program", program)
                .register(registry);
    }
}
