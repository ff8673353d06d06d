package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.FileError;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.shell.builtin.Builtin;
import dev.vethlab.engine.shell.builtin.Builtins;
import dev.vethlab.engine.shell.expand.Expander;
import dev.vethlab.engine.shell.expand.ExpansionError;
import dev.vethlab.engine.shell.syntax.Command;
import dev.vethlab.engine.shell.syntax.CommandText;
import dev.vethlab.engine.shell.syntax.Redirection;
import dev.vethlab.engine.shell.syntax.SyntaxError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands in a process, with a state that outlives them.
 *
 * <p>A simple command is a function, a builtin, or a child process; what stands between parentheses, in a pipeline or in {@code $()} is
 * a child process that runs an interpreter of its own on a copy of the state, and becomes ({@code exec}) the program it was made for.
 * Time passes with every command, so that loops can be interrupted and end at the session's limit of virtual time.
 */
public final class Interpreter {
    private static final long COMMAND_COST = 20_000;
    private static final long COST_STEP = 1_000_000;
    private static final int MAX_CALLS = 150;

    /**
     * How deep commands may run within commands, counted in calls of this class. A virtual thread that waits takes twice its stack: its
     * frames are copied away by a recursion of the virtual machine's own.
     */
    private static final int MAX_DEPTH = 1700;

    private static final int SIMPLE_DEPTH = 9;
    private static final int COMPOUND_DEPTH = 2;

    private final EmulatedProcess process;
    private final ShellState state;
    private final Expander expander;
    private final Launcher launcher;
    private final Loops loopRunner;
    private final Traps traps;
    private long unpaid;
    private int calls;
    private int depth;
    private int unconditional;
    private int complaints;
    int loops;
    private boolean replaced;
    private List<Command> tail = List.of();
    private @Nullable Redirector redirected;

    public Interpreter(EmulatedProcess process, ShellState state) {
        this.process = process;
        this.state = state;
        this.launcher = new Launcher(this);
        this.loopRunner = new Loops(this);
        this.traps = new Traps(this, state);
        this.expander = new Expander(new ShellSurroundings(this));
        state.variables.weighedBy(process::keep);
        state.runBy(process);
    }

    public EmulatedProcess process() {
        return process;
    }

    public ShellState state() {
        return state;
    }

    public Expander expander() {
        return expander;
    }

    public Launcher launcher() {
        return launcher;
    }

    Traps traps() {
        return traps;
    }

    /** How many loops are being run in the present function. */
    public int loops() {
        return loops;
    }

    /** How many functions and sourced files are being run. */
    public int calls() {
        return calls;
    }

    /** Prints an error message as this shell does. */
    public void complain(String message) {
        complaints++;
        process.error(message.startsWith("vethlab:") ? message
                : state.isBash() ? state.errorPrefix() + message : AlmquistWords.complaint(state, message));
    }

    // ---- whole texts ----

    /** Runs a text command by command; the status of the last. {@code context} stands in the messages about its syntax. */
    public int run(String source, int firstLine, String context) {
        return run(source, firstLine, context, Tail.NONE, false);
    }

    /** @param resumes whether a command that was given up does not end the text */
    private int run(String source, int firstLine, String context, Tail ending, boolean resumes) {
        var parser = state.parser(source, firstLine);
        int status = 0;
        try {
            int warned = 0;
            int at = 0;
            for (Command command = parser.nextCommand(); command != null; command = parser.nextCommand()) {
                for (; warned < parser.warnings().size(); warned++) {
                    process.error(state.name + ": " + parser.warnings().get(warned));
                }
                tail = ending == Tail.NONE ? tail : ending.parts(at++, command);
                try {
                    status = execute(command);
                } catch (ControlFlow.Abandon abandon) {
                    if (!resumes) {
                        throw abandon;
                    }
                    status = abandon.status;
                    state.status = status;
                }
            }
        } catch (SyntaxError e) {
            SyntaxReport.print(this, e, parser, context);
            status = e.getMessage().startsWith("vethlab:") ? Unsupported.EXIT_STATUS : 2;
        }
        state.status = status;
        return status;
    }

    /** Runs a text as a shell's whole life: until its end or {@code exit}; then the exit trap. */
    public int runToEnd(String source, boolean mayBecome) {
        int status;
        try {
            // reader_loop() of bash goes on with the next line of a script, parse_and_execute() gives up all of -c
            status = mayBecome ? run(source, 1, "-c: ", Tail.of(state, source), false)
                    : run(source, 1, "", Tail.NONE, state.isBash());
        } catch (ControlFlow.Exit exit) {
            status = exit.status;
        } catch (ControlFlow.Abandon abandon) {
            status = abandon.status;
        } catch (ControlFlow.Return | ControlFlow.Loop e) {
            status = state.status;
        }
        return leave(status);
    }

