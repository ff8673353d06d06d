package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.ProcessTable;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.shell.syntax.Parser;
import dev.vethlab.engine.shell.syntax.SyntaxError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shell of a terminal, or of a node's {@code exec} calls: one process that rests between the lines, without a thread.
 *
 * <p>Variables, functions, the working directory and background jobs carry over from line to line. Lines are numbered as bash numbers
 * what it reads from its standard input.
 */
public final class ShellSession {
    private final EmulatedProcess process;
    private final ShellState state;
    private @Nullable Line running;
    private int lines;

    /** A line that was given to the shell. */
    public static final class Line {
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean done;
        private int status;

        /** Whether its foreground has ended. */
        public boolean isDone() {
            return done;
        }

        /** Its exit status, once it is done. */
        public int status() {
            return status;
        }

        /** Runs {@code action} when it is done, at once if it is. */
        public void onDone(Runnable action) {
            if (done) {
                action.run();
            } else {
                waiting.add(action);
            }
        }

        private void finish(int exitStatus) {
            status = exitStatus;
            done = true;
            waiting.forEach(Runnable::run);
            waiting.clear();
        }
    }

    private ShellSession(EmulatedProcess process, ShellState state) {
        this.process = process;
        this.state = state;
    }

    /** Starts {@code bash} in these surroundings: its environment is theirs. */
    public static ShellSession open(ProcessTable table, ProcessContext context) {
        return open(table, context, ShellState.Dialect.BASH);
    }

    /** Starts {@code bash}, or busybox's {@code sh}, in these surroundings: its environment is theirs. */
    public static ShellSession open(ProcessTable table, ProcessContext context, ShellState.Dialect dialect) {
        boolean bash = dialect == ShellState.Dialect.BASH;
        String name = bash ? "bash" : "sh";
        OpenFile nothing = new NullFile();
        Resident rests = self -> {};
        EmulatedProcess process = table.spawn(null, context, List.of(nothing, nothing, nothing), rests, List.of(name));
        var state = new ShellState(dialect, name, List.of());
        state.initialise(process);
        state.variables.set("PS1", bash ? "\\u@\\h:\\w\\$ " : "\\w \\$ ");
        var session = new ShellSession(process, state);
        process.onSignal(Signal.INT, session::interrupted);
        process.onSignal(Signal.TERM, () -> {});
        process.onExit(() -> session.ended(process.exitStatus()));
        return session;
    }

    public EmulatedProcess process() {
        return process;
    }

    public boolean isBusy() {
        return running != null;
    }

    /** Whether {@code exit} or a signal ended it. */
    public boolean hasEnded() {
        return process.hasEnded();
    }

    /**
     * Runs a line as a shell does that reads its commands from a pipe: no prompt, no job control. What it is asked next finds
     * {@code $?} 0, for the question after this line's status was a command too.
     *
     * @param output where both streams go; what background jobs write later goes there as well
     */
    public Line run(String text, OpenFile output) {
        return start(text, new NullFile(), output, false);
    }

    /** Runs a line that was typed on a terminal: with job control, and notices of jobs that ended. */
    public Line run(String text, Terminal terminal) {
        if (!text.isBlank() && (state.history.isEmpty() || !state.history.getLast().equals(text))) {
            state.history.add(text);
            if (state.history.size() > 500) {
                state.history.removeFirst();
            }
        }
        return start(text, terminal, terminal, true);
    }

    private Line start(String text, OpenFile input, OpenFile output, boolean interactive) {
        if (running != null || process.hasEnded()) {
            throw new IllegalStateException("the shell is busy, or has ended");
        }
        var line = new Line();
        running = line;
        process.setDescriptor(0, input);
        process.setDescriptor(1, output);
        process.setDescriptor(2, output);
        state.interactive = interactive;
        if (interactive) {
            state.options.add(ShellState.Option.MONITOR);
            ((Terminal) input).setForeground(process.group());
            state.variables.define("COLUMNS", () -> Integer.toString(((Terminal) input).columns()));
            state.variables.define("LINES", () -> Integer.toString(((Terminal) input).rows()));
        }
        int firstLine = lines + 1;
        lines += 1 + (int) text.chars().filter(c -> c == '\n').count();
        process.perform(() -> {
            int status = runLine(text, firstLine, interactive);
            running = null;
            line.finish(status);
        });
        return line;
    }

    private int runLine(String text, int firstLine, boolean interactive) {
        var shell = new Interpreter(process, state);
        int status;
        try {
            status = shell.run(text, firstLine, interactive ? "" : "eval: ");
        } catch (ControlFlow.Exit exit) {
            process.exit(shell.leave(exit.status));
            throw new IllegalStateException("exit came back");
        } catch (ControlFlow.Abandon abandon) {
            status = abandon.status;
        } catch (ControlFlow.Return | ControlFlow.Loop e) {
            status = state.status;
        }
        if (interactive) {
            JobNotices.print(process, state);
        }
        state.status = interactive ? status : 0;
        return status;
    }

    private void interrupted() {
        if (running != null) {
            throw new ControlFlow.Abandon(Signal.INT.exitStatus());
        }
    }

    private void ended(int status) {
        Line line = running;
        running = null;
        if (line != null) {
            line.finish(status);
        }
    }

    /** Stops what runs in the foreground as Ctrl-C does. */
    public void interrupt() {
        process.table().signalGroup(process.group(), Signal.INT);
    }

    /** Ends the shell and what it runs: the terminal was closed. */
    public void hangUp() {
        state.jobs.forEach(job -> job.processes().forEach(child -> child.signal(Signal.HUP)));
        process.table().signalGroup(process.group(), Signal.HUP);
    }

    /** What the shell prints when it waits for a line. */
    public String prompt() {
        return Prompt.first(process, state);
    }

    /** The prompt for the rest of a line that {@link #isIncomplete}. */
    public String continuationPrompt() {
        return Prompt.continuation(process, state);
    }

    /** Whether a quote, a here-document or a compound command is still open at the end of {@code text}. */
    public boolean isIncomplete(String text) {
        return isIncomplete(text, state);
    }

    static boolean isIncomplete(String text, ShellState state) {
        int backslashes = 0;
        while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        if (backslashes % 2 == 1) {
            return true;
        }
        var parser = new Parser(text, 1, state.isDash());
        try {
            while (parser.nextCommand() != null) {
                if (!parser.warnings().isEmpty()) {
                    return true;
                }
            }
            return !parser.warnings().isEmpty();
        } catch (SyntaxError e) {
            return e.isIncomplete();
        }
    }

    /** What the word at the cursor (counted in characters) could become: commands, their words, files, variables; sorted. */
    public List<String> complete(String text, int cursor, Completer completer) {
        return new Completion(process, state, completer).candidates(text.substring(0, Math.clamp(cursor, 0, text.length())));
    }
}
