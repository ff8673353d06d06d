package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;

/**
 * dash and ash catch SIGINT unless they run a script ({@code setsignal()}), to end by it. That counts where nothing else would end them:
 * as the first process of a PID namespace.
 */
public final class Interrupts {
    private Interrupts() {}

    /** The shell begins to run what it was given with {@code -c} or reads. */
    static void begin(Interpreter shell) {
        ShellState state = shell.state();
        state.catchesInterrupts = !state.isBash() && shell.process().namespacePid() == 1;
        if (state.catchesInterrupts) {
            reset(shell, Signal.INT);
        }
    }

    /** There is no trap for a signal any more. */
    public static void reset(Interpreter shell, Signal signal) {
        EmulatedProcess process = shell.process();
        process.resetSignal(signal);
        if (signal == Signal.INT && shell.state().catchesInterrupts) {
            process.onSignal(signal, () -> process.exit(Signal.INT.exitStatus()));
        }
    }
}