    /** Runs the exit trap; the status to end with. */
    public int leave(int status) {
        return traps.leave(status);
    }

    // ---- commands ----

    /** Runs one command; its exit status. */
    public int execute(Command command) {
        return execute(command, false);
    }

    int depth() {
        return depth;
    }

    /** Runs it; {@code last} if this process has nothing to do after it and may become it. */
    int execute(Command command, boolean last) {
        if (state.has(ShellState.Option.NOEXEC) && !state.interactive) {
            return 0;
        }
        int levels = command instanceof Command.Simple ? SIMPLE_DEPTH : COMPOUND_DEPTH;
        if (depth + levels > MAX_DEPTH) {
            complain("vethlab: commands run too deep within each other");
            throw new ControlFlow.Abandon(1);
        }
        depth += levels;
        int status;
        try {
            status = switch (command) {
                case Command.Simple simple -> simple(simple, last);
                case Command.Pipeline pipeline -> pipeline(pipeline);
                case Command.AndOr andOr -> andOr(andOr, last);
                case Command.Sequence sequence -> sequence(sequence, last);
                case Command.Subshell subshell -> isTail(subshell) ? execute(subshell.body()) : launcher.subshell(subshell);
                case Command.Group group -> execute(group.body(), last);
                case Command.Redirected redirected -> redirected(redirected);
                case Command.If branch -> branch(branch);
                case Command.While loop -> loopRunner.whileLoop(loop);
                case Command.For loop -> loopRunner.forLoop(loop);
                case Command.Select menu -> new Menu(this, loopRunner).run(menu);
                case Command.ArithmeticFor loop -> loopRunner.arithmeticFor(loop);
                case Command.Case choice -> loopRunner.choice(choice);
                case Command.Function function -> guarded(() -> define(function), "");
                case Command.Arithmetic arithmetic -> {
                    state.line = arithmetic.line();
                    yield guarded(() -> expander.arithmetic(arithmetic.expression()) != 0 ? 0 : 1, "((: ");
                }
                case Command.Conditional conditional -> {
                    state.line = conditional.line();
                    yield guarded(() -> new Conditions(this).holds(conditional.condition()) ? 0 : 1, "");
                }
            };
        } finally {
            depth -= levels;
        }
        state.status = status;
        if (status != 0 && unconditional == 0) {
            traps.failed(command, status);
        }
        return status;
    }

    private int define(Command.Function function) {
        if (!state.functions.define(function.name(), function.body(), state.source)) {
            complain(function.name() + ": readonly function");
            return 1;
        }
        return 0;
    }

    /** Runs something in which a status other than 0 does not end a {@code set -e} shell. */
    int condition(Command command) {
        unconditional++;
        try {
            return execute(command);
        } finally {
            unconditional--;
        }
    }

    private interface Work {
        int run();
    }

    private int guarded(Work work, String context) {
        try {
            return work.run();
        } catch (ExpansionError e) {
            return expansionFailed(e, context);
        }
    }

    /** An expansion failed: a shell that reads a script or {@code -c} ends, an interactive one or a terminal's gives up the line. */
    int expansionFailed(ExpansionError e, String context) {
        complain(context + e.getMessage());
        if (!context.isEmpty()) {
            return 1;
        }
        state.status = state.isBash() ? e.status() : 2;
        if (!state.isBash() && !state.interactive) {
            throw new ControlFlow.Exit(2);
        }
        if (e.status() == 127 && !state.interactive) {
            throw new ControlFlow.Exit(state.subshells > 0 ? 1 : 127);
        }
        throw new ControlFlow.Abandon(e.status() == 127 ? 127 : 1);
    }

    /** Time passes; also lets signals in. */
    public void charge() {
        unpaid += COMMAND_COST;
        if (unpaid >= COST_STEP) {
            long due = unpaid;
            unpaid = 0;
            process.spend(due);
        }
    }

    private int andOr(Command.AndOr command, boolean last) {
        int left = condition(command.left());
        return (left == 0) == command.and() ? execute(command.right(), last) : left;
    }

    private int sequence(Command.Sequence sequence, boolean last) {
        int status = 0;
        for (int i = 0; i < sequence.items().size(); i++) {
            Command.Item item = sequence.items().get(i);
            if (item.background()) {
                status = launcher.background(item);
                state.status = status;
            } else {
                status = execute(item.command(), last && i == sequence.items().size() - 1);
            }
        }
        return status;
    }

