package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.NetworkCreate;
import dev.vethlab.engine.docker.container.Container;
import dev.vethlab.engine.docker.container.ContainerRuntime;
import dev.vethlab.engine.docker.container.Containers;
import dev.vethlab.engine.docker.container.Exec;
import dev.vethlab.engine.docker.container.OutputLog;
import dev.vethlab.engine.docker.image.ImageStore;
import dev.vethlab.engine.docker.network.Firewaller;
import dev.vethlab.engine.docker.network.Network;
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
import dev.vethlab.engine.process.file.OpenFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Docker Engine of one machine. Its operations are those of the Engine API v1.51, in plain Java; errors are {@link
 * EngineException}s with the API's status and message.
 */
public final class Engine {
    public static final String VERSION = "28.5.2";
    public static final String API_VERSION = "1.51";

    private final Machine machine;
    private final EmulatedProcess daemon;
    private final DaemonConfig config;
    private final Ids ids;
    private final EventLog events;
    private final ImageStore images;
    private final Networks networks;
    private final ContainerRuntime runtime;
    private final Containers containers;

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
        this.runtime = new ContainerRuntime(daemon, config, ids, networks);
        this.containers = new Containers(ids, new NameGenerator(machine.kernel()), images, events, runtime);
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

    // ---- parts ----

    public Machine machine() {
        return machine;
    }

    public DaemonConfig config() {
        return config;
    }

    public ImageStore images() {
        return images;
    }

    public Networks networks() {
        return networks;
    }

    public Containers containers() {
        return containers;
    }

    public EventLog events() {
        return events;
    }

    /** Virtual time in nanoseconds. */
    public long now() {
        return machine.kernel().now();
    }

    /** The processes of a container. */
    public List<EmulatedProcess> processes(Container container) {
        return runtime.processes(container);
    }

    // ---- containers ----

    public Container containerCreate(String name, ContainerConfig config, HostConfig host, Map<String, EndpointSettings> endpoints)
            throws EngineException {
        return containers.create(name, config, host, endpoints);
    }

    public Exec execCreate(Container container, Exec.Request request) throws EngineException {
        if (!container.state().isRunning()) {
            throw EngineException.conflict("container " + container.id() + " is not running");
        }
        if (container.state().isPaused()) {
            throw EngineException.conflict("Container " + container.name() + " is paused, unpause the container before exec");
        }
        var exec = new Exec(ids.next(), container, request, new OutputLog(machine.kernel().simulation()));
        container.execs().add(exec);
        return exec;
    }

    /** Starts it; {@code terminal} if it is to have one. */
    public void execStart(Exec exec, @Nullable OpenFile input, @Nullable OpenFile terminal) throws EngineException {
        try {
            runtime.exec(exec, input, terminal);
        } catch (EngineException e) {
            exec.container().execs().remove(exec);
            throw e;
        }
        java.util.Objects.requireNonNull(exec.process()).onExit(() -> exec.container().execs().remove(exec));
    }

    // ---- networks ----

    public Network networkCreate(NetworkCreate request) throws EngineException {
        Network network = networks.create(request);
        record(network, "create", Collections.emptyMap());
        return network;
    }

    public void networkRemove(String term) throws EngineException {
        record(networks.remove(term), "destroy", Collections.emptyMap());
    }

    public void networkConnect(Network network, Container container, EndpointSettings settings) throws EngineException {
        runtime.connect(container, network, settings, containers::find);
        record(network, "connect", Collections.singletonMap("container", container.id()));
    }

    public void networkDisconnect(Network network, Container container) throws EngineException {
        runtime.disconnect(container, network, containers::find);
        record(network, "disconnect", Collections.singletonMap("container", container.id()));
    }

    private void record(Network network, String action, Map<String, String> more) {
        var attributes = new TreeMap<>(more);
        attributes.put("name", network.name());
        attributes.put("type", network.driver());
        events.record("network", action, network.id(), attributes);
    }
}
