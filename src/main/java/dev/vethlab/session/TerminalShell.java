package dev.vethlab.session;

import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.shell.Completer;
import dev.vethlab.engine.shell.ShellSession;
import dev.vethlab.engine.shell.Terminal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A terminal and the shell in it: the page edits lines while the shell waits, the terminal while a program runs. */
final class TerminalShell {
    /** Is told when a prompt appears or goes, and when all is over. */
    interface Listener {
        void changed();

        void ended(SessionCompanion.Command command);

        void exited();
    }

    private static final int KILLED_BY_INTERRUPT = 130;

    private final String id;
    private final String node;
    private final Completer completer;
    private final Broadcast broadcast;
    private final Listener listener;
    private final Memory memory;
    private final Terminal terminal;
    private final ShellSession shell;
    private final LineOutput shown = new LineOutput();
    private String begun = "";
    private boolean interrupted;
    private @Nullable Runnable whenReady;
    private boolean over;

    TerminalShell(ShellPlace at, Input.Open open, Completer completer, Broadcast broadcast, Listener listener) {
        this.id = open.terminal();
        this.node = open.node();
        this.completer = completer;
        this.broadcast = broadcast;
        this.listener = listener;
        memory = at.context().network().kernel().memory();
        terminal = new Terminal(at.table(), open.columns(), open.rows(), this::show);
        at.context().environment().remove("COLUMNS"); // a terminal tells its width itself
        shell = at.open(at.context());
        shell.process().onExit(this::exited);
    }

    TerminalState state() {
        return new TerminalState(id, node, shell.isBusy() ? null : promptText());
    }

    boolean isBusy() {
        return shell.isBusy();
    }

    /** A line for the shell; if it does not wait for one, keys for the program that runs. */
    void line(String text, String tag) {
        if (shell.isBusy()) {
            terminal.type(text + "\n");
            return;
        }
        broadcast.send(new Update.Echo(id, promptText(), text, tag));
        begun += text;
        if (shell.isIncomplete(begun)) {
            begun += "\n";
            prompt();
            return;
        }
        String whole = begun;
        begun = "";
        shown.take();
        interrupted = false;
        ShellSession.Line line = shell.run(whole, terminal);
        line.onDone(() -> {
            leaveInterruptedLine(line.status());
            tellRefusedMemory();
            listener.ended(new SessionCompanion.Command(node, whole, line.status(), shown.take()));
            prompt();
        });
    }

    private void show(String text) {
        shown.add(text);
        broadcast.output(id, text);
    }

    private void tellRefusedMemory() {
        if (memory.hasUntoldRefusal()) {
            show(memory.refusal() + "\r\n");
        }
    }

    /** A job that Ctrl-C killed leaves the cursor behind the {@code ^C}: bash goes to the next line ({@code jobs.c}, {@code wait_for}). */
    private void leaveInterruptedLine(int status) {
        if (interrupted && status == KILLED_BY_INTERRUPT) {
            broadcast.output(id, "\r\n");
        }
    }

    /** A line for the shell as soon as it waits for one; {@code then} is done when it waits again. */
    void type(String text, Runnable then) {
        if (shell.isBusy()) {
            whenReady = () -> type(text, then);
        } else {
            whenReady = then;
            line(text, "");
        }
    }

    /** Keys that come when the program has just ended go back to where lines are edited. */
    void keys(String data) {
        if (shell.isBusy()) {
            terminal.type(data);
        } else {
            broadcast.send(new Update.Prompt(id, promptText(), data));
        }
    }

    void signal(Signal signal) {
        if (shell.isBusy()) {
            interrupted = signal == Signal.INT;
            terminal.signal(signal);
        } else {
            begun = "";
            broadcast.output(id, "^C\r\n");
            prompt();
        }
    }

    /** Ctrl-D: the end of a program's input; of the shell when it waits. */
    void endOfInput() {
        if (shell.isBusy()) {
            terminal.endOfInput();
        } else if (begun.isEmpty()) {
            broadcast.output(id, "exit\r\n");
            shell.hangUp();
        }
    }

    void resize(int columns, int rows) {
        terminal.resize(columns, rows);
    }

    void hangUp() {
        terminal.hangUp();
        shell.hangUp();
    }

    Completion complete(String text, int cursor) {
        int from = cursor;
        while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        List<String> candidates = shell.isBusy() ? List.of() : shell.complete(text, cursor, completer);
        return new Completion(from, candidates);
    }

    /** Shows the prompt, unless the shell has ended. */
    void prompt() {
        if (!over && !shell.hasEnded()) {
            String unread = terminal.takeUnread();
            listener.changed();
            broadcast.send(new Update.Prompt(id, promptText(), unread.isEmpty() ? null : unread));
            Runnable next = whenReady;
            whenReady = null;
            if (next != null) {
                next.run();
            }
        }
    }

    private String promptText() {
        return begun.isEmpty() ? shell.prompt() : shell.continuationPrompt();
    }

    private void exited() {
        over = true;
        listener.exited();
        listener.changed();
        broadcast.send(new Update.Exited(id, shell.process().exitStatus()));
    }
}
