package dev.vethlab.engine.world;

import dev.vethlab.engine.command.Programs;
import dev.vethlab.engine.command.docker.DockerPrograms;
import dev.vethlab.engine.command.service.ServicePrograms;
import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.Engine;
import dev.vethlab.engine.docker.image.ImageRecipes;
import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.engine.kernel.device.EthernetCard;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.process.file.SystemFiles;
import dev.vethlab.engine.shell.ShellSession;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole emulated world: its machines, cabled and booted. What it is and does follows from kind, seed and what is typed, and from
 * nothing else.
 */
public final class World {
    private static final ImageRecipes IMAGES = new ImageRecipes(Programs.all());

    /** Virtual time that booting takes: all of it is over when the first command is typed. */
    private static final long BOOT_TIME = 2_000_000_000L;

    private final WorldKind kind;
    private final Kernel kernel;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final @Nullable Lan lan;
    private @Nullable Engine engine;

    private World(WorldKind kind, long seed, WorldLimits limits) throws KernelException {
        this.kind = kind;
        this.kernel = Kernel.of(seed, limits);
        this.lan = kind.hasLan() ? new Lan(kernel) : null;
        kernel.memory().weigh(this::weight);
    }

    /**
     * Makes a world and boots it.
     *
     * @param dockerd flags of the Docker daemon; empty for none
     * @throws IllegalArgumentException naming the flag that the daemon does not know, or the world that has none
     */
    public static World boot(WorldKind kind, long seed, String dockerd) {
        return boot(kind, seed, dockerd, WorldLimits.DEFAULT);
    }

    /** The same with other limits. */
    public static World boot(WorldKind kind, long seed, String dockerd, WorldLimits limits) {
        DaemonConfig config = DaemonConfig.parse(dockerd);
        if (!kind.hasDocker() && !dockerd.isBlank()) {
            throw new IllegalArgumentException("the world " + kind.text() + " has no Docker daemon");
        }
        try {
            var world = new World(kind, seed, limits);
            world.cable();
            world.bootMachines();
            if (kind.hasDocker()) {
                world.boot("host", "sysctl -qw net.ipv4.ip_forward=1");
                world.startEngine(config);
            }
            world.settle();
            return world;
        } catch (KernelException e) {
            throw new IllegalStateException("the world does not boot: " + e.getMessage(), e);
        }
    }

    public WorldKind kind() {
        return kind;
    }

    public Kernel kernel() {
        return kernel;
    }

    /** The host's Docker engine; null in worlds that have none. */
    public @Nullable Engine engine() {
        return engine;
    }

    public Simulation simulation() {
        return kernel.simulation();
    }

    /** The machines that can be typed on, in the order in which they are shown. */
    public Collection<Node> nodes() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    public @Nullable Node node(String name) {
        return nodes.get(name);
    }

    /** Ends all processes: frees their threads. Nothing can be done with it afterwards. */
    public void discard() {
        nodes.values().forEach(node -> node.processes().discard());
    }

    // ---- making ----

    private void cable() throws KernelException {
        if (lan == null) {
            machine("host");
            return;
        }
        lan.plugIn(card(machine("host"), "eth0", 0x525400000110L));
        lan.plugIn(card(machine("client"), "eth0", 0x525400000120L));
        NetworkNamespace router = machine("router");
        lan.plugIn(card(router, "eth0", 0x525400000101L));
        EthernetCard wan = card(router, "eth1", 0x525400000201L);
        EthernetCard.connect(wan, card(machine("internet"), "eth0", 0x525400000280L));
    }

    private NetworkNamespace machine(String name) throws KernelException {
        var machine = new Machine(kernel, name);
        machine.root().sysctls().set("net.ipv6.conf.all.disable_ipv6", "1");
        machine.root().sysctls().set("net.ipv6.conf.default.disable_ipv6", "1");
        nodes.put(name, new Node(machine, BaseFiles.of(name)));
        return machine.root();
    }

    private static EthernetCard card(NetworkNamespace namespace, String name, long mac) throws KernelException {
        return namespace.devices().addCard(name, mac);
    }

