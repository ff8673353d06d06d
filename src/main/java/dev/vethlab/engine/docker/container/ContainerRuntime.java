package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.Ids;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ExecRequest;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.PortBinding;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.docker.dns.Resolver;
import dev.vethlab.engine.docker.network.Endpoint;
import dev.vethlab.engine.docker.network.Network;
import dev.vethlab.engine.docker.network.Networks;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.docker.publish.PortMapper;
import dev.vethlab.engine.docker.publish.PortMapping;
import dev.vethlab.engine.docker.volume.Volumes;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.PidNamespace;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.ProcessLimitException;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.User;
import dev.vethlab.engine.process.Uts;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes containers run: namespace, files, first process, networks, in the order of {@code daemon/start.go}; and takes it all down when
 * the first process ends.
 */
public final class ContainerRuntime {
    /** From the end of a container's process until the engine has heard of it from containerd. */
    private static final long EXIT_LATENCY = 15_000_000;

    private final EmulatedProcess daemon;
    private final DaemonConfig config;
    private final Ids ids;
    private final Networks networks;
    private final Mounts mounts;
    private Consumer<Container> onEnd = container -> {};
    private Consumer<Container> onHealth = container -> {};

    /** Finds another container, for {@code --network container:NAME} and {@code --link}. */
    public interface Finder {
        Container find(String term) throws EngineException;
    }

    /** A container's process is runc first, whose threads take numbers of the PID namespace; how many is not always the same. */
    private static final int RUNC_THREADS = 5;

    private static final String SHARING =
            "container sharing network namespace with another container or host cannot be connected to any other network";

    public ContainerRuntime(EmulatedProcess daemon, DaemonConfig config, Ids ids, Networks networks, Volumes volumes) {
        this.daemon = daemon;
        this.config = config;
        this.ids = ids;
        this.networks = networks;
        this.mounts = new Mounts(daemon, volumes);
    }

    Ids ids() {
        return ids;
    }

    Mounts mounts() {
        return mounts;
    }

    Networks networks() {
        return networks;
    }

    WorldLimits limits() {
        return daemon.network().kernel().limits();
    }

    void onEnd(Consumer<Container> listener) {
        onEnd = listener;
    }

