package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.publish.PortMapping;
import dev.vethlab.engine.kernel.device.IpvlanMode;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Veth;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a container meets a network: an address, a MAC address, and an interface: one end of a veth pair, or one on a parent. */
public final class Endpoint {
    private final String id;
    private final String containerId;
    private final Network network;
    private final List<PortMapping> portMappings = new ArrayList<>();
    String name;
    int address;
    long mac;
    int gatewayPriority;
    String wantedInterface = "";
    final List<Integer> linkLocal = new ArrayList<>();
    /** {@code net.ipv4.conf.IFNAME.log_martians=1,…}. */
    String sysctls = "";
    List<String> dnsNames = List.of();
    List<String> links = List.of();
    final List<RuleSpec> opened = new ArrayList<>();
    @Nullable Veth hostSide;
    @Nullable NetDevice containerSide;
    /** What the container's side was called before it went in. */
    String sourceName = "";
    @Nullable Sandbox sandbox;

    Endpoint(String id, String name, String containerId, Network network) {
        this.id = id;
        this.name = name;
        this.containerId = containerId;
        this.network = network;
    }

    public String id() {
        return id;
    }

    /** The container's name. */
    public String name() {
        return name;
    }

    public String containerId() {
        return containerId;
    }

    public Network network() {
        return network;
    }

    /** 0 if the network gives no addresses. */
    public int address() {
        return address;
    }

    /** 0 if there is no interface. */
    public long mac() {
        return mac;
    }

    /** The names under which others find it. */
    public List<String> dnsNames() {
        return dnsNames;
    }

    /** What a name stands for here: by {@code --link target:name} another one, else itself. */
    public String linkTarget(String name) {
        for (String link : links) {
            int colon = link.indexOf(':');
            if (colon > 0 && link.substring(colon + 1).equalsIgnoreCase(name)) {
                return link.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
            }
        }
        return name;
    }

    public List<PortMapping> portMappings() {
        return portMappings;
    }

    public @Nullable Veth hostSide() {
        return hostSide;
    }

    /** The container's side; null before it joined and on networks without interfaces. */
    public @Nullable NetDevice containerSide() {
        return containerSide;
    }

    /** Whether a default route could go through it. */
    boolean hasGateway() {
        if (network.isInternal()) {
            return false;
        }
        return network.gateway() != 0 || network.parentOptions instanceof ParentOptions.Ipvlan ipvlan && ipvlan.mode() != IpvlanMode.L2;
    }
}
