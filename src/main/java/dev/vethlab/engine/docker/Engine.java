package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.SystemInfo;
import dev.vethlab.engine.docker.container.Container;
import dev.vethlab.engine.docker.container.ContainerIndex;
import dev.vethlab.engine.docker.container.ContainerRuntime;
import dev.vethlab.engine.docker.container.Containers;
import dev.vethlab.engine.docker.image.ImageRecipes;
import dev.vethlab.engine.docker.image.ImageStore;
import dev.vethlab.engine.docker.network.Firewaller;
import dev.vethlab.engine.docker.network.Ipam;
import dev.vethlab.engine.docker.network.Network;
import dev.vethlab.engine.docker.network.Networks;
import dev.vethlab.engine.docker.publish.HostSockets;
import dev.vethlab.engine.docker.publish.PortAllocator;
import dev.vethlab.engine.docker.publish.PortMapper;
import dev.vethlab.engine.docker.volume.Volumes;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.ProcessTable;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Docker Engine of one machine. Its operations are those of the Engine API v1.51, in plain Java; errors are {@link
 * EngineException}s with the API's status and message.
 */
public final class Engine implements EngineApi {
    private static final String PID_FILE = "/run/docker.pid";
    private static final String SOCKET = "/run/docker.sock";
    private static final int DOCKER_GROUP = 995;

    private final Machine machine;
    private final ProcessTable processes;
    private final ProcessContext surroundings;
    private final Ids ids;
    private final ImageStore images;
    private final Volumes volumes;
    private final DaemonLog log;
    private final WaitQueue changed;
    private DaemonConfig config;
    private EmulatedProcess daemon;
    private EventLog events;

    /** How the machine starts it by itself. */
    private final DaemonConfig service;

    private Networks networks;
    private Containers containers;
    private ImageRoutes imageRoutes;
    private NetworkRoutes networkRoutes;
    private boolean stopping;

    private Engine(
            Machine machine, ProcessTable processes, ProcessContext surroundings, ImageRecipes recipes, DaemonConfig config)
            throws EngineException {
        this.machine = machine;
        this.processes = processes;
        this.surroundings = surroundings;
        this.ids = new Ids(machine.kernel());
        this.images = new ImageStore(recipes, machine.kernel().memory());
        this.log = new DaemonLog(machine.kernel().simulation());
        this.changed = new WaitQueue(machine.kernel().simulation());
        this.config = config;
        this.service = config;
        this.daemon = spawn();
        this.events = new EventLog(machine.kernel().simulation());
        this.volumes = new Volumes(surroundings.files(), ids, machine.kernel().simulation(), events);
        this.networks = makeNetworks();
        this.containers = makeContainers();
        this.imageRoutes = new ImageRoutes(images, containers, ids, events);
        this.networkRoutes = new NetworkRoutes(networks, containers, events);
        volumes.connect(containers::usersOf, events);
        networks.start(List.of());
    }

    /**
     * Starts an engine: its process, its chains and rules, and the default bridge.
     *
     * @param surroundings what a service of the machine sees: the machine's own namespaces and files
     * @param recipes what is on hand and in the registry
     */
    public static Engine start(
            Machine machine, ProcessTable processes, ProcessContext surroundings, ImageRecipes recipes, DaemonConfig config) {
        try {
            return new Engine(machine, processes, surroundings, recipes, config);
        } catch (EngineException e) {
            throw new IllegalStateException("the engine does not start: " + e.message(), e);
        }
    }

    private EmulatedProcess spawn() {
        var nothing = new NullFile();
        var arguments = new ArrayList<String>();
        arguments.add("dockerd");
        arguments.addAll(config.flags());
        EmulatedProcess process = processes.spawn(null, surroundings, List.of(nothing, nothing, nothing), (Resident) self -> {}, arguments);
        process.setGroup(process.pid());
        return listening(process);
    }

    /** It hears signals, and clients find it. */
    private EmulatedProcess listening(EmulatedProcess process) {
        process.onSignal(Signal.TERM, this::stop);
        process.onSignal(Signal.INT, this::stop);
        process.onSignal(Signal.HUP, this::reload);
        surroundings.files().addFile(PID_FILE, process.pid() + "\n");
        surroundings.files().addSocket(SOCKET, DOCKER_GROUP);
        return process;
    }

    private Networks makeNetworks() {
        var firewaller = new Firewaller(machine.root().netfilter(), config.iptables(), !config.userlandProxy(),
                config.allowDirectRouting());
        var ports = new PortMapper(new PortAllocator(machine.root().sysctls()), new HostSockets(daemon, config.userlandProxy()));
        return new Networks(machine, ids, config, firewaller, ports, this::nameServers);
    }

    private Containers makeContainers() {
        var index = new ContainerIndex();
        return new Containers(ids, new NameGenerator(machine.kernel()), images, events,
                new ContainerRuntime(daemon, config, ids, networks, volumes, index), index);
    }

    // ---- the daemon ----

    @Override
    public boolean ping() {
        return !daemon.hasEnded() && !stopping;
    }

    /** Whether its process is there, perhaps on its way out. */
    public boolean isRunning() {
        return !daemon.hasEnded();
    }