    private int pipeline(Command.Pipeline pipeline) {
        long start = process.now();
        int status;
        if (pipeline.negated()) {
            unconditional++;
        }
        try {
            status = switch (pipeline.elements().size()) {
                case 0 -> 0;
                case 1 -> execute(pipeline.elements().getFirst());
                default -> launcher.pipeline(pipeline);
            };
        } finally {
            if (pipeline.negated()) {
                unconditional--;
            }
        }
        if (pipeline.timed()) {
            double seconds = (process.now() - start) / 1e9;
            process.error(pipeline.timing() == Command.Timing.POSIX
                    ? String.format(Locale.ROOT, "real %.2f\nuser 0.00\nsys 0.00", seconds)
                    : state.isBash() ? "\nreal\t" + minutes(seconds) + "\nuser\t0m0.000s\nsys\t0m0.000s"
                    // time of busybox is a program, whose format is "%em %Es"
                    : String.format(Locale.ROOT, "real\t%dm %.2fs\nuser\t0m 0.00s\nsys\t0m 0.00s", (int) seconds / 60, seconds % 60));
        }
        return pipeline.negated() ? status == 0 ? 1 : 0 : status;
    }

    private static String minutes(double seconds) {
        int whole = (int) (seconds / 60);
        return whole + "m" + String.format(Locale.ROOT, "%.3f", seconds - whole * 60.0) + "s";
    }

    private int redirected(Command.Redirected command) {
        state.line = command.line();
        return withRedirections(command.redirections(), () -> execute(command.body()));
    }

    private int withRedirections(List<Redirection> redirections, Work work) {
        if (redirections.isEmpty()) {
            return work.run();
        }
        var redirector = new Redirector(process, state, expander);
        try {
            try {
                redirector.apply(redirections);
            } catch (Redirector.Failure e) {
                complain(e.getMessage());
                return state.redirectionStatus();
            } catch (ExpansionError e) {
                return expansionFailed(e, "");
            }
            redirected = redirector;
            return work.run();
        } finally {
            redirected = null;
            if (!replaced) {
                redirector.restore();
            }
        }
    }

    private int branch(Command.If command) {
        if (condition(command.condition()) == 0) {
            return execute(command.then());
        }
        Command otherwise = command.otherwise();
        return otherwise == null ? 0 : execute(otherwise);
    }

    // ---- simple commands ----

    private int simple(Command.Simple command, boolean last) {
        state.line = command.line();
        traps.before(command);
        charge();
        List<String> words;
        List<Integer> pipeline = state.pipeline;
        try {
            state.status = command.words().isEmpty() ? 0 : state.status;
            words = expander.fields(command.words());
        } catch (ExpansionError e) {
            return expansionFailed(e, "");
        }
        state.pipeline = pipeline.isEmpty() || command.words().isEmpty() ? state.pipeline : List.of();
        if (words.isEmpty()) {
            return withRedirections(command.redirections(), () -> guarded(() -> {
                new Assignments(this).assign(command.assignments());
                return state.status;
            }, ""));
        }
        trace(() -> String.join(" ", words.stream().map(Quoting::forTrace).toList()));
        state.lastArgument = words.getLast();
        Command function = state.functions.body(words.getFirst());
        if (function != null) {
            return withRedirections(command.redirections(), () -> guarded(() -> call(function, command, words), ""));
        }
        Builtin builtin = state.builtin(words.getFirst());
        if (builtin != null) {
            return words.getFirst().equals("exec") ? exec(command, words)
                    : withRedirections(command.redirections(), () -> guarded(() -> builtin(builtin, command, words), ""));
        }
        return withRedirections(command.redirections(), () -> guarded(() -> external(command, words, last || isTail(command)), ""));
    }

    /** What {@code set -x} shows. */
    void trace(Supplier<String> text) {
        if (state.has(ShellState.Option.XTRACE)) {
            process.error(state.variables.getOr("PS4", "+ ") + text.get());
        }
    }

    private int builtin(Builtin builtin, Command.Simple command, List<String> words) {
        try (var scope = new Assignments(this).temporary(command.assignments(), Builtins.isSpecial(words.getFirst()))) {
            int before = complaints;
            int status = builtin.run(this, words);
            if (complaints > before && !state.isBash() && !state.interactive && Builtins.endsAlmquist(words.getFirst())) {
                throw new ControlFlow.Exit(2);
            }
            new Assignments(this).assign(command.declared());
            return status;
        } catch (FileError e) {
            complain(words.getFirst() + ": write error: " + e.errno().message());
            return 1;
        }
    }

