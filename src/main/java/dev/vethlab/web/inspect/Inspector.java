package dev.vethlab.web.inspect;

import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.Dummy;
import dev.vethlab.engine.kernel.device.EthernetCard;
import dev.vethlab.engine.kernel.device.Ipvlan;
import dev.vethlab.engine.kernel.device.Loopback;
import dev.vethlab.engine.kernel.device.Macvlan;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.UpperDevice;
import dev.vethlab.engine.kernel.device.Veth;
import dev.vethlab.engine.kernel.device.Vlan;
import dev.vethlab.engine.kernel.device.Vxlan;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.world.Topology;
import dev.vethlab.engine.world.Topology.ContainerView;
import dev.vethlab.engine.world.World;
import dev.vethlab.web.inspect.Inspection.Fact;
import dev.vethlab.web.inspect.Inspection.Look;
import dev.vethlab.web.inspect.Inspection.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what a thing of the drawing is, and reads what the kernel and the engine know about it. Runs where the world may be read. */
final class Inspector {
    private static final Pattern CABLE = Pattern.compile("(.+)>((?:device|machine|switch):.+)");

    private final World world;
    private final Topology topology;

    private Inspector(World world) {
        this.world = world;
        topology = world.topology();
    }

    /** What is drawn as {@code node}; empty if it is not, or no longer, there. */
    static Optional<Inspection> of(World world, String node) {
        var inspector = new Inspector(world);
        Matcher cable = CABLE.matcher(node);
        return inspector.find(node).or(() -> cable.matches() ? inspector.cable(cable.group(1), cable.group(2)) : Optional.empty());
    }

    private Optional<Inspection> find(String node) {
        int colon = node.indexOf(':');
        String rest = node.substring(colon + 1);
        String[] path = rest.split("/", 3);
        return switch (node.substring(0, Math.max(0, colon))) {
            case "machine" -> machine(rest).map(this::machine);
            case "switch" -> machine(rest).flatMap(lan -> bridge(lan.root(), rest)).map(this::lanSwitch);
            case "container" -> container(rest).map(container -> container(container, Optional.empty()));
            case "namespace" -> path.length < 2 ? Optional.empty() : namespace(path[0], path[1]).map(this::namespace);
            case "device" -> device(path).map(this::device);
            case "station" -> path.length < 2 ? Optional.empty() : namespace(path[0], "").flatMap(root -> station(root, path[1]));
            default -> Optional.empty();
        };
    }

    // ---- finding ----

    private Optional<Machine> machine(String name) {
        return world.machines().stream().filter(machine -> machine.name().equals(name)).findFirst();
    }

    private Optional<NetworkNamespace> namespace(String machine, String name) {
        return machine(machine).flatMap(m -> m.namespaces().stream().filter(n -> n.name().equals(name)).findFirst());
    }

    private Optional<NetDevice> device(String[] path) {
        return path.length < 3 ? Optional.empty()
                : namespace(path[0], path[1]).flatMap(namespace -> Optional.ofNullable(namespace.devices().find(path[2])));
    }

    private static Optional<Bridge> bridge(NetworkNamespace namespace, String name) {
        return namespace.devices().find(name) instanceof Bridge bridge ? Optional.of(bridge) : Optional.empty();
    }

    private Optional<ContainerView> container(String id) {
        return topology.containers().stream().filter(container -> container.id().equals(id)).findFirst();
    }

    private Optional<ContainerView> containerIn(NetworkNamespace namespace) {
        return namespace.name().isEmpty() ? Optional.empty()
                : topology.containers().stream().filter(container -> container.machine().equals(namespace.machine().name())
                        && namespace.name().equals(container.namespace())).findFirst();
    }

    // ---- saying ----

