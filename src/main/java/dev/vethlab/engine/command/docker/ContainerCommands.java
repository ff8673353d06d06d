package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ExecRequest;
import dev.vethlab.engine.docker.api.ExecView;
import dev.vethlab.engine.docker.api.Output;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.OpenFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands that do one thing to each of the containers named. */
final class ContainerCommands {
    private static final long STOP_COST = 60_000_000;
    private static final long EXEC_COST = 45_000_000;

    private static final Flags EXEC_FLAGS = Flags.declare("""
            -d, --detach   Detached mode: run command in the background
            !--detach-keys string   Override the key sequence for detaching a container
            -e, --env list   Set environment variables
            --env-file list   Read in a file of environment variables
            -i, --interactive   Keep STDIN open even if not attached
            --privileged   Give extended privileges to the command
            -t, --tty   Allocate a pseudo-TTY
            -u, --user string   Username or UID (format: "<name|uid>[:<group|gid>]")
            -w, --workdir string   Working directory inside the container
            """);

    static final List<Command> ALL = List.of(
            each("start", "[OPTIONS] CONTAINER [CONTAINER...]", "Start one or more stopped containers", """
                    -a, --attach   Attach STDOUT/STDERR and forward signals
                    !--detach-keys string   Override the key sequence for detaching a container
                    -i, --interactive   Attach container's STDIN
                    """, ContainerCommands::start),
            each("stop", "[OPTIONS] CONTAINER [CONTAINER...]", "Stop one or more running containers", """
                    -s, --signal string   Signal to send to the container
                    -t, --timeout int   Seconds to wait before killing the container
                    --time int
                    """, ContainerCommands::stop),
            each("restart", "[OPTIONS] CONTAINER [CONTAINER...]", "Restart one or more containers", """
                    -s, --signal string   Signal to send to the container
                    -t, --timeout int   Seconds to wait before killing the container
                    --time int
                    """, ContainerCommands::restart),
            each("kill", "[OPTIONS] CONTAINER [CONTAINER...]", "Kill one or more running containers",
                    "-s, --signal string   Signal to send to the container", ContainerCommands::kill),
            each("pause", "CONTAINER [CONTAINER...]", "Pause all processes within one or more containers", "",
                    call -> forEach(call, true, (term, container) -> call.engine().containers().pause(container.id()))),
            each("unpause", "CONTAINER [CONTAINER...]", "Unpause all processes within one or more containers", "",
                    call -> forEach(call, true, (term, container) -> call.engine().containers().unpause(container.id()))),
            each("wait", "CONTAINER [CONTAINER...]", "Block until one or more containers stop, then print their exit codes", "",
                    call -> forEach(call, false, (term, container) ->
                            call.println(Integer.toString(call.engine().containers().await(call.self(), container.id()))))),
            new Command("[OPTIONS] CONTAINER [CONTAINER...]", "Remove one or more containers", 1, -1, true, Flags.declare("""
                    -f, --force   Force the removal of a running container (uses SIGKILL)
                    -l, --link   Remove the specified link
                    -v, --volumes   Remove anonymous volumes associated with the container
                    """), List.of("container rm", "container remove", "rm"), ContainerCommands::remove),
            new Command("CONTAINER NEW_NAME", "Rename a container", 2, 2, true, Flags.NONE, List.of("container rename", "rename"),
                    ContainerCommands::rename),
            new Command("[OPTIONS] CONTAINER COMMAND [ARG...]", "Execute a command in a running container", 2, -1, false, EXEC_FLAGS, List.of("container exec", "exec"), ContainerCommands::exec));

    private ContainerCommands() {}

    private static Command each(String name, String usage, String summary, String flags, Command.Action action) {
        return new Command(usage, summary, 1, -1, true, Flags.declare(flags), List.of("container " + name, name), action);
    }

    /** What is done to one container. */
    interface Deed {
        void to(String term, ContainerView container) throws EngineException;
    }

    /** Does it to each in turn, says each name that went well, and at last complains of the others. */
    static int forEach(Command.Call call, boolean sayName, Deed deed) {
        var failures = new Failures();
        for (String term : call.arguments()) {
            try {
                deed.to(term, call.engine().containers().find(term));
                if (sayName) {
                    call.println(term);
                }
            } catch (EngineException e) {
                failures.add(e);
            }
        }
        return failures.answer(call);
    }

    private static int start(Command.Call call) throws EngineException {
        if (call.flags().flag("attach") || call.flags().flag("interactive")) {
            return startAttached(call);
        }
        var failed = new ArrayList<String>();
        for (String term : call.arguments()) {
            try {
                call.engine().containers().start(term);
                call.self().spend(STOP_COST);
                call.println(term);
            } catch (EngineException e) {
                if (e.isNotEmulated()) {
                    return Unsupported.answer(call.self(), call.path() + ": " + e.message());
                }
                call.error("Error response from daemon: " + e.message());
                failed.add(term);
            }
        }
        if (!failed.isEmpty()) {
            call.error("Error: failed to start containers: " + String.join(", ", failed));
            return 1;
        }
        return 0;
    }

    private static int startAttached(Command.Call call) throws EngineException {
        if (call.arguments().size() > 1) {
            call.error("you cannot start and attach multiple containers at once");
            return 1;
        }
        ContainerView container = call.engine().containers().find(call.argument(0));
        var attachment = new Attachment(call.self(), call.engine(), container);
        attachment.prepare(call.flags().flag("interactive"), container.config().tty);
        if (!container.config().tty) {
            attachment.forwardSignals();
        }
        call.engine().containers().start(container.id());
        return attachment.follow();
    }

