package dev.vethlab.engine.world;

import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.Dummy;
import dev.vethlab.engine.kernel.device.EthernetCard;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.Ipvlan;
import dev.vethlab.engine.kernel.device.Loopback;
import dev.vethlab.engine.kernel.device.Macvlan;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Veth;
import dev.vethlab.engine.kernel.device.Vlan;
import dev.vethlab.engine.kernel.device.Vxlan;
import dev.vethlab.engine.packet.Mac;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The structure of a world at one moment: what contains what, and what is joined to what. Absent things are null. */
public record Topology(
        long time,
        List<MachineView> machines,
        List<SwitchView> switches,
        List<Cable> cables,
        List<ContainerView> containers,
        List<NetworkView> networks) {

    /** @param role {@code host}, {@code client}, {@code router}, {@code internet} */
    public record MachineView(String name, String role, boolean docker, boolean forwards, List<NamespaceView> namespaces) {}

    /** @param kind {@code root}, {@code container} or {@code named} */
    public record NamespaceView(String name, String kind, @Nullable String container, List<DeviceView> devices) {}

    public record DeviceView(
            String name,
            int index,
            String kind,
            @Nullable String mac,
            int mtu,
            boolean up,
            String state,
            List<String> addresses,
            @Nullable String master,
            @Nullable End peer) {}

    /** One end of a cable; {@code namespace} is null for a machine's own. */
    public record End(String machine, @Nullable String namespace, String device) {}

    public record SwitchView(String name, List<String> ports) {}

    public record Cable(List<End> ends) {}

    /** @param state as the engine's API names it: {@code running}, {@code exited} … */
    public record ContainerView(
            String id,
            String name,
            String image,
            String state,
            String machine,
            @Nullable String namespace,
            List<EndpointView> networks,
            List<ListenView> listens,
            List<PublishView> publishes) {}

    public record EndpointView(String network, String device, @Nullable String address, @Nullable String hostDevice) {}

    public record ListenView(String proto, int port, String address) {}

    public record PublishView(String proto, String hostAddress, int hostPort, int port) {}

    public record NetworkView(
            String id,
            String name,
            String driver,
            @Nullable String bridge,
            @Nullable String subnet,
            @Nullable String gateway,
            boolean internal) {}

    /** A namespace as it is drawn. */
    static NamespaceView view(NetworkNamespace namespace, String kind, @Nullable String container) {
        var devices = new ArrayList<DeviceView>();
        namespace.devices().all().forEach(device -> devices.add(view(device)));
        return new NamespaceView(namespace.name(), kind, container, List.copyOf(devices));
    }

    private static DeviceView view(NetDevice device) {
        BridgePort port = device.port();
        NetDevice peer = device.peer();
        return new DeviceView(device.name(), device.index(), kind(device), device.isLoopback() ? null : Mac.text(device.mac()),
                device.mtu(), device.isUp(), device.operState().name(),
                device.addresses().stream().map(InterfaceAddress::cidr).toList(),
                port == null ? null : port.bridge().name(), peer == null ? null : end(peer));
    }

    private static String kind(NetDevice device) {
        return switch (device) {
            case Loopback lo -> "loopback";
            case Veth veth -> "veth";
            case Bridge bridge -> "bridge";
            case EthernetCard card -> "nic";
            case Dummy dummy -> "dummy";
            case Vlan vlan -> "vlan";
            case Macvlan macvlan -> "macvlan";
            case Ipvlan ipvlan -> "ipvlan";
            case Vxlan vxlan -> "vxlan";
        };
    }

    private static End end(NetDevice device) {
        NetworkNamespace namespace = device.namespace();
        return new End(namespace.machine().name(), namespace.name().isEmpty() ? null : namespace.name(), device.name());
    }

    /** The cables of a machine's cards; each once, told by the end that comes first. */
    static List<Cable> cables(List<Machine> machines) {
        var cables = new ArrayList<Cable>();
        for (Machine machine : machines) {
            for (NetDevice device : machine.root().devices().all()) {
                EthernetCard other = device instanceof EthernetCard card ? card.cabledTo() : null;
                boolean told = other != null && machines.indexOf(other.namespace().machine()) < machines.indexOf(machine);
                if (other != null && !told) {
                    cables.add(new Cable(List.of(end(device), end(other))));
                }
            }
        }
        return List.copyOf(cables);
    }
}