    private Inspection machine(Machine machine) {
        NetworkNamespace root = machine.root();
        boolean docker = world.engine() != null && world.engine().machine() == machine;
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("forwards packets", root.sysctls().isOn("net.ipv4.ip_forward") ? "yes, net.ipv4.ip_forward\u00a0=\u00a01" : "no"));
        if (docker) {
            facts.add(Fact.of("Docker engine", counted(topology.containers().size(), "container") + ", " + counted(topology.networks().size(), "network")));
        }
        machine.namespaces().stream().filter(namespace -> namespace != root)
                .forEach(namespace -> facts.add(new Fact("namespace", title(namespace), Drawing.namespace(namespace))));
        List<String> commands = docker ? List.of("docker ps", "iptables -t nat -S") : List.of("ip addr", "ip route");
        return Inspection.of("Machine", machine.name(), "").with(facts, tables(root), looks(machine, commands))
                .with(FilterTables.all(root), List.of(KernelTables.connections(root, now())))
                .at(machine.name(), capture(machine.root(), null));
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private List<Table> tables(NetworkNamespace namespace) {
        List<Table> tables = new ArrayList<>();
        tables.add(KernelTables.interfaces(namespace));
        tables.addAll(KernelTables.routes(namespace, null));
        tables.add(KernelTables.neighbours(namespace, null));
        tables.add(KernelTables.sockets(namespace));
        return tables;
    }

    private Inspection namespace(NetworkNamespace namespace) {
        if (namespace == namespace.machine().root()) {
            return machine(namespace.machine());
        }
        return containerIn(namespace).map(container -> container(container, Optional.of(namespace)))
                .orElseGet(() -> Inspection.of("Network namespace", namespace.name(), "A network of its own: interfaces, routes and rules.")
                        .with(List.of(Fact.of("on", namespace.machine().name())), tables(namespace),
                                looks(namespace.machine(), List.of("ip netns exec " + namespace.name() + " ip addr")))
                        .with(FilterTables.all(namespace), List.of(KernelTables.connections(namespace, now())))
                        .at("", capture(namespace, null)));
    }

    private Inspection container(ContainerView container, Optional<NetworkNamespace> shown) {
        List<Fact> facts = new ArrayList<>(List.of(Fact.of("image", container.image()), Fact.of("state", container.state()),
                Fact.of("id", container.id().substring(0, 12))));
        container.networks().forEach(endpoint -> facts.add(Fact.of("on " + endpoint.network(),
                String.join(" ", Stream.of(endpoint.device(), endpoint.address(), endpoint.hostDevice() == null ? null
                        : "⇄ " + endpoint.hostDevice()).filter(part -> part != null && !part.isEmpty()).toList()))));
        container.listens().forEach(listen -> facts.add(Fact.of("listens", listen.proto() + " " + listen.address() + ":" + listen.port())));
        container.publishes().forEach(publish -> facts.add(Fact.of("publishes",
                publish.hostAddress() + ":" + publish.hostPort() + " → " + publish.port() + "/" + publish.proto())));
        Optional<NetworkNamespace> inside = shown.or(() -> Optional.ofNullable(container.namespace())
                .flatMap(name -> namespace(container.machine(), name)));
        String name = container.name();
        Inspection head = Inspection.of("Container", name, "");
        List<Look> looks = machine(container.machine())
                .map(machine -> looks(machine, List.of("docker inspect " + name, "docker logs " + name))).orElse(List.of());
        return inside.filter(namespace -> namespace != namespace.machine().root()).map(namespace -> head
                .with(facts, tables(namespace), looks)
                .with(FilterTables.all(namespace), List.of(KernelTables.connections(namespace, now())))
                .at("container:" + name, capture(namespace, null)))
                .orElse(head.with(facts, List.of(), looks));
    }

    private Inspection lanSwitch(Bridge bridge) {
        return Inspection.of("Switch", "LAN switch", "Joins the machines of the LAN on layer 2. It learns which MAC address is at which port.")
                .with(List.of(), List.of(KernelTables.ports(bridge), KernelTables.forwarding(bridge, now())), List.of())
                .at("", capture(bridge.namespace(), null));
    }

