package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.Ids;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Subnet;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Veth;
import dev.vethlab.engine.kernel.sysctl.Sysctls;
import org.jspecify.annotations.Nullable;

/**
 * The bridge driver: a Linux bridge a network, a veth pair an endpoint, and the rules that go with them ({@code
 * libnetwork/drivers/bridge}).
 */
final class BridgeDriver {
    /** The Linux bridge of the default network. */
    static final String DEFAULT_BRIDGE = "docker0";

    private final Machine machine;
    private final NetworkNamespace host;
    private final Ids ids;
    private final DaemonConfig config;
    private final Firewaller firewaller;

    BridgeDriver(Machine machine, Ids ids, DaemonConfig config, Firewaller firewaller) {
        this.machine = machine;
        this.host = machine.root();
        this.ids = ids;
        this.config = config;
        this.firewaller = firewaller;
    }

    // ---- networks ----

    /** Bridge, address, settings, rules, up: in this order ({@code createNetwork}). */
    void createNetwork(Network network) throws EngineException {
        BridgeOptions options = network.bridge();
        AddressPool pool = java.util.Objects.requireNonNull(network.pool());
        try {
            NetDevice device = host.devices().find(options.bridgeName());
            network.bridgeIsTheUsers = device != null && !network.bridgeIsOurs;
            network.bridgeIsOurs = !network.bridgeIsTheUsers;
            if (device == null) {
                Bridge created = host.devices().addBridge(options.bridgeName(), machine.kernel().randomMac());
                created.setTxQueueLength(0);
                device = created;
            }
            if (!(device instanceof Bridge bridge)) {
                throw EngineException.forbidden("existing interface " + options.bridgeName() + " is not a bridge");
            }
            if (options.mtu() > 0) {
                bridge.setMtu(options.mtu());
            }
            int gateway = network.gateway();
            boolean wanted = gateway != 0 && !(options.inhibitIpv4() || options.gatewayMode() == GatewayMode.ISOLATED);
            if (wanted && bridge.addresses().stream().noneMatch(a -> a.address() == gateway)) {
                if (options.defaultBridge() && !bridge.addresses().isEmpty()) {
                    host.devices().addresses().delete(bridge, bridge.addresses().getFirst());
                }
                host.devices().addresses().add(bridge, Sandbox.address(gateway, pool.subnet().length(), bridge.name()));
            }
            configure(options, bridge);
            network.firewall = new BridgeFirewall(firewaller, options, pool.subnet());
            network.firewall.addNetworkRules();
            host.devices().setUp(bridge);
        } catch (KernelException e) {
            throw EngineException.internal("failed to create bridge " + options.bridgeName() + " via netlink: " + e.getMessage());
        }
    }

    private void configure(BridgeOptions options, Bridge bridge) throws KernelException, EngineException {
        Sysctls sysctls = host.sysctls();
        if (config.ipForward() && !sysctls.isOn("net.ipv4.ip_forward")) {
            sysctls.set("net.ipv4.ip_forward", "1");
            if (!config.ipForwardNoDrop()) {
                firewaller.dropForwardedByDefault();
            }
        }
        if (!config.userlandProxy()) {
            sysctls.set("net.ipv4.conf." + bridge.name() + ".route_localnet", "1");
        }
        boolean filtersBridged = config.iptables() && (!options.icc() || !config.userlandProxy());
        if (filtersBridged && sysctls.get("net.bridge.bridge-nf-call-iptables") != null) {
            sysctls.set("net.bridge.bridge-nf-call-iptables", "1");
        }
    }

    /** What the default network's bridge has already: a daemon that is told nothing else goes on with it; null if it is not there. */
    @Nullable Subnet addressOfDefaultBridge() {
        NetDevice device = host.devices().find(DEFAULT_BRIDGE);
        return device == null || device.addresses().isEmpty() ? null
                : new Subnet(device.addresses().getFirst().address(), device.addresses().getFirst().prefixLength());
    }

