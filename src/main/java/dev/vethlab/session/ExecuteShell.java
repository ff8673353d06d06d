package dev.vethlab.session;

import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.shell.ShellSession;
import dev.vethlab.engine.sim.Event;
import dev.vethlab.engine.world.World;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's shell without a terminal. Commands wait in line; each has so much virtual time, and so many events of the simulation, and then
 * answers with 124.
 */
final class ExecuteShell {
    private static final long GRACE = 1_000_000_000L;
    private static final int TIMED_OUT = 124;

    private record Pending(String id, String command, CompletableFuture<ExecuteResult> answer) {}

    private final World world;
    private final String node;
    private final SessionLimits limits;
    private final Broadcast broadcast;
    private final SessionCompanion companion;
    private final CollectedOutput output;
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private @Nullable ShellSession shell;
    private @Nullable CompletableFuture<ExecuteResult> answer;
    private @Nullable Event deadline;
    private boolean running;
    private boolean timedOut;
    private long eventsLeft;
    private final Map<String, Long> refusals = new TreeMap<>();

    ExecuteShell(World world, String node, SessionLimits limits, Broadcast broadcast, SessionCompanion companion) {
        this.world = world;
        this.node = node;
        this.limits = limits;
        this.broadcast = broadcast;
        this.companion = companion;
        this.output = new CollectedOutput(limits.outputBytes());
        output.retain();
    }

    boolean isBusy() {
        return running || !queue.isEmpty();
    }

    /** Puts a command in line. */
    void enqueue(String id, String command, CompletableFuture<ExecuteResult> result) {
        queue.addLast(new Pending(id, command, result));
    }

    /** Commits the next command in line if none runs; called between events, so that a replay finds the same place for it. */
    void startNext(BiConsumer<String, Input> commit) {
        if (running || queue.isEmpty()) {
            return;
        }
        Pending next = queue.removeFirst();
        answer = next.answer();
        try {
            commit.accept(next.id(), new Input.Execute(node, next.command()));
        } catch (RuntimeException e) {
            answer = null;
            next.answer().completeExceptionally(e);
        }
    }

    /**
     * Runs a command that is in the log.
     *
     * @param awaited who may ask for its answer later, if nobody waits for it now; null for nobody
     */
    void start(String command, @Nullable CompletableFuture<ExecuteResult> awaited) {
        if (answer == null) {
            answer = awaited;
        }
        ShellSession ready = shell;
        if (ready == null || ready.hasEnded()) {
            Optional<ShellPlace> place = ShellPlace.find(world, node);
            if (place.isEmpty()) {
                notThere();
                return;
            }
            ready = open(place.get());
            shell = ready;
        }
        running = true;
        timedOut = false;
        eventsLeft = limits.eventsPerCommand();
        deadline = world.simulation().schedule(limits.timePerCommand().toNanos(), () -> timeOut("time-per-command"));
        ShellSession.Line line = ready.run(command, output);
        line.onDone(() -> finish(command, timedOut ? TIMED_OUT : line.status()));
    }

    /** As a program types: no terminal, and wide lines. */
    private static ShellSession open(ShellPlace place) {
        ProcessContext context = place.context();
        context.environment().put("COLUMNS", "200");
        context.environment().put("TERM", "dumb");
        return place.open(context);
    }

    /** The container went while the command waited. */
    private void notThere() {
        if (answer != null) {
            answer.completeExceptionally(new UnknownNodeException(node));
            answer = null;
        }
    }

    void countEvent() {
        if (running && --eventsLeft == 0) {
            timeOut("events-per-command");
        }
    }

    /** Ctrl-C first; what does not heed it is ended with its shell. */
    private void timeOut(String limit) {
        if (!running || shell == null) {
            return;
        }
        if (timedOut) {
            shell.hangUp();
        } else {
            timedOut = true;
            refusals.merge(limit, 1L, Long::sum);
            eventsLeft = limits.eventsPerCommand();
            deadline = world.simulation().schedule(GRACE, () -> timeOut(limit));
            shell.interrupt();
        }
    }

    private void finish(String command, int status) {
        if (!running) {
            return;
        }
        running = false;
        if (deadline != null) {
            deadline.cancel();
        }
        if (output.isCut()) {
            refusals.merge("output-bytes", 1L, Long::sum);
        }
        var result = new ExecuteResult(output.take() + refusedMemory(), status);
        companion.ended(new SessionCompanion.Command(node, command, status, result.output()));
        if (answer != null) {
            broadcast.flush();
            broadcast.refreshStructure(world::topology);
            answer.complete(result);
            answer = null;
        }
    }

    private String refusedMemory() {
        Memory memory = world.kernel().memory();
        return memory.hasUntoldRefusal() ? memory.refusal() + "\n" : "";
    }

    /** How often a command reached a limit, by the limit's name. */
    Map<String, Long> refusals() {
        return refusals;
    }

    /** Nobody gets an answer any more. */
    void abandon(Supplier<RuntimeException> why) {
        if (answer != null) {
            answer.completeExceptionally(why.get());
        }
        queue.forEach(pending -> pending.answer().completeExceptionally(why.get()));
    }
}