    private Inspection device(NetDevice device) {
        NetworkNamespace namespace = device.namespace();
        List<Table> tables = new ArrayList<>();
        String about = switch (device) {
            case Bridge bridge -> {
                tables.add(KernelTables.ports(bridge));
                tables.add(KernelTables.forwarding(bridge, now()));
                yield "A layer-2 switch whose ports are other interfaces, and at the same time an interface with an address of its own.";
            }
            case Veth veth -> "One end of a cable: what goes in here comes out at the other end.";
            case Loopback loopback -> "What is sent here comes back to this very namespace.";
            case EthernetCard card -> "";
            case Dummy dummy -> "Takes everything and leads nowhere.";
            case Vlan vlan -> "VLAN " + vlan.id() + " of " + vlan.lower().name() + ": tags what it sends, and takes what is tagged so.";
            case Macvlan macvlan -> "One more card on the cable of " + macvlan.lower().name() + ", with a MAC address of its own, in mode "
                    + macvlan.mode().word() + ".";
            case Ipvlan ipvlan -> "Further IP addresses behind the MAC address of " + ipvlan.lower().name() + ", in mode "
                    + ipvlan.shared().mode().word() + ".";
            case Vxlan vxlan -> "A cable through an IP network: puts frames into UDP datagrams to port " + vxlan.config().port() + ", VNI "
                    + vxlan.config().id() + ".";
        };
        tables.addAll(KernelTables.routes(namespace, device));
        if (device.port() == null && !device.isLoopback()) {
            tables.add(KernelTables.neighbours(namespace, device));
        }
        String prefix = containerIn(namespace).map(container -> "docker exec " + container.name() + " ")
                .orElse(namespace.name().isEmpty() ? "" : "ip netns exec " + namespace.name() + " ");
        List<String> commands = new ArrayList<>(List.of(prefix + "ip -s link show dev " + device.name()));
        if (device instanceof Bridge) {
            commands.add(prefix + "bridge fdb show br " + device.name());
        } else if (prefix.isEmpty()) {
            commands.add("tcpdump -nn -c 10 -i " + device.name());
        }
        return Inspection.of(kind(device) + " in " + title(namespace), device.name(), about)
                .with(facts(device), tables, looks(namespace.machine(), commands))
                .at("", capture(namespace, device));
    }

    private List<Fact> facts(NetDevice device) {
        List<Fact> facts = new ArrayList<>();
        BridgePort port = device.port();
        NetDevice peer = other(device);
        var statistics = device.statistics();
        device.addresses().forEach(address -> facts.add(Fact.of("address", address.cidr())));
        if (device.addresses().isEmpty()) {
            facts.add(Fact.of("address", port == null ? "none" : "none: it is a port, and needs none"));
        }
        if (!device.isLoopback()) {
            facts.add(Fact.of("MAC", Mac.text(device.mac())));
        }
        if (port != null) {
            facts.add(new Fact("port of", port.bridge().name(), Drawing.device(port.bridge())));
        }
        if (device instanceof UpperDevice upper) {
            facts.add(new Fact("on", upper.lower().name() + " in " + title(upper.lower().namespace()), Drawing.device(upper.lower())));
        }
        if (peer != null) {
            facts.add(new Fact("other end", peer.name() + " in " + title(peer.namespace()), Drawing.device(peer)));
        }
        facts.add(Fact.of("state", state(device)));
        facts.add(Fact.of("MTU", device.mtu() + ", index " + device.index()));
        facts.add(Fact.of("received", counted(statistics.rxPackets(), statistics.rxBytes(), statistics.rxDropped())));
        facts.add(Fact.of("sent", counted(statistics.txPackets(), statistics.txBytes(), statistics.txDropped())));
        return facts;
    }

    private static @Nullable NetDevice other(NetDevice device) {
        return device instanceof EthernetCard card ? card.cabledTo() : device.peer();
    }

    private static String counted(long packets, long bytes, long dropped) {
        return packets + " packets, " + bytes + " bytes" + (dropped == 0 ? "" : ", " + dropped + " dropped");
    }

    private static String kind(NetDevice device) {
        return switch (device) {
            case Bridge bridge -> "Bridge";
            case Veth veth -> "veth end";
            case Loopback loopback -> "Loopback";
            case EthernetCard card -> "Network card";
            case Dummy dummy -> "Dummy interface";
            case Vlan vlan -> "VLAN";
            case Macvlan macvlan -> "macvlan";
            case Ipvlan ipvlan -> "ipvlan";
            case Vxlan vxlan -> "vxlan";
        };
    }

