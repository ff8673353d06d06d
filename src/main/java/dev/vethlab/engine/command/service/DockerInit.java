package dev.vethlab.engine.command.service;

import dev.vethlab.engine.command.core.Running;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.shell.Terminal;
import java.util.List;

/**
 * {@code docker-init}, which is tini 0.19.0: the first process of a container that was made with {@code --init}. It starts the
 * container's command as its child, hands on the signals it gets, and ends as the child ended.
 */
final class DockerInit {
    private static final String NAME = "docker-init (tini version 0.19.0)";
    private static final String USAGE = NAME + """

            Usage: docker-init [OPTIONS] PROGRAM -- [ARGS] | --version

            Execute a program under the supervision of a valid init process (docker-init)

            Command line options:

              --version: Show version and exit.
              -h: Show this help message and exit.
              -s: Register as a process subreaper (requires Linux >= 3.4).
              -p SIGNAL: Trigger SIGNAL when parent dies, e.g. "-p SIGKILL".
              -v: Generate more verbose output. Repeat up to 3 times.
              -w: Print a warning when processes are getting reaped.
              -g: Send signals to the child's process group.
              -e EXIT_CODE: Remap EXIT_CODE (from 0 to 255) to 0.
              -l: Show license and exit.

            Environment variables:

              TINI_SUBREAPER: Register as a process subreaper (requires Linux >= 3.4).
              TINI_VERBOSITY: Set the verbosity level (default: 1).
              TINI_KILL_PROCESS_GROUP: Send signals to the child's process group.
            """;

    private static final int CANNOT_RUN = 126;
    private static final int NOT_FOUND = 127;

    private DockerInit() {}

    static int main(EmulatedProcess self) {
        if (self.arguments().equals(List.of(self.arguments().getFirst(), "--version"))) {
            self.println("tini version 0.19.0");
            return 0;
        }
        Getopt options = Getopt.parse(self.arguments(), "+p:hvwgle:s");
        if (options.error() != null) {
            self.error(options.error());
            self.error(USAGE.stripTrailing());
            return 1;
        }
        if (options.has("h")) {
            self.print(USAGE);
            return 0;
        }
        if (options.has("p") || options.has("v") || options.has("w") || options.has("l") || options.has("e")) {
            return Unsupported.answer(self, "docker-init: only -s and -g are emulated");
        }
        if (options.operands().isEmpty()) {
            self.error(USAGE.stripTrailing());
            return 1;
        }
        if (self.namespacePid() != 1 && !options.has("s")) {
            self.error("[WARN  tini (" + self.namespacePid() + ")] Tini is not running as PID 1 and isn't registered as a child subreaper.\n"
                    + "Zombie processes will not be re-parented to Tini, so zombie reaping won't work.\n"
                    + "To fix the problem, use the -s option or set the environment variable TINI_SUBREAPER to register Tini as a child "
                    + "subreaper, or run Tini as PID 1.");
        }
        return supervise(self, options.operands(), options.has("g"));
    }

    private static int supervise(EmulatedProcess self, List<String> command, boolean wholeGroup) {
        EmulatedProcess child = self.spawn((Program) own -> execute(own, command), self.arguments());
        child.setGroup(child.pid());
        Terminal terminal = Terminal.of(self);
        if (terminal != null) {
            terminal.setForeground(child.group());
        }
        for (Signal signal : Signal.values()) {
            if (signal != Signal.CHLD) {
                self.onSignal(signal, () -> {
                    if (wholeGroup) {
                        self.table().signalGroup(child.group(), signal);
                    } else {
                        child.signal(signal);
                    }
                });
            }
        }
        return self.waitFor(child);
    }

    /** What the child does: execvp(3), or words for why not. */
    private static int execute(EmulatedProcess self, List<String> command) {
        String name = command.getFirst();
        Executable program = Running.find(self, name);
        if (program != null) {
            self.exec(program, command);
        }
        boolean exists = name.indexOf('/') >= 0 && self.context().files().exists(self, name);
        self.error("[FATAL tini (" + self.namespacePid() + ")] exec " + name + " failed: "
                + (exists ? Errno.EACCES : Errno.ENOENT).message());
        return exists ? CANNOT_RUN : NOT_FOUND;
    }
}