    /** Runs a builtin or program by its words, functions left out: {@code command}, {@code builtin}. */
    public int runWithoutFunctions(List<String> words) {
        Builtin builtin = state.builtin(words.getFirst());
        return builtin != null ? builtin.run(this, words) : launcher.run(words, new TreeMap<>(), () -> String.join(" ", words));
    }

    /** Whether this process may become it, or run it itself: nothing comes after it. */
    private boolean isTail(Command command) {
        return !tail.isEmpty() && state.exitTrap == null && state.traps.isEmpty() && tail.stream().anyMatch(part -> part == command);
    }

    private int external(Command.Simple command, List<String> words, boolean last) {
        var environment = new Assignments(this).environment(command.assignments());
        if (last) {
            replaced = true;
            if (redirected != null) {
                // what was there before is closed on exec
                redirected.keep();
            }
            int status = launcher.become(words, environment, "");
            replaced = false;
            return status;
        }
        return launcher.run(words, environment, () -> CommandText.inline(command));
    }

    private int exec(Command.Simple command, List<String> words) {
        var redirector = new Redirector(process, state, expander);
        try {
            redirector.apply(command.redirections());
        } catch (Redirector.Failure e) {
            complain(e.getMessage());
            redirector.restore();
            throw new ControlFlow.Exit(state.redirectionStatus());
        } catch (ExpansionError e) {
            redirector.restore();
            return expansionFailed(e, "");
        }
        if (words.size() == 1) {
            redirector.keep();
            return 0;
        }
        replaced = true;
        if (!state.interactive) {
            redirector.keep();
        }
        int status = launcher.become(words.subList(1, words.size()), new Assignments(this).environment(command.assignments()),
                "exec: ");
        replaced = false;
        redirector.restore();
        if (state.interactive) {
            return status;
        }
        throw new ControlFlow.Exit(status);
    }

    private int call(Command function, Command.Simple command, List<String> words) {
        if (calls >= MAX_CALLS) {
            complain("vethlab: functions may call each other " + MAX_CALLS + " levels deep");
            throw new ControlFlow.Abandon(1);
        }
        List<String> before = state.arguments;
        int loopsBefore = loops;
        calls++;
        loops = 0;
        state.variables.enterFunction();
        state.arguments = List.copyOf(words.subList(1, words.size()));
        state.running.addFirst(new ShellState.Frame(words.getFirst(), state.line, state.functions.source(words.getFirst())));
        try (var inherited = traps.enterFunction();
                var scope = new Assignments(this).temporary(command.assignments(), false)) {
            return traps.returned(execute(function));
        } catch (ControlFlow.Return result) {
            return traps.returned(result.status);
        } finally {
            state.arguments = before;
            state.running.removeFirst();
            state.variables.leaveFunction();
            calls--;
            loops = loopsBefore;
        }
    }

    /** Runs a text in this shell, as {@code .} does; {@code return} ends it. */
    public int source(String path, String text, List<String> arguments) {
        if (calls >= MAX_CALLS) {
            complain("vethlab: files may be sourced " + MAX_CALLS + " levels deep");
            throw new ControlFlow.Abandon(1);
        }
        List<String> before = state.arguments;
        int line = state.line;
        String source = state.source;
        calls++;
        state.running.addFirst(new ShellState.Frame("source", line, path));
        state.source = path;
        if (!arguments.isEmpty()) {
            state.arguments = List.copyOf(arguments);
        }
        try {
            return run(text, 1, "");
        } catch (ControlFlow.Return result) {
            return result.status;
        } finally {
            calls--;
            state.arguments = before;
            state.line = line;
            state.source = source;
            state.running.removeFirst();
        }
    }

    // ---- children ----

    /** A program that runs a command in a shell process of its own, on a copy of this shell's state. */
    Program child(Command command, ShellState copy) {
        int conditions = unconditional;
        return self -> {
            var shell = new Interpreter(self, copy);
            shell.unconditional = conditions;
            int status;
            try {
                status = shell.execute(command, true);
            } catch (ControlFlow.Exit exit) {
                status = exit.status;
            } catch (ControlFlow.Abandon abandon) {
                status = abandon.status;
            } catch (ControlFlow.Return result) {
                status = result.status;
            } catch (ControlFlow.Loop flow) {
                status = 0;
            }
            return shell.leave(status);
        };
    }

    /** The files of this process with other ones in some places. */
    List<OpenFile> files(@Nullable OpenFile input, @Nullable OpenFile output) {
        List<OpenFile> files = new ArrayList<>(process.descriptors());
        if (input != null) {
            files.set(0, input);
        }
        if (output != null) {
            files.set(1, output);
        }
        return files;
    }
}