    private Optional<Inspection> station(NetworkNamespace root, String station) {
        Machine machine = root.machine();
        for (Hook hook : Hook.values()) {
            if (hook.name().equals(station)) {
                return Optional.of(Inspection.of("netfilter on " + machine.name(), station, about(hook))
                        .with(List.of(), List.of(), looks(machine, List.of("iptables -vnL", "iptables -t nat -vnL")))
                        .with(FilterTables.at(root, hook), List.of()));
            }
        }
        return switch (station) {
            case "routing" -> Optional.of(Inspection.of("Routing on " + machine.name(), "Routing decision",
                    "For this machine itself, or out of which interface and to which next hop: the longest matching prefix decides.")
                    .with(List.of(), KernelTables.routes(root, null), looks(machine, List.of("ip route", "ip rule"))));
            case "processes" -> Optional.of(Inspection.of("Sockets on " + machine.name(), "Processes", "Programs that send and receive.")
                    .with(List.of(), List.of(KernelTables.sockets(root)), looks(machine, List.of("ss -tlnp", "ps")))
                    .with(List.of(), List.of(KernelTables.connections(root, now()))));
            default -> Optional.empty();
        };
    }

    private static String about(Hook hook) {
        return switch (hook) {
            case PREROUTING -> "Before the routing decision. Destination addresses are rewritten here.";
            case INPUT -> "What is for this machine itself.";
            case FORWARD -> "What comes in and goes out again. Docker filters here.";
            case OUTPUT -> "What this machine’s own programs send.";
            case POSTROUTING -> "Last before leaving. Source addresses are rewritten here.";
        };
    }

    /** A cable is its two ends; one that ends at the switch ends at the port that leads back. */
    private Optional<Inspection> cable(String one, String two) {
        Optional<NetDevice> end = Stream.of(one, two).filter(id -> id.startsWith("device:") || id.startsWith("machine:"))
                .flatMap(id -> ends(id).stream()).filter(device -> other(device) != null).findFirst();
        return end.map(device -> {
            NetDevice other = Objects.requireNonNull(other(device));
            boolean veth = device instanceof Veth;
            List<Fact> facts = List.of(new Fact("one end", device.name() + " in " + title(device.namespace()), Drawing.device(device)),
                    new Fact("other end", other.name() + " in " + title(other.namespace()), Drawing.device(other)),
                    Fact.of("state", state(device).equals(state(other)) ? state(device) : state(device) + " and " + state(other)),
                    Fact.of("MTU", device.mtu() == other.mtu() ? String.valueOf(device.mtu()) : device.mtu() + " and " + other.mtu()
                            + ": the smaller end drops larger frames"),
                    Fact.of("VLANs", vlans(device, other)),
                    Fact.of("carrier", device.isOperational() && other.isOperational() ? "yes" : "no: an end is down"),
                    Fact.of("there", counted(device.statistics().txPackets(), device.statistics().txBytes(), 0)),
                    Fact.of("and back", counted(other.statistics().txPackets(), other.statistics().txBytes(), 0)));
            return Inspection.of(veth ? "veth pair" : "Cable", device.name() + " ⇄ " + other.name(),
                    veth ? "One virtual cable with an end in each of two network namespaces." : "")
                    .with(facts, List.of(), List.of()).at("", capture(device.namespace(), device));
        });
    }

    private List<NetDevice> ends(String id) {
        String rest = id.substring(id.indexOf(':') + 1);
        return id.startsWith("device:") ? device(rest.split("/", 3)).stream().toList()
                : machine(rest).stream().flatMap(machine -> machine.root().devices().all().stream()).toList();
    }

    private static String state(NetDevice device) {
        return device.isUp() ? device.operState().name() : "set down";
    }

    /** The VLANs whose tags an end of a cable knows. */
    private static String vlans(NetDevice... ends) {
        String known = Stream.of(ends).flatMap(end -> end.namespace().devices().all().stream()
                        .filter(device -> device instanceof Vlan vlan && vlan.lower() == end)
                        .map(device -> ((Vlan) device).id() + " (" + device.name() + ")"))
                .collect(Collectors.joining(", "));
        return known.isEmpty() ? "none: frames are untagged" : known;
    }

    private static String capture(NetworkNamespace namespace, @Nullable NetDevice device) {
        String node = "node=" + URLEncoder.encode(KernelTables.name(namespace), StandardCharsets.UTF_8);
        return device == null ? node : node + "&device=" + URLEncoder.encode(device.name(), StandardCharsets.UTF_8);
    }

    private String title(NetworkNamespace namespace) {
        return containerIn(namespace).map(ContainerView::name).orElse(KernelTables.name(namespace));
    }

    private static List<Look> looks(Machine machine, List<String> commands) {
        return commands.stream().map(command -> new Look(machine.name(), command)).toList();
    }

    private long now() {
        return world.kernel().now();
    }
}
