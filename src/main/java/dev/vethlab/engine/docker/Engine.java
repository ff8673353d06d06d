package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.SystemInfo;
import dev.vethlab.engine.docker.container.ContainerRuntime;
import dev.vethlab.engine.docker.container.Containers;
import dev.vethlab.engine.docker.image.ImageStore;
import dev.vethlab.engine.docker.network.Firewaller;
import dev.vethlab.engine.docker.network.Networks;
import dev.vethlab.engine.docker.publish.HostSockets;
import dev.vethlab.engine.docker.publish.PortAllocator;
import dev.vethlab.engine.docker.publish.PortMapper;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.ProcessTable;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.process.file.NullFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Docker Engine of one machine. Its operations are those of the Engine API v1.51, in plain Java; errors are {@link
 * EngineException}s with the API's status and message.
 */
public final class Engine implements EngineApi {
    private final Machine machine;
    private final EmulatedProcess daemon;
    private final DaemonConfig config;
    private final Ids ids;
    private final EventLog events;
    private final ImageStore images;
    private final Networks networks;
    private final Containers containers;
    private final ImageRoutes imageRoutes;
    private final NetworkRoutes networkRoutes;

    private Engine(Machine machine, EmulatedProcess daemon, Map<String, Executable> programs, DaemonConfig config) throws EngineException {
        this.machine = machine;
        this.daemon = daemon;
        this.config = config;
        this.ids = new Ids(machine.kernel());
        this.events = new EventLog(machine.kernel().simulation());
        this.images = new ImageStore(programs);
        var firewaller = new Firewaller(machine.root().netfilter(), config.iptables(), !config.userlandProxy(),
                config.allowDirectRouting());
        var ports = new PortMapper(new PortAllocator(machine.root().sysctls()), new HostSockets(daemon, config.userlandProxy()));
        this.networks = new Networks(machine, ids, config, firewaller, ports, this::nameServers);
        this.containers = new Containers(ids, new NameGenerator(machine.kernel()), images, events,
                new ContainerRuntime(daemon, config, ids, networks));
        this.imageRoutes = new ImageRoutes(images, containers);
        this.networkRoutes = new NetworkRoutes(networks, containers, events);
        firewaller.start();
        networks.createPredefined();
        firewaller.setUpUserChain();
    }

    /**
     * Starts an engine: its process, its chains and rules, and the default bridge.
     *
     * @param surroundings what a service of the machine sees: the machine's own namespaces and files
     * @param programs the programs that images are filled with, by name
     */
    public static Engine start(
            Machine machine, ProcessTable processes, ProcessContext surroundings, Map<String, Executable> programs, DaemonConfig config) {
        var nothing = new NullFile();
        var arguments = new ArrayList<String>();
        arguments.add("dockerd");
        arguments.addAll(config.flags());
        Resident resident = self -> {};
        EmulatedProcess daemon = processes.spawn(null, surroundings, List.of(nothing, nothing, nothing), resident, arguments);
        try {
            return new Engine(machine, daemon, programs, config);
        } catch (EngineException e) {
            throw new IllegalStateException("the engine does not start: " + e.message(), e);
        }
    }

    private List<Integer> nameServers() {
        String text = daemon.context().files().text("/etc/resolv.conf");
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
                (int) containers.all().stream().filter(c -> !c.state().isRunning()).count(), images.layerCount(), images.layersSize());
    }

    private int count(String status) {
        return (int) containers.all().stream().filter(c -> c.state().status().equals(status)).count();
    }
}