    private static @Nullable Integer timeout(Command.Call call) {
        if (call.flags().has("time")) {
            call.error("Flag --time has been deprecated, use --timeout instead");
        }
        String flag = call.flags().has("timeout") ? "timeout" : "time";
        return call.flags().has(flag) ? Integer.valueOf(call.flags().number(flag, 0)) : null;
    }

    private static int stop(Command.Call call) {
        Integer timeout = timeout(call);
        return forEach(call, true, (term, container) -> {
            call.engine().containers().stop(call.self(), term, timeout, call.flags().text("signal"));
            call.self().spend(STOP_COST);
        });
    }

    private static int kill(Command.Call call) {
        var failures = new Failures();
        for (String term : call.arguments()) {
            try {
                call.engine().containers().kill(call.self(), term, call.flags().text("signal"));
                call.println(term);
            } catch (EngineException e) {
                failures.add(e);
            }
        }
        return failures.answer(call);
    }

    private static int restart(Command.Call call) {
        Integer timeout = timeout(call);
        return forEach(call, true, (term, container) ->
                call.engine().containers().restart(call.self(), term, timeout, call.flags().text("signal")));
    }

    private static int remove(Command.Call call) {
        boolean force = call.flags().flag("force");
        var failures = new Failures();
        for (String term : call.arguments()) {
            try {
                if (call.flags().flag("link")) {
                    call.engine().containers().unlink(term.replaceFirst("^/+", ""));
                } else {
                    call.engine().containers().remove(call.self(), term.strip(), force, call.flags().flag("volumes"));
                }
                call.println(term);
            } catch (EngineException e) {
                if (force && e.status() == 404) {
                    call.error("Error response from daemon: " + e.message());
                } else {
                    failures.add(e);
                }
            }
        }
        return failures.answer(call);
    }

    private static int rename(Command.Call call) throws EngineException {
        if (call.argument(0).isBlank() || call.argument(1).isBlank()) {
            call.error("Error: Neither old nor new names may be empty");
            return 1;
        }
        try {
            call.engine().containers().rename(call.argument(0), call.argument(1));
            return 0;
        } catch (EngineException e) {
            DockerCommand.answer(call.self(), call.path(), e);
            call.error("Error: failed to rename container named " + call.argument(0));
            return 1;
        }
    }

    // ---- exec ----

    /** {@code docker exec} with these words, for other commands. */
    static int execute(EmulatedProcess self, EngineApi engine, List<String> words) throws EngineException {
        try {
            return exec(new Command.Call(self, engine, EXEC_FLAGS.parse(words, false), "docker exec"));
        } catch (FlagException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int exec(Command.Call call) throws EngineException {
        EmulatedProcess self = call.self();
        ParsedFlags flags = call.flags();
        Map<String, String> environment = new LinkedHashMap<>();
        List<String> variables;
        try {
            variables = ContainerOptions.variables(self, flags);
        } catch (FlagException e) {
            self.error(e.message());
            return 1;
        }
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            String own = self.context().environment().get(variable);
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            } else if (own != null) {
                environment.put(variable, own);
            }
        }
        boolean interactive = flags.flag("interactive");
        boolean tty = flags.flag("tty");
        boolean detached = flags.flag("detach");
        if (tty && interactive && !detached && !self.descriptor(0).isTerminal()) {
            self.error("the input device is not a TTY");
            return 1;
        }
        List<String> command = call.arguments().subList(1, call.arguments().size());
        self.spend(EXEC_COST);
        OpenFile input = interactive && !detached ? self.descriptor(0) : null;
        OpenFile terminal = tty && input != null ? input : null;
        ExecView exec;
        try {
            exec = call.engine().containers().exec(call.argument(0),
                    new ExecRequest(command, tty, interactive, flags.flag("privileged"), flags.text("user"), flags.text("workdir"), environment),
                    input, terminal, terminal == null ? 0 : self.group());
        } catch (EngineException e) {
            if (e.message().startsWith("OCI runtime")) {
                self.error(e.message());
                boolean forbidden = e.message().endsWith("permission denied") || e.message().endsWith("is a directory");
                return forbidden ? 126 : 127;
            }
            throw e;
        }
        if (detached) {
            return 0;
        }
        if (terminal != null) {
            self.onSignal(Signal.INT, () -> {});
            self.onSignal(Signal.QUIT, () -> {});
            self.await(exec.ended(), () -> !exec.isRunning(), EmulatedProcess.FOREVER);
            return exec.exitCode();
        }
        return show(self, exec);
    }

    private static int show(EmulatedProcess self, ExecView exec) {
        Output output = exec.output();
        long position = 0;
        while (true) {
            boolean over = !exec.isRunning();
            for (Output.Entry entry : output.from(position)) {
                position++;
                self.descriptor(entry.error() ? 2 : 1).write(self, entry.data());
            }
            long seen = position;
            if (over && output.end() == seen) {
                return exec.exitCode();
            }
            self.await(List.of(output.changed(), exec.ended()), () -> output.end() > seen || !exec.isRunning(),
                    EmulatedProcess.FOREVER);
        }
    }
}