    void onHealth(Consumer<Container> listener) {
        onHealth = listener;
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

    void start(Container container, Finder others) throws EngineException {
        ContainerCreation.checkLogDriver(container.hostConfig().logDriver);
        Sandbox sandbox = openSandbox(container, others);
        container.sandbox = sandbox;
        try {
            ProcessContext context = surroundings(container, sandbox, others);
            container.context = context;
            writeFiles(container, sandbox, others);
            Launcher.Command command = command(container, context);
            join(container, sandbox, others);
            spawn(container, context, command);
        } catch (EngineException e) {
            takeDown(container);
            throw e;
        }
    }

    private Sandbox openSandbox(Container container, Finder others) throws EngineException {
        HostConfig host = container.hostConfig();
        if (host.isContainerNetwork()) {
            Container other;
            try {
                other = others.find(host.connectedContainer());
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
                    + "runc create failed: unable to start container process: " + e.getMessage().toLowerCase(java.util.Locale.ROOT));
        }
        return Sandbox.create(ids.next(), namespace);
    }

    private ProcessContext surroundings(Container container, Sandbox sandbox, Finder others) throws EngineException {
        HostConfig host = container.hostConfig();
        var uts = new Uts(container.config().hostname);
        container.pids = new PidNamespace();
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
        container.files().setReadOnly(host.readonlyRootfs);
        Users.Found user = Users.find(container.files(), container.config().user);
        environment.putIfAbsent("HOME", user.home());
        var context = new ProcessContext(sandbox.namespace(), uts, pids, container.files(),
                Launcher.capabilities(host.privileged, host.capAdd, host.capDrop),
                environment, directory);
        context.become(user.user());
        return context;
    }

    private static void setSysctl(Sandbox sandbox, String name, String value) throws EngineException {
        try {
            sandbox.namespace().sysctls().set(name, value);
        } catch (KernelException e) {
            throw createFailed("open sysctl " + name + " file: unsafe procfs detected: openat2 fsmount:fscontext:proc/./sys/"
                    + name.replace('.', '/') + ": " + e.errno().message().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static EngineException createFailed(String why) {
        return EngineException.badRequest("failed to create task for container: failed to create shim task: OCI runtime create failed: "
                + "runc create failed: unable to start container process: error during container init: " + why);
    }

    private Launcher.Command command(Container container, ProcessContext context) throws EngineException {
        try {
            return Launcher.find(daemon, container.files(), container.commandLine(), context.directory(), Launcher.searchPath(context));
        } catch (EngineException e) {
            container.state().exitCode = e.message().endsWith("permission denied") || e.message().endsWith("is a directory") ? 126 : 127;
            throw createFailed(e.message());
        }
    }

    private void spawn(Container container, ProcessContext context, Launcher.Command command) throws EngineException {
        List<OpenFile> files = container.stdio();
        EmulatedProcess init;
        try {
            init = daemon.table().spawn(daemon, context, files, command.program(), command.arguments());
        } catch (ProcessLimitException e) {
            throw EngineException.internal(String.valueOf(e.getMessage()));
        }
        init.setGroup(container.group(init.pid()));
        context.pids().skip(RUNC_THREADS);
        if (!container.hostConfig().init && context.pids() != daemon.context().pids()) {
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

    // ---- networks ----

    private void join(Container container, Sandbox sandbox, Finder others) throws EngineException {
        if (container.hostConfig().isContainerNetwork()) {
            return;
        }
        try {
            if (sandbox.isShared() && container.networks().size() > 1) {
                throw EngineException.forbidden(SHARING);
            }
            for (String name : container.networks().keySet()) {
                if (container.networks().size() > 1 && isSpecial(name)) {
                    throw EngineException.forbidden(notBesideOthers(name));
                }
            }
            for (String name : List.copyOf(container.networks().keySet())) {
                if (!isMissingBridge(name)) {
                    connect(container, sandbox, networks.find(name), name);
                }
            }
        } catch (EngineException e) {
            throw e.within("failed to set up container networking");
        }
        writeFiles(container, sandbox, others);
        Links.open(container, networks);
        Links.announce(container);
    }

    /** Whether it is the default bridge, of which there is none: a container on it has no network, and that is no error. */
    public boolean isMissingBridge(String network) {
        return config.withoutBridge() && network.equals(NetworkView.DEFAULT);
    }

    private Endpoint connect(Container container, Sandbox sandbox, Network network, String key) throws EngineException {
        EndpointSettings settings = java.util.Objects.requireNonNull(container.networks().remove(key));
        container.networks().put(network.name(), settings);
        settings.clearOperational();
        settings.dnsNames = network.isUserDefined() ? dnsNames(container, settings) : new ArrayList<>();
        ContainerCreation.checkAddress(network, settings);
        return networks.connect(network,
                new Networks.Guest(container.id(), container.name(), sandbox, wishedPorts(container)), settings);
    }

    /** Container name, aliases, short id, host name: each once ({@code buildEndpointDNSNames}). */
    private static List<String> dnsNames(Container container, EndpointSettings settings) {
        var names = new ArrayList<String>();
        names.add(container.name());
        names.addAll(settings.aliases);
        names.add(ShortId.of(container.id()));
        names.add(container.config().hostname);
        return names.stream().filter(n -> !n.isEmpty()).distinct().collect(java.util.stream.Collectors.toCollection(ArrayList::new));
    }

    /** What {@code -p} and {@code -P} ask for; addresses follow when the network is known. */
    private static List<PortMapping> wishedPorts(Container container) throws EngineException {
        var wishes = new ArrayList<PortMapping>();
        for (Port port : container.config().exposedPorts) {
            List<PortBinding> bindings = container.hostConfig().portBindings.getOrDefault(port, List.of());
            for (PortBinding binding : bindings) {
                wishes.add(wish(port, binding));
            }
            if (bindings.isEmpty() && container.hostConfig().publishAllPorts) {
                wishes.add(new PortMapping(port.protocol(), 0, port.number(), PortMapper.UNSPECIFIED, 0, 0, true));
            }
        }
        return wishes;
    }

    private static PortMapping wish(Port port, PortBinding binding) throws EngineException {
        if (port.protocol().equals("sctp")) {
            throw EngineException.notEmulated("publishing an sctp port is not emulated");
        }
        String[] range = binding.hostPort().isEmpty() ? new String[] {"0"} : binding.hostPort().split("-", 2);
        int first = Integer.parseInt(range[0]);
        int last = range.length > 1 ? Integer.parseInt(range[1]) : first;
        int address = binding.hostIp().isEmpty() ? PortMapper.UNSPECIFIED
                : Ipv4.parse(binding.hostIp()).orElseThrow(() ->
                EngineException.notEmulated("publishing on " + binding.hostIp() + " is not emulated"));
        return new PortMapping(port.protocol(), 0, port.number(), address, first, last, true);
    }

    private static boolean isSpecial(String network) {
        return network.equals("host") || network.equals("none");
    }

    private static String notBesideOthers(String network) {
        return network.equals("host") ? "cannot connect container to host network - container must be created in host network mode"
                : "container cannot be connected to multiple networks with one of the networks in private (none) mode";
    }

    /** Connects a container to one more network, now if it runs, else when it starts. */
    public void connect(Container container, Network network, EndpointSettings settings, Finder others) throws EngineException {
        HostConfig host = container.hostConfig();
        if (host.isContainerNetwork()) {
            throw EngineException.forbidden(SHARING);
        }
        ContainerCreation.checkEndpoint(network.name(), settings);
        if (container.networks().containsKey("host")) {
            throw EngineException.forbidden(SHARING);
        }
        if (isSpecial(network.name())) {
            throw EngineException.forbidden(notBesideOthers(network.name()));
        }
        if (container.networks().containsKey("none")) {
            throw EngineException.forbidden(notBesideOthers("none"));
        }
        Sandbox sandbox = container.sandbox();
        EndpointSettings before = container.networks().get(network.name());
        if (before != null) {
            throw EngineException.forbidden(
                    "endpoint with name " + container.name() + " already exists in network " + network.name());
        }
        container.networks().put(network.name(), settings);
        if (sandbox == null) {
            settings.networkId = network.id();
            settings.dnsNames = network.isUserDefined() ? dnsNames(container, settings) : new ArrayList<>();
            return;
        }
        try {
            connect(container, sandbox, network, network.name());
        } catch (EngineException e) {
            container.networks().remove(network.name());
            throw e;
        }
        writeFiles(container, sandbox, others);
    }

    /** Takes it off a network. */
    public void disconnect(Container container, Network network, Finder others) throws EngineException {
        if (network.name().equals("host")) {
            throw EngineException.forbidden("cannot disconnect container from host network - container was created in host network mode");
        }
        if (!container.networks().containsKey(network.name())) {
            throw EngineException.forbidden("container " + container.id() + " is not connected to network " + network.name());
        }
        Sandbox sandbox = container.sandbox();
        if (sandbox != null) {
            for (Endpoint endpoint : sandbox.endpoints()) {
                if (endpoint.network() == network) {
                    networks.disconnect(endpoint, wishedPorts(container));
                }
            }
        }
        container.networks().remove(network.name());
        if (sandbox != null) {
            writeFiles(container, sandbox, others);
        }
    }

    /** One of its links is no more. */
    void unlinked(Container container, Finder others) throws EngineException {
        Sandbox sandbox = container.sandbox();
        if (sandbox != null) {
            writeFiles(container, sandbox, others);
            for (Endpoint endpoint : sandbox.endpoints()) {
                networks.unlink(endpoint);
            }
            Links.open(container, networks);
        }
    }

    /** Its names follow a new name. */
    void renamed(Container container) {
        for (Map.Entry<String, EndpointSettings> entry : container.networks().entrySet()) {
            if (!NetworkView.isPredefined(entry.getKey())) {
                entry.getValue().dnsNames = dnsNames(container, entry.getValue());
            }
        }
        Sandbox sandbox = container.sandbox();
        if (sandbox != null && !sandbox.isShared() && !container.hostConfig().isContainerNetwork()) {
            sandbox.namespace().retitle(container.name());
            sandbox.endpoints().forEach(e -> networks.rename(e, container.name(),
                    java.util.Objects.requireNonNull(container.networks().get(e.network().name())).dnsNames));
        }
    }

    // ---- files ----

    private void writeFiles(Container container, Sandbox sandbox, Finder others) throws EngineException {
        container.bind("/.dockerenv", "");
        container.bind("/etc/hostname", container.config().hostname + "\n");
        String hostResolv = text("/etc/resolv.conf");
        if (container.hostConfig().isContainerNetwork()) {
            Container other = others.find(container.hostConfig().connectedContainer());
            container.bind("/etc/hosts", java.util.Objects.requireNonNullElse(other.files().text("/etc/hosts"), ""));
            container.bind("/etc/resolv.conf", java.util.Objects.requireNonNullElse(other.files().text("/etc/resolv.conf"), ""));
            return;
        }
        HostConfig host = container.hostConfig();
        var extra = new ArrayList<>(host.extraHosts);
        extra.addAll(Links.hosts(container));
        var overrides = new NetworkFiles.Overrides(
                host.dns.isEmpty() ? config.dns() : host.dns,
                host.dnsSearch.isEmpty() ? config.dnsSearch() : host.dnsSearch,
                host.dnsOptions.isEmpty() ? config.dnsOptions() : host.dnsOptions);
        var resolv = new NetworkFiles.ResolvConf(hostResolv, overrides);
        List<Integer> addresses = sandbox.endpoints().stream().map(Endpoint::address).filter(a -> a != 0).toList();
        container.bind("/etc/hosts", sandbox.isShared() && extra.isEmpty()
                ? text("/etc/hosts")
                : NetworkFiles.hosts(extra, hostGateway(), container.config().fullHostname(), addresses, hasIpv6(sandbox)));
        boolean resolves = sandbox.endpoints().stream().anyMatch(e -> e.network().isUserDefined());
        if (resolves) {
            List<String> external = resolv.forInternalResolver();
            if (container.resolver == null) {
                container.resolver = Resolver.start(daemon, sandbox, external, overrides.servers().isEmpty());
            }
        } else if (!sandbox.isShared()) {
            resolv.forLegacyNetwork();
        }
        container.bind("/etc/resolv.conf", resolv.text());
    }

    private static boolean hasIpv6(Sandbox sandbox) {
        return "0".equals(sandbox.namespace().sysctls().get("net.ipv6.conf.lo.disable_ipv6"));
    }

    private String text(String path) {
        String text = daemon.context().files().text(path);
        return text == null ? "" : text;
    }

    /** {@code host-gateway}: the default bridge's own address. */
    private String hostGateway() {
        for (Network network : networks.all()) {
            if (network.name().equals(NetworkView.DEFAULT) && network.gateway() != 0) {
                return Ipv4.text(network.gateway());
            }
        }
        return "";
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

    private void takeDown(Container container) {
        container.init = null;
        container.context = null;
        Sandbox sandbox = container.sandbox;
        container.sandbox = null;
        if (sandbox == null) {
            return;
        }
        if (!container.hostConfig().isContainerNetwork()) {
            for (Endpoint endpoint : sandbox.endpoints()) {
                networks.disconnect(endpoint, List.of());
            }
            container.networks().values().forEach(EndpointSettings::clearOperational);
        }
        if (container.resolver != null) {
            container.resolver.stop();
            container.resolver = null;
        }
        sandbox.release();
    }

    void disconnectAll(Container container) {
        takeDown(container);
    }

    // ---- exec ----

    /** Runs one more process in a running container; {@code terminal} is null unless it gets one. */
    void exec(Exec exec, @Nullable OpenFile input, @Nullable OpenFile terminal, int group) throws EngineException {
        Container container = exec.container();
        ProcessContext own = container.context;
        EmulatedProcess init = container.init();
        if (own == null || init == null) {
            throw EngineException.conflict("container " + container.id() + " is not running");
        }
        ExecRequest request = exec.request();
        var environment = new java.util.LinkedHashMap<>(own.environment());
        if (request.tty()) {
            environment.putIfAbsent("TERM", "xterm");
        }
        environment.putAll(request.environment());
        HostConfig host = container.hostConfig();
        var rights = Launcher.capabilities(request.privileged() || host.privileged, host.capAdd, host.capDrop);
        String directory = request.workingDirectory().isEmpty() ? own.directory() : request.workingDirectory();
        User user = own.user();
        if (!request.user().isEmpty()) {
            Users.Found found = Users.find(container.files(), request.user());
            user = found.user();
            if (container.config().env.stream().noneMatch(v -> v.startsWith("HOME="))) {
                environment.put("HOME", found.home());
            }
        }
        var context = new ProcessContext(own.network(), own.uts(), own.pids(), own.files(), rights, environment, directory);
        context.become(user);
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
        List<OpenFile> files = terminal != null
                ? List.of(terminal, terminal, terminal)
                : List.of(in, exec.output().writer(false), exec.output().writer(true));
        try {
            exec.process = daemon.table().spawn(daemon, context, files, command.program(), command.arguments());
        } catch (ProcessLimitException e) {
            throw EngineException.internal(String.valueOf(e.getMessage()));
        }
        context.pids().skip(RUNC_THREADS);
        exec.process.setGroup(group == 0 ? exec.process.pid() : group);
    }
}