    /** Wakes when its process has ended. */
    public WaitQueue changed() {
        return changed;
    }

    /** Its process; perhaps ended. */
    public EmulatedProcess daemon() {
        return daemon;
    }

    /** What it said. */
    public DaemonLog log() {
        return log;
    }

    /** Ends all containers as {@code docker stop} does, then the daemon; networks with bridges and rules stay ({@code daemon.Shutdown}). */
    public void stop() {
        if (stopping || !isRunning()) {
            return;
        }
        stopping = true;
        log.info("Processing signal 'terminated'");
        containers.shutDown(() -> {
            log.info("Daemon shutdown complete");
            stopping = false;
            removePidFile();
            daemon.exit(0);
            changed.wakeAll();
        });
    }

    private void removePidFile() {
        try {
            surroundings.files().unlink(daemon, PID_FILE);
            surroundings.files().unlink(daemon, SOCKET);
        } catch (KernelException e) {
            // somebody else took it away: that is what was wanted
        }
    }

    /** The configuration that a start would take: that of the flags it was first started with and of the file. */
    public DaemonConfig configured() {
        String file = surroundings.files().text(ConfigFile.PATH);
        return service.with(file == null ? "" : file);
    }

    /**
     * Starts the daemon again after it has ended: chains and rules anew, networks and containers from what was kept, and those running
     * whose restart policy says so ({@code daemon.restore}).
     *
     * @throws IllegalArgumentException if the configuration file is wrong
     */
    public void start() throws EngineException {
        if (!isRunning()) {
            begin(configured(), null);
        }
    }

    /** As {@link #start}, in a process that somebody started with a configuration of its own; the log goes where that writes, too. */
    public void startAs(EmulatedProcess process, DaemonConfig wanted, Consumer<String> output) throws EngineException {
        log.echo(output);
        process.onExit(() -> {
            log.echo(line -> {});
            changed.wakeAll();
        });
        try {
            begin(wanted, process);
        } catch (EngineException e) {
            removePidFile();
            throw e;
        }
    }

    private void begin(DaemonConfig wanted, @Nullable EmulatedProcess own) throws EngineException {
        config = wanted;
        List<Network> keptNetworks = networks.all();
        Containers before = containers;
        log.info("Starting up");
        daemon = own == null ? spawn() : listening(own);
        events = new EventLog(machine.kernel().simulation());
        networks = makeNetworks();
        containers = makeContainers();
        imageRoutes = new ImageRoutes(images, containers, ids, events);
        networkRoutes = new NetworkRoutes(networks, containers, events);
        volumes.connect(containers::usersOf, events);
        log.info("Loading containers: start.");
        try {
            networks.start(keptNetworks);
        } catch (EngineException e) {
            throw e.within("Error initializing network controller: error creating default \"bridge\" network");
        }
        containers.restore(before);
        log.info("Loading containers: done.");
        log.info("Daemon has completed initialization");
        log.info("API listen on /run/docker.sock");
    }

    /** On SIGHUP: the file is looked at, but nothing that concerns networks is taken from it before the next start. */
    private void reload() {
        log.info("Got signal to reload configuration, reloading from: " + ConfigFile.PATH);
        try {
            configured();
            events.record("daemon", "reload", "", new TreeMap<>(Collections.singletonMap("name", machine.name())));
        } catch (IllegalArgumentException e) {
            log.error("Error reconfiguring the daemon: " + e.getMessage());
        }
    }

    private List<Integer> nameServers() {
        String text = surroundings.files().text("/etc/resolv.conf");
        var servers = new ArrayList<Integer>();
        if (text != null) {
            for (String line : text.split("\n")) {
                String[] words = line.strip().split("\\s+");
                if (words.length > 1 && words[0].equals("nameserver")) {
                    Ipv4.parse(words[1]).ifPresent(servers::add);
                }
            }
        }
        return servers;
    }

    public Machine machine() {
        return machine;
    }

    public DaemonConfig config() {
        return config;
    }

    @Override
    public ImageRoutes images() {
        return imageRoutes;
    }

    @Override
    public NetworkRoutes networks() {
        return networkRoutes;
    }

    /** What containers and images weigh ({@link dev.vethlab.engine.kernel.Memory}). */
    public long weight() {
        return images.weight() + containers.all().stream().mapToLong(Container::weight).sum();
    }

    @Override
    public Volumes volumes() {
        return volumes;
    }

    @Override
    public Containers containers() {
        return containers;
    }

    @Override
    public EventLog events() {
        return events;
    }

    @Override
    public SystemInfo info() {
        return new SystemInfo(machine.name(), count("running"), count("paused"),
                (int) containers.all().stream().filter(c -> !c.state().isRunning()).count(), images.layerCount(), images.layersSize(),
                config.addressPools().equals(Ipam.standardPools()) ? List.of()
                        : config.addressPools().stream().map(p -> new SystemInfo.Pool(p.base().toString(), p.size())).toList(),
                config.iptables(), config.labels());
    }

    private int count(String status) {
        return (int) containers.all().stream().filter(c -> c.state().status().equals(status)).count();
    }
}
