package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ExecRequest;
import dev.vethlab.engine.docker.api.ExecView;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.NamespaceKind;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.User;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A further process of a running container ({@code docker exec}). */
final class Exec implements ExecView {
    private final String id;
    private final Container container;
    private final ExecRequest request;
    private final OutputLog output;
    private @Nullable EmulatedProcess process;

    Exec(String id, Container container, ExecRequest request, OutputLog output) {
        this.id = id;
        this.container = container;
        this.request = request;
        this.output = output;
    }

    String id() {
        return id;
    }

    Container container() {
        return container;
    }

    public ExecRequest request() {
        return request;
    }

    @Override
    public OutputLog output() {
        return output;
    }

    /** Starts it in its container, which must run; {@code terminal} is null unless it gets one. */
    void start(EmulatedProcess daemon, @Nullable OpenFile input, @Nullable OpenFile terminal, int group) throws EngineException {
        ProcessContext own = container.context;
        EmulatedProcess init = container.init();
        if (own == null || init == null) {
            throw EngineException.conflict("container " + container.id() + " is not running");
        }
        var environment = new LinkedHashMap<>(own.environment());
        if (request.tty()) {
            environment.putIfAbsent("TERM", "xterm");
        }
        environment.putAll(request.environment());
        HostConfig host = container.hostConfig();
        var rights = Launcher.capabilities(request.privileged() || host.privileged, host.capAdd, host.capDrop);
        String directory = request.workingDirectory().isEmpty() ? own.directory() : request.workingDirectory();
        User user = own.user();
        if (!request.user().isEmpty()) {
            Users.Found found = Users.find(container.files(), request.user(), host.groupAdd);
            user = found.user();
            if (container.config().env.stream().noneMatch(v -> v.startsWith("HOME="))) {
                environment.put("HOME", found.home());
            }
        }
        var context = new ProcessContext(own.network(), own.uts(), own.pids(), own.files(), rights, environment, directory);
        context.become(user);
        context.enterMounts(own.namespace(NamespaceKind.MOUNT));
        context.enterIpc(own.namespace(NamespaceKind.IPC));
        if (!container.files().isDirectory(daemon, directory)) {
            throw EngineException.badRequest("OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd (\""
                    + directory + "\") set in config.json failed: no such file or directory");
        }
        Launcher.Command command;
        try {
            command = Launcher.find(daemon, container.files(), request.command(), directory, Launcher.searchPath(context));
        } catch (EngineException e) {
            throw EngineException.badRequest(
                    "OCI runtime exec failed: exec failed: unable to start container process: " + e.message());
        }
        OpenFile in = input == null ? new NullFile() : input;
        OpenFile screen = terminal == null && request.tty() ? output.screen() : terminal;
        List<OpenFile> files = screen != null
                ? List.of(screen, screen, screen)
                : List.of(in, output.writer(false), output.writer(true));
        process = Launcher.spawn(daemon, context, files, command);
        process.setGroup(group == 0 ? process.pid() : group);
    }

    /** Its process, once it has one. */
    EmulatedProcess started() {
        return Objects.requireNonNull(process);
    }

    @Override
    public boolean isRunning() {
        return !started().hasEnded();
    }

    @Override
    public int exitCode() {
        return started().exitStatus();
    }

    @Override
    public WaitQueue ended() {
        return started().ended();
    }
}
