package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.RegularFile;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Runs a program in another network namespace, in the place of the one that asks for it ({@code setns}, then {@code execvp}). */
public final class NamespaceExec {
    private NamespaceExec() {}

    /** The program's exit status; empty if there is no such program. */
    public static OptionalInt run(EmulatedProcess self, NetworkNamespace network, List<String> words) {
        ProcessContext context = self.context().copy();
        context.enter(network);
        String search = context.environment().getOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        String path = context.files().lookupExecutable(self, words.getFirst(), search);
        Executable program = path == null ? null : executable(self, path);
        if (program == null) {
            return OptionalInt.empty();
        }
        EmulatedProcess child = self.spawn(program, words, context, self.descriptors());
        for (Signal signal : List.of(Signal.TERM, Signal.HUP, Signal.QUIT, Signal.USR1, Signal.USR2)) {
            self.onSignal(signal, () -> child.signal(signal));
        }
        // Ctrl-C reaches the whole foreground group, the program too
        self.onSignal(Signal.INT, () -> {});
        self.onExit(() -> child.signal(Signal.KILL));
        return OptionalInt.of(self.waitFor(child));
    }

    private static @Nullable Executable executable(EmulatedProcess self, String path) {
        try {
            return self.context().files().stat(self, path) instanceof RegularFile file ? file.program() : null;
        } catch (KernelException missing) {
            return null;
        }
    }
}
