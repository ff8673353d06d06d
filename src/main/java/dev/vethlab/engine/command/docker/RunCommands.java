package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;
import java.util.Locale;

/** {@code run} and {@code create}. */
final class RunCommands {
    private static final int ENGINE_ERROR = 125;

    /** What making a container takes the engine: file systems, namespaces, the shim. */
    private static final long CREATE_COST = 40_000_000;
    private static final long START_COST = 180_000_000;

    private static final String RUN_FLAGS = ContainerOptions.FLAGS + """
            -d, --detach   Run container in background and print container ID
            !--detach-keys string   Override the key sequence for detaching a container
            --sig-proxy   Proxy received signals to the process (default true)
            """;

    static final List<Command> ALL = List.of(
            new Command("[OPTIONS] IMAGE [COMMAND] [ARG...]", "Create and run a new container from an image", 1, -1, false,
                    Flags.declare(RUN_FLAGS).sorted(), List.of("container run", "run"), RunCommands::run),
            new Command("[OPTIONS] IMAGE [COMMAND] [ARG...]", "Create a new container", 1, -1, false,
                    Flags.declare(ContainerOptions.FLAGS), List.of("container create", "create"), RunCommands::create));

    private RunCommands() {}

    private static int create(Command.Call call) {
        try {
            ContainerView container = make(call, ContainerOptions.parse(call.self(), call.flags()));
            call.println(container.id());
            return 0;
        } catch (FlagException e) {
            return refused(call, e.message());
        } catch (EngineException e) {
            return DockerCommand.answer(call.self(), call.path(), e);
        }
    }

    private static int run(Command.Call call) {
        EmulatedProcess self = call.self();
        boolean detached = call.flags().flag("detach");
        ContainerView container;
        try {
            ContainerOptions options = ContainerOptions.parse(self, call.flags());
            if (detached && call.flags().has("attach")) {
                self.error("conflicting options: cannot specify both --attach and --detach");
                return 1;
            }
            List<String> streams = streams(call.flags().texts("attach"));
            options.config.attachStdout = !detached && (streams.isEmpty() || streams.contains("STDOUT"));
            options.config.attachStderr = !detached && (streams.isEmpty() || streams.contains("STDERR"));
            options.config.attachStdin = !detached && options.config.openStdin && (streams.isEmpty() || streams.contains("STDIN"));
            options.config.stdinOnce = !detached && options.config.openStdin;
            if (options.config.tty && options.config.attachStdin && !self.descriptor(0).isTerminal()) {
                self.error("the input device is not a TTY");
                return 1;
            }
            container = make(call, options);
        } catch (FlagException e) {
            return refused(call, e.message());
        } catch (EngineException e) {
            return refused(call, e);
        }
        return detached ? runDetached(call, container) : runAttached(call, container);
    }

    private static int runDetached(Command.Call call, ContainerView container) {
        try {
            call.engine().containers().start(container.id());
            call.self().spend(START_COST);
            call.println(container.id());
            return 0;
        } catch (EngineException e) {
            call.println(container.id());
            return startFailed(call, e);
        }
    }

    private static int runAttached(Command.Call call, ContainerView container) {
        var attachment = new Attachment(call.self(), call.engine(), container);
        try {
            attachment.prepare(call.flags().flag("interactive"), container.config().tty);
            if (call.flags().flag("sig-proxy", true) && !container.config().tty) {
                attachment.forwardSignals();
            }
            call.engine().containers().start(container.id());
            call.self().spend(START_COST);
        } catch (EngineException e) {
            return startFailed(call, e);
        }
        return attachment.follow(container.config().attachStdout, container.config().attachStderr);
    }

    private static List<String> streams(List<String> names) throws FlagException {
        List<String> streams = names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
        for (int i = 0; i < names.size(); i++) {
            if (!List.of("STDIN", "STDOUT", "STDERR").contains(streams.get(i))) {
                throw new FlagException("invalid argument \"" + names.get(i)
                        + "\" for \"-a, --attach\" flag: valid streams are STDIN, STDOUT and STDERR");
            }
        }
        return streams;
    }

    /** {@code POST /containers/create}; an image that is not on hand would have to be pulled. */
    private static ContainerView make(Command.Call call, ContainerOptions options) throws EngineException, FlagException {
        EngineApi engine = call.engine();
        call.self().spend(CREATE_COST);
        String pull = call.flags().text("pull", "missing");
        if (!List.of("always", "missing", "never").contains(pull)) {
            throw new FlagException("invalid pull option: '" + pull + "': must be one of \"always\", \"missing\" or \"never\"");
        }
        String idFile = call.flags().text("cidfile");
        if (!idFile.isEmpty() && call.self().context().files().exists(call.self(), idFile)) {
            throw new FlagException("container ID file found, make sure the other container isn't running or delete " + idFile);
        }
        String image = options.config.image;
        if (Reference.parse(image).isEmpty() && engine.images().lookup(image) == null) {
            throw new FlagException(Reference.complaint(image));
        }
        if (engine.images().lookup(image) == null && !pull.equals("never")) {
            Reference reference = Reference.parse(image).orElseThrow();
            call.error("Unable to find image '" + reference + "' locally");
            ImageCommands.pull(call, reference, call.flags().flag("quiet"));
        }
        boolean discards = options.host.isHostNetwork() && !options.host.portBindings.isEmpty();
        ContainerView container = engine.containers().create(call.flags().text("name"), options.config, options.host, options.endpoints);
        if (discards) {
            call.error("WARNING: Published ports are discarded when using host network mode");
        }
        writeIdFile(call, container);
        return container;
    }

    private static void writeIdFile(Command.Call call, ContainerView container) throws FlagException {
        String path = call.flags().text("cidfile");
        if (path.isEmpty()) {
            return;
        }
        try {
            call.self().context().files().writeAll(call.self(), path, Bytes.of(container.id()));
        } catch (KernelException e) {
            throw new FlagException("failed to create the container ID file: open " + path + ": "
                    + e.errno().message().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static int startFailed(Command.Call call, EngineException e) {
        int status = refused(call, e);
        if (status == ENGINE_ERROR) {
            String message = e.message();
            boolean missing = message.contains("executable file not found") || message.contains("no such file or directory");
            boolean forbidden = message.contains("permission denied") || message.contains("is a directory");
            return missing ? 127 : forbidden ? 126 : ENGINE_ERROR;
        }
        return status;
    }

    private static int refused(Command.Call call, EngineException e) {
        if (e.isNotEmulated()) {
            return Unsupported.answer(call.self(), call.path() + ": " + e.message());
        }
        return refused(call, "Error response from daemon: " + e.message());
    }

    private static int refused(Command.Call call, String message) {
        if (message.startsWith("invalid argument \"")) {
            call.error(message + "\n\nUsage:  " + call.path() + " [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun '" + call.path()
                    + " --help' for more information");
            return ENGINE_ERROR;
        }
        boolean creates = call.path().endsWith("create");
        if (creates) {
            call.error(message);
            return 1;
        }
        call.error("docker: " + message + "\n\nRun '" + call.path() + " --help' for more information");
        return ENGINE_ERROR;
    }
}
