package dev.vethlab.engine.shell;

import dev.vethlab.engine.shell.syntax.Command;
import org.jspecify.annotations.Nullable;

/**
 * The traps that are no signals: {@code EXIT}, and bash's {@code ERR}, {@code DEBUG} and {@code RETURN}.
 *
 * <p>A function begins without the last three, and puts back at its end those it did not set anew; {@code set -E} leaves it {@code ERR},
 * {@code set -T} the others ({@code execute_function()} in bash's execute_cmd.c). Subshells have them under the same conditions.
 */
final class Traps {
    private final Interpreter shell;
    private final ShellState state;

    /** Whether a trap's commands are being run: they are no occasion for another of its kind. */
    private boolean running;

    Traps(Interpreter shell, ShellState state) {
        this.shell = shell;
        this.state = state;
    }

    /** The traps of the caller while a function runs. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** A function begins: it does without the traps that it does not inherit. */
    Scope enterFunction() {
        String error = state.errorTrap;
        String debug = state.debugTrap;
        String returns = state.returnTrap;
        if (!state.has(ShellState.Option.ERRTRACE)) {
            state.errorTrap = null;
        }
        if (!state.has(ShellState.Option.FUNCTRACE)) {
            state.debugTrap = null;
            state.returnTrap = null;
        }
        return () -> {
            state.errorTrap = state.errorTrap == null ? error : state.errorTrap;
            state.debugTrap = state.debugTrap == null ? debug : state.debugTrap;
            state.returnTrap = state.returnTrap == null ? returns : state.returnTrap;
        };
    }

    /** A function ends with this status: {@code RETURN}. */
    int returned(int status) {
        state.status = status;
        run(state.returnTrap);
        return status;
    }

    /** A simple command is about to run: {@code BASH_COMMAND}, {@code DEBUG}. */
    void before(Command.Simple command) {
        if (running) {
            return;
        }
        state.command = command;
        run(state.debugTrap);
    }

    /** A command outside of conditions failed: {@code ERR}, and {@code set -e} ends the shell. */
    void failed(Command command, int status) {
        if (!exitsOnError(command)) {
            return;
        }
        run(state.errorTrap);
        if (state.has(ShellState.Option.ERREXIT)) {
            throw new ControlFlow.Exit(status);
        }
    }

    private void run(@Nullable String trap) {
        if (trap == null || running) {
            return;
        }
        int status = state.status;
        running = true;
        try {
            shell.run(trap, state.line, "");
        } finally {
            running = false;
        }
        state.status = status;
    }

    /** Runs the exit trap; the status to end with. */
    int leave(int status) {
        String trap = state.exitTrap;
        if (trap == null) {
            return status;
        }
        state.exitTrap = null;
        state.status = status;
        try {
            shell.run(trap, 1, "");
        } catch (ControlFlow.Exit exit) {
            return exit.status;
        } catch (ControlFlow e) {
            return status;
        }
        return status;
    }

    private static boolean exitsOnError(Command command) {
        return switch (command) {
            case Command.Simple s -> true;
            case Command.Pipeline p -> !p.negated();
            case Command.Subshell s -> true;
            case Command.Arithmetic a -> true;
            case Command.Conditional c -> true;
            case Command.Redirected r -> exitsOnError(r.body());
            case Command.AndOr a -> false;
            case Command.Sequence s -> false;
            case Command.Group g -> false;
            case Command.If i -> false;
            case Command.While w -> false;
            case Command.For f -> false;
            case Command.Select m -> false;
            case Command.ArithmeticFor f -> false;
            case Command.Case c -> false;
            case Command.Function f -> false;
        };
    }
}