    /** With {@code --bridge=none} the default bridge of a run before goes. */
    void deleteDefaultBridge() {
        NetDevice device = host.devices().find(DEFAULT_BRIDGE);
        if (device != null) {
            delete(device);
        }
    }

    private void delete(NetDevice device) {
        try {
            host.devices().delete(device);
        } catch (KernelException e) {
            throw new IllegalStateException("a device that cannot be deleted", e);
        }
    }

    void deleteNetwork(Network network) {
        NetDevice device = host.devices().find(network.bridge().bridgeName());
        if (device != null && !network.bridgeIsTheUsers && !network.bridge().defaultBridge()) {
            delete(device);
        }
        BridgeFirewall firewall = network.firewall;
        if (firewall != null) {
            firewall.removeNetworkRules();
        }
    }

    // ---- endpoints ----

    /** As {@code Network.createEndpoint} says it of its driver. */
    private static EngineException failed(Endpoint endpoint, String why) {
        return EngineException.internal("failed to create endpoint " + endpoint.name() + " on network " + endpoint.network().name() + ": " + why);
    }

    /** A veth pair whose other end is born in the container, made a port; then the raw rule, then up ({@code CreateEndpoint}). */
    void createEndpoint(Endpoint endpoint, Sandbox sandbox) throws EngineException {
        Network network = endpoint.network();
        BridgeOptions options = network.bridge();
        String hostName = unusedName();
        try {
            Veth veth = host.devices().addVeth(hostName, null, ids.nextVeth(), null, sandbox.namespace());
            endpoint.hostSide = veth;
            Veth inside = java.util.Objects.requireNonNull(veth.peer());
            endpoint.containerSide = inside;
            veth.setTxQueueLength(0);
            inside.setTxQueueLength(0);
            if (options.mtu() > 0) {
                veth.setMtu(options.mtu());
                inside.setMtu(options.mtu());
            }
            NetDevice bridge = host.devices().find(options.bridgeName());
            if (!(bridge instanceof Bridge master)) {
                throw failed(endpoint, "adding interface " + hostName + " to bridge " + options.bridgeName() + " failed: Device does not exist");
            }
            host.devices().enslave(veth, master);
            if (!config.userlandProxy()) {
                java.util.Objects.requireNonNull(veth.port()).hairpin = true;
            }
            if (endpoint.mac == 0) {
                endpoint.mac = machine.kernel().randomMac();
            }
            firewall(network).addEndpoint(endpoint.address);
            host.devices().setUp(veth);
        } catch (KernelException e) {
            deleteEndpoint(endpoint);
            throw failed(endpoint, "failed to add the host (" + hostName + ") <=> sandbox pair interfaces: " + e.errno().message().toLowerCase(java.util.Locale.ROOT));
        } catch (EngineException e) {
            deleteEndpoint(endpoint);
            throw e;
        }
    }

    private String unusedName() {
        String name = ids.nextVeth();
        while (host.devices().find(name) != null) {
            name = ids.nextVeth();
        }
        return name;
    }

    void deleteEndpoint(Endpoint endpoint) {
        firewall(endpoint.network()).removeEndpoint(endpoint.address);
        NetDevice inside = endpoint.containerSide;
        Veth veth = endpoint.hostSide;
        endpoint.hostSide = null;
        endpoint.containerSide = null;
        // the container's side first, if it came back: the other goes with it
        for (NetDevice device : new NetDevice[] {inside, veth}) {
            if (device != null && host.devices().find(device.index()) == device) {
                delete(device);
            }
        }
    }

    private static BridgeFirewall firewall(Network network) {
        BridgeFirewall firewall = network.firewall;
        if (firewall == null) {
            throw new IllegalStateException(network.name() + " has no rules");
        }
        return firewall;
    }

    @Nullable Bridge bridge(Network network) {
        return host.devices().find(network.bridge().bridgeName()) instanceof Bridge bridge ? bridge : null;
    }
}
