package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.Ids;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.network.Networks;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.docker.volume.Volumes;
import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.PidNamespace;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Uts;
import dev.vethlab.engine.process.file.SpecialFile;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes containers run: namespace, files, first process, networks, in the order of {@code daemon/start.go}; and takes it all down when
 * the first process ends.
 */
public final class ContainerRuntime {
    /** {@code __NEW_UTS_LEN}. */
    private static final int MAX_HOSTNAME = 64;

    /** From the end of a container's process until the engine has heard of it from containerd. */
    private static final long EXIT_LATENCY = 15_000_000;

    /** Of what runc mounts again to be read only, the one that can be written at all. */
    private static final String SYSCTLS = "/proc/sys";

    private static final String HOST_INIT = "/usr/bin/docker-init";
    private static final String INIT = "/sbin/docker-init";

    private final EmulatedProcess daemon;
    private final Ids ids;
    private final Networks networks;
    private final ContainerIndex containers;
    private final Mounts mounts;
    private final ContainerFiles files;
    private final ContainerNetworks containerNetworks;
    private Consumer<Container> onEnd = container -> {};
    private Consumer<Container> onAbandoned = container -> {};
    private Consumer<Container> onHealth = container -> {};
    private Consumer<Exec> onProbe = exec -> {};

    public ContainerRuntime(
            EmulatedProcess daemon, DaemonConfig config, Ids ids, Networks networks, Volumes volumes, ContainerIndex containers) {
        this.daemon = daemon;
        this.ids = ids;
        this.networks = networks;
        this.containers = containers;
        this.mounts = new Mounts(daemon, volumes);
        this.files = new ContainerFiles(daemon, config, networks, containers);
        this.containerNetworks = new ContainerNetworks(config, networks, files);
    }

    EmulatedProcess daemon() {
        return daemon;
    }

    Mounts mounts() {
        return mounts;
    }

    Networks networks() {
        return networks;
    }

    /** What connects containers to networks. */
    public ContainerNetworks containerNetworks() {
        return containerNetworks;
    }

    Kernel kernel() {
        return daemon.network().kernel();
    }

    void onEnd(Consumer<Container> listener) {
        onEnd = listener;
    }

    /** When a start fails after the container got its sandbox. */
    void onAbandoned(Consumer<Container> listener) {
        onAbandoned = listener;
    }

    void onHealth(Consumer<Container> listener) {
        onHealth = listener;
    }

    /** When a health check has begun. */
    void onProbe(Consumer<Exec> listener) {
        onProbe = listener;
    }

    void probed(Exec exec) {
        onProbe.accept(exec);
    }

    /** An id for something new. */
    String newId() {
        return ids.next();
    }

    void healthChanged(Container container) {
        onHealth.accept(container);
    }

    Simulation simulation() {
        return daemon.simulation();
    }

    public long now() {
        return daemon.now();
    }

    String hostName() {
        return daemon.context().uts().hostname();
    }

    // ---- starting ----

    void start(Container container) throws EngineException {
        ContainerCreation.checkLogDriver(container.hostConfig().logDriver);
        Sandbox sandbox = openSandbox(container);
        container.sandbox = sandbox;
        daemon.context().files().addSpecial(sandbox.file(), SpecialFile.of(sandbox.namespace()));
        try {
            ProcessContext context = surroundings(container, sandbox);
            container.context = context;
            files.write(container, sandbox);
            Launcher.Command command = command(container, context);
            containerNetworks.join(container, sandbox);
            spawn(container, context, command);
        } catch (EngineException e) {
            takeDown(container);
            onAbandoned.accept(container);
            throw e;
        }
    }

    private Sandbox openSandbox(Container container) throws EngineException {
        HostConfig host = container.hostConfig();
        if (host.isContainerNetwork()) {
            Container other;
            try {
                other = containers.find(host.connectedContainer());
            } catch (EngineException e) {
                throw e.within("joining network namespace of container");
            }
            Sandbox shared = other.sandbox();
            if (shared == null) {
                throw EngineException.conflict("cannot join network namespace of a non running container: container "
                        + other.name() + " is " + other.state().status());
            }
            container.config().hostname = other.config().hostname;
            shared.namespace().retain();
            return new Sandbox(shared.id(), shared.namespace(), shared.isShared());
        }
        if (host.isHostNetwork()) {
            return new Sandbox(ids.next(), daemon.network(), true);
        }
        NetworkNamespace namespace;
        try {
            namespace = daemon.network().machine().createNamespace(container.name());
        } catch (KernelException e) {
            throw EngineException.internal("failed to create task for container: failed to create shim task: OCI runtime create failed: "
                    + "runc create failed: unable to start container process: " + e.getMessage().toLowerCase(Locale.ROOT));
        }
        return Sandbox.create(ids.next(), namespace);
    }

