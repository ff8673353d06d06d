package dev.vethlab.engine.command.server;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.RegularFile;
import java.util.List;

/**
 * {@code python3}: {@code -m http.server}, and the worlds' own programs, which are files that carry what they do. Python itself is not
 * emulated.
 */
public final class Python {
    private static final String VERSION = "Python 3.14.8";

    private Python() {}

    /** The interpreter finds out what it is to run; as a resident, since all of it are servers. */
    public static void start(EmulatedProcess self) {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        int at = 0;
        while (at < words.size() && (words.get(at).equals("-u") || words.get(at).equals("-B") || words.get(at).equals("-I"))) {
            at++;
        }
        if (at >= words.size()) {
            self.exit(Unsupported.answer(self, "python3: the interpreter is not emulated"));
            return;
        }
        String first = words.get(at);
        List<String> rest = words.subList(at + 1, words.size());
        if (first.equals("--version") || first.equals("-V")) {
            ServerOutput.print(self, VERSION);
            self.exit(0);
        } else if (first.equals("-m") && !rest.isEmpty() && rest.getFirst().equals("http.server")) {
            PythonFileServer.start(self, rest.subList(1, rest.size()));
        } else if (first.startsWith("-")) {
            self.exit(Unsupported.answer(self, "python3: only -m http.server and this world's own programs are emulated"));
        } else {
            runFile(self, first);
        }
    }

    private static void runFile(EmulatedProcess self, String path) {
        Errno error = Errno.ENOENT;
        try {
            Node node = self.context().files().stat(self, path);
            Executable program = node instanceof RegularFile file ? file.program() : null;
            switch (program) {
                case Resident resident -> resident.start(self);
                case Program other -> self.exit(Unsupported.answer(self, "python3: " + path + " is no Python program"));
                case null -> self.exit(Unsupported.answer(self, "python3: only -m http.server and this world's own programs are emulated"));
            }
            return;
        } catch (KernelException e) {
            error = e.errno();
        }
        String full = path.startsWith("/") ? path : self.context().directory() + "/" + path;
        ServerOutput.error(self, self.arguments().getFirst() + ": can't open file '" + full + "': [Errno " + error.number() + "] "
                + error.message());
        self.exit(2);
    }

    /** A server of Python's ends on Ctrl-C with a word. */
    static void endOnInterrupt(EmulatedProcess self, String words) {
        self.onSignal(Signal.INT, () -> {
            ServerOutput.print(self, words);
            self.exit(0);
        });
    }
}
