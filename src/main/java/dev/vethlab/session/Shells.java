package dev.vethlab.session;

import dev.vethlab.engine.command.Completions;
import dev.vethlab.engine.shell.Completer;
import dev.vethlab.engine.world.World;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The shells of a session: those in terminals, and one a node without a terminal, for {@link Session#execute}. Used by the session's own
 * thread, but for {@link #states}.
 */
final class Shells {
    private static final int SCRIPT_COLUMNS = 100;
    private static final int SCRIPT_ROWS = 24;

    private final World world;
    private final Completer completer;
    private final Broadcast broadcast;
    private final SessionLimits limits;
    private final SessionCompanion companion;
    private final Map<String, TerminalShell> terminals = new LinkedHashMap<>();
    private final Map<String, ExecuteShell> nodes = new LinkedHashMap<>();
    private final Answers answers = new Answers();
    private volatile List<TerminalState> states = List.of();

    Shells(World world, Broadcast broadcast, SessionLimits limits, SessionCompanion companion) {
        this.world = world;
        this.completer = new Completions(world.engine());
        this.broadcast = broadcast;
        this.limits = limits;
        this.companion = companion;
    }

    /** The terminals that are open; may be asked by any thread. */
    List<TerminalState> states() {
        return states;
    }

    /** Whether somebody waits for a command's answer. */
    boolean somebodyWaits() {
        for (ExecuteShell shell : nodes.values()) {
            if (shell.isBusy()) {
                return true;
            }
        }
        return false;
    }

    /** Whether something runs in a foreground. */
    boolean isBusy() {
        return somebodyWaits() || terminals.values().stream().anyMatch(TerminalShell::isBusy);
    }

    /** Why an input cannot be taken, if it cannot. */
    Optional<Refusal> check(Input input) {
        return switch (input) {
            case Input.Open open -> checkOpen(open);
            case Input.Line line -> known(line.terminal());
            case Input.Keys keys -> known(keys.terminal());
            case Input.Interrupt signal -> known(signal.terminal());
            case Input.EndOfInput end -> known(end.terminal());
            case Input.Resize resize -> known(resize.terminal());
            case Input.Close close -> known(close.terminal());
            case Input.Script script -> Optional.empty();
            case Input.Moment moment -> Optional.empty();
            case Input.Note note -> Optional.empty();
            case Input.Execute execute -> nodeExists(execute.node()) ? Optional.empty() : Optional.of(Refusal.unknownNode(execute.node()));
        };
    }

    private Optional<Refusal> checkOpen(Input.Open open) {
        if (terminals.containsKey(open.terminal())) {
            return Optional.empty();
        }
        if (!nodeExists(open.node())) {
            return Optional.of(Refusal.unknownNode(open.node()));
        }
        return terminals.size() >= limits.terminals()
                ? Optional.of(Refusal.limit("terminals", "vethlab: this session may have " + limits.terminals() + " terminals"))
                : Optional.empty();
    }

    private Optional<Refusal> known(String terminal) {
        return terminals.containsKey(terminal) ? Optional.empty() : Optional.of(Refusal.unknownTerminal(terminal));
    }

    private boolean nodeExists(String node) {
        return ShellPlace.find(world, node).isPresent();
    }

    /** Applies an input that was checked and is in the log. */
    void apply(String id, Input input) {
        switch (input) {
            case Input.Open open -> open(open);
            case Input.Line line -> on(line.terminal(), shell -> shell.line(line.text(), line.tag()));
            case Input.Keys keys -> on(keys.terminal(), shell -> shell.keys(keys.data()));
            case Input.Interrupt signal -> on(signal.terminal(), shell -> shell.signal(signal.signal()));
            case Input.EndOfInput end -> on(end.terminal(), TerminalShell::endOfInput);
            case Input.Resize resize -> on(resize.terminal(), shell -> shell.resize(resize.columns(), resize.rows()));
            case Input.Close close -> on(close.terminal(), TerminalShell::hangUp);
            case Input.Execute execute -> shellOf(execute.node()).start(execute.command(), answers.replayed(id));
            case Input.Script script -> type(new ArrayDeque<>(script.steps()));
            case Input.Moment moment -> {}
            case Input.Note note -> companion.noted(note);
        }
        refreshStates();
    }

    private void open(Input.Open open) {
        TerminalShell attached = terminals.get(open.terminal());
        if (attached != null) {
            attached.resize(open.columns(), open.rows());
            return;
        }
        broadcast.send(new Update.Opened(open.terminal(), open.node()));
        ShellPlace place = ShellPlace.find(world, open.node()).orElseThrow();
        var shell = new TerminalShell(place, open, completer, broadcast, new TerminalShell.Listener() {
            @Override
            public void changed() {
                refreshStates();
            }

            @Override
            public void ended(SessionCompanion.Command command) {
                companion.ended(command);
            }

            @Override
            public void exited() {
                terminals.remove(open.terminal());
            }
        });
        terminals.put(open.terminal(), shell);
        shell.prompt();
    }

    /** Types a line, and the next when its shell has prompted. */
    private void type(Deque<Input.Script.Step> steps) {
        Input.Script.Step step = steps.poll();
        if (step == null) {
            return;
        }
        var terminal = new Input.Open(step.terminal(), step.node(), SCRIPT_COLUMNS, SCRIPT_ROWS);
        Optional<Refusal> refusal = checkOpen(terminal);
        if (refusal.isPresent()) {
            broadcast.send(Update.Notice.info("The rest was not typed. " + refusal.get().text()));
            return;
        }
        if (!terminals.containsKey(step.terminal())) {
            open(terminal);
        }
        on(step.terminal(), shell -> shell.type(step.text(), () -> type(steps)));
    }

    private void on(String terminal, Consumer<TerminalShell> action) {
        TerminalShell shell = terminals.get(terminal);
        if (shell != null) {
            action.accept(shell);
        }
    }

    /** Puts a command in line for its node's shell; completes with its answer, which may be there already if the id was. */
    CompletableFuture<ExecuteResult> execute(String id, String node, String command) {
        Optional<CompletableFuture<ExecuteResult>> known = answers.find(id);
        if (known.isPresent()) {
            return known.get();
        }
        if (!nodeExists(node)) {
            return CompletableFuture.failedFuture(new UnknownNodeException(node));
        }
        var answer = new CompletableFuture<ExecuteResult>();
        answers.keep(id, answer);
        shellOf(node).enqueue(id, command, answer);
        return answer;
    }

    /** Commits the commands whose turn has come; called between events. */
    void startNext(BiConsumer<String, Input> commit) {
        nodes.values().forEach(shell -> shell.startNext(commit));
    }

    private ExecuteShell shellOf(String node) {
        return nodes.computeIfAbsent(node, name -> new ExecuteShell(world, name, limits, broadcast, companion));
    }

    /** An event of the simulation ran: a command may take only so many. */
    void countEvent() {
        for (ExecuteShell shell : nodes.values()) {
            shell.countEvent();
        }
    }

    /** What the word at the cursor could become. */
    Completion complete(String terminal, String text, int cursor) {
        @Nullable TerminalShell shell = terminals.get(terminal);
        return shell == null ? new Completion(cursor, List.of()) : shell.complete(text, cursor);
    }

    /** The session ends: who waits for an answer gets none. */
    void abandon(Supplier<RuntimeException> why) {
        nodes.values().forEach(shell -> shell.abandon(why));
    }

    /** How often commands without a terminal reached a limit, by the limit's name. */
    Map<String, Long> refusals() {
        var sum = new TreeMap<String, Long>();
        nodes.values().forEach(shell -> shell.refusals().forEach((limit, count) -> sum.merge(limit, count, Long::sum)));
        return sum;
    }

    private void refreshStates() {
        states = terminals.values().stream().map(TerminalShell::state).toList();
    }
}