    private ProcessContext surroundings(Container container, Sandbox sandbox) throws EngineException {
        HostConfig host = container.hostConfig();
        if (container.config().hostname.length() > MAX_HOSTNAME) {
            throw createFailed("sethostname: invalid argument");
        }
        Machine machine = daemon.network().machine();
        // in the order of create_new_namespaces()
        long mountNamespace = machine.nextNamespaceInode();
        var uts = new Uts(container.config().hostname, machine.nextNamespaceInode());
        long ipc = machine.nextNamespaceInode();
        container.pids = new PidNamespace(machine.nextNamespaceInode());
        String directory = container.config().workingDir.isEmpty() ? "/" : container.config().workingDir;
        for (Map.Entry<String, String> sysctl : host.sysctls.entrySet()) {
            if (sandbox.namespace() == daemon.network() && sysctl.getKey().startsWith("net.")) {
                throw new EngineException(500, "failed to create task for container: failed to create shim task: OCI runtime create failed: "
                        + "runc create failed: sysctl \"" + sysctl.getKey() + "\" not allowed in host network namespace");
            }
            setSysctl(sandbox, sysctl.getKey(), sysctl.getValue());
        }
        PidNamespace pids = host.pidMode.equals("host") ? daemon.context().pids() : container.pids;
        if (!directory.equals("/")) {
            container.files().addDirectory(directory);
        }
        Map<String, String> environment = Links.environment(container);
        environment.putAll(ContainerCreation.environment(container.config()));
        mounts.apply(container);
        container.files().mount(SYSCTLS, daemon.context().files(), SYSCTLS, !host.privileged);
        if (host.init) {
            container.files().mount(INIT, daemon.context().files(), HOST_INIT, true);
        }
        container.files().setReadOnly(host.readonlyRootfs);
        Users.Found user = Users.find(container.files(), container.config().user, host.groupAdd);
        environment.putIfAbsent("HOME", user.home());
        var context = new ProcessContext(sandbox.namespace(), uts, pids, container.files(),
                Launcher.capabilities(host.privileged, host.capAdd, host.capDrop),
                environment, directory);
        context.become(user.user());
        context.enterMounts(mountNamespace);
        context.enterIpc(ipc);
        return context;
    }

    private static void setSysctl(Sandbox sandbox, String name, String value) throws EngineException {
        try {
            sandbox.namespace().sysctls().set(name, value);
        } catch (KernelException e) {
            throw createFailed("open sysctl " + name + " file: unsafe procfs detected: openat2 fsmount:fscontext:proc/./sys/"
                    + name.replace('.', '/') + ": " + e.errno().message().toLowerCase(Locale.ROOT));
        }
    }

    private static EngineException createFailed(String why) {
        return EngineException.badRequest("failed to create task for container: failed to create shim task: OCI runtime create failed: "
                + "runc create failed: unable to start container process: error during container init: " + why);
    }

    private Launcher.Command command(Container container, ProcessContext context) throws EngineException {
        try {
            return Launcher.find(daemon, container.files(), line(container), context.directory(), Launcher.searchPath(context));
        } catch (EngineException e) {
            container.state().exitCode = e.message().endsWith("permission denied") || e.message().endsWith("is a directory") ? 126 : 127;
            throw createFailed(e.message());
        }
    }

    /** With {@code --init} the container's first process is the engine's own, bound into its files ({@code daemon/oci_linux.go}). */
    private static List<String> line(Container container) {
        if (!container.hostConfig().init) {
            return container.commandLine();
        }
        var line = new ArrayList<String>(List.of(INIT, "--"));
        line.addAll(container.commandLine());
        return line;
    }

    private void spawn(Container container, ProcessContext context, Launcher.Command command) throws EngineException {
        EmulatedProcess init = Launcher.spawn(daemon, context, container.stdio(), command);
        init.setGroup(container.group(init.pid()));
        if (context.pids() != daemon.context().pids()) {
            init.becomeNamespaceInit();
        }
        container.init = init;
        ContainerState state = container.state();
        state.running = true;
        state.restarting = false;
        state.paused = false;
        state.pid = init.pid();
        state.exitCode = 0;
        state.error = "";
        state.startedAt = now();
        state.finishedAt = -1;
        HealthMonitor.start(this, container, init);
        init.onExit(() -> simulation().schedule(EXIT_LATENCY, () -> ended(container, init)));
        container.changed().wakeAll();
    }

    // ---- signals, end ----

    /** All processes of the container. */
    public List<EmulatedProcess> processes(Container container) {
        EmulatedProcess init = container.init();
        if (init == null) {
            return List.of();
        }
        PidNamespace own = init.context().pids();
        if (own == daemon.context().pids()) {
            return List.of(init);
        }
        return daemon.table().processes().stream().filter(p -> p.context().pids() == own).toList();
    }

    void signal(Container container, Signal signal) {
        EmulatedProcess init = container.init();
        if (init != null) {
            init.signal(signal);
        }
    }

    private void ended(Container container, EmulatedProcess init) {
        if (container.init != init) {
            return;
        }
        ContainerState state = container.state();
        if (container.health != null) {
            container.health.status = "unhealthy";
        }
        state.running = false;
        state.paused = false;
        state.pid = 0;
        state.exitCode = init.exitStatus();
        state.finishedAt = now();
        takeDown(container);
        onEnd.accept(container);
    }

    /** Its process, networks and resolver go, as far as they are there. */
    void takeDown(Container container) {
        container.init = null;
        container.context = null;
        Sandbox sandbox = container.sandbox;
        container.sandbox = null;
        if (sandbox == null) {
            return;
        }
        containerNetworks.leave(container, sandbox);
        if (container.resolver != null) {
            container.resolver.stop();
            container.resolver = null;
        }
        if (!sandbox.isShared() && !container.hostConfig().isContainerNetwork()) {
            daemon.context().files().removeTree(sandbox.file());
        }
        sandbox.release();
    }
}