    /** Boot scripts are ordinary commands, run one after the other on each machine. */
    private void bootMachines() {
        nodes.values().forEach(node -> run(node, "ip link set lo up"));
        if (lan != null) {
            boot("router", "ip link set eth0 up", "ip addr add 192.168.1.1/24 brd + dev eth0", "ip link set eth1 up",
                    "ip addr add 198.51.100.1/24 brd + dev eth1", "sysctl -qw net.ipv4.ip_forward=1",
                    "iptables -t nat -A POSTROUTING -o eth1 -j MASQUERADE");
            boot("host", "ip link set eth0 up", "ip addr add 192.168.1.10/24 brd + dev eth0", "ip route add default via 192.168.1.1");
            boot("client", "ip link set eth0 up", "ip addr add 192.168.1.20/24 brd + dev eth0", "ip route add default via 192.168.1.1");
            boot("internet", "ip link set eth0 up", "ip addr add 198.51.100.80/24 brd + dev eth0", "ip route add default via 198.51.100.1");
        }
        if (lan != null) {
            serve("router", "dnsmasq", "-k", "-h", "-R", "-u", "root", "--listen-address=192.168.1.1", "--bind-interfaces",
                    "--address=/example.com/198.51.100.80", "--address=/internet/198.51.100.80", "--address=/example.test/",
                            "--local-ttl=60");
            serve("internet", "internet.py");
        }
    }

    private void startEngine(DaemonConfig config) {
        Node host = java.util.Objects.requireNonNull(nodes.get("host"));
        engine = Engine.start(host.machine(), host.processes(), host.context(), IMAGES, config);
        new ServicePrograms(engine).all().forEach(host.files()::addExecutable);
        new DockerPrograms(engine)
                .all()
                .forEach((name, program) -> host.files().addExecutable(SystemFiles.programPath(name), program));
    }

    /** Starts a server that stays. */
    private void serve(String node, String... words) {
        java.util.Objects.requireNonNull(nodes.get(node)).start(java.util.Objects.requireNonNull(Programs.all().get(words[0])),
                List.of(words));
    }

    private void boot(String node, String... commands) {
        for (String command : commands) {
            run(java.util.Objects.requireNonNull(nodes.get(node)), command);
        }
    }

    private void run(Node node, String command) {
        var shell = ShellSession.open(node.processes(), node.context());
        ShellSession.Line line = shell.run(command, new NullFile());
        while (!line.isDone() && kernel.simulation().runNext()) {
            // until the command has ended
        }
        shell.process().signal(Signal.KILL);
        if (line.status() != 0) {
            throw new IllegalStateException("boot: " + node.name() + "$ " + command + " ended with " + line.status());
        }
    }

    private void settle() {
        while (kernel.simulation().nextEventTime() <= BOOT_TIME) {
            kernel.simulation().runNext();
        }
        kernel.simulation().advanceTo(BOOT_TIME);
    }

    // ---- looking ----

    private long weight() {
        return nodes.values().stream().mapToLong(Node::weight).sum() + (engine == null ? 0 : engine.weight());
    }

    /** All that has a kernel: the LAN switch, where there is one, and the machines that can be typed on. */
    public List<Machine> machines() {
        var machines = new ArrayList<Machine>();
        if (lan != null) {
            machines.add(lan.machine());
        }
        nodes.values().forEach(node -> machines.add(node.machine()));
        return List.copyOf(machines);
    }

    /** The structure as it is now. */
    public Topology topology() {
        var views = new ArrayList<Topology.MachineView>();
        DockerView docker = engine == null ? null : new DockerView(engine);
        for (Node node : nodes.values()) {
            views.add(view(node, engine != null && engine.machine() == node.machine() ? docker : null));
        }
        var switches = new ArrayList<Topology.SwitchView>();
        if (lan != null) {
            switches.add(new Topology.SwitchView(Lan.NAME, lan.bridge().forwarding().ports().stream().map(p -> p.device().name())
                    .toList()));
        }
        return new Topology(kernel.now(), List.copyOf(views), List.copyOf(switches), Topology.cables(machines()),
                docker == null ? List.of() : docker.containers(), docker == null ? List.of() : docker.networks());
    }

    private Topology.MachineView view(Node node, @Nullable DockerView docker) {
        Machine machine = node.machine();
        var namespaces = new ArrayList<Topology.NamespaceView>();
        for (NetworkNamespace namespace : machine.namespaces()) {
            String container = docker == null ? null : docker.containerOf(namespace);
            String kind = namespace == machine.root() ? "root" : container != null ? "container" : "named";
            namespaces.add(Topology.view(namespace, kind, container));
        }
        boolean forwards = machine.root().sysctls().isOn("net.ipv4.ip_forward");
        return new Topology.MachineView(node.name(), node.name(), docker != null, forwards, List.copyOf(namespaces));
    }
}
