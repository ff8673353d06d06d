package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.LinkFlag;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.Routing;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Mac;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container's network namespace and the endpoints in it ({@code libnetwork/sandbox.go}, {@code osl}). */
public final class Sandbox {
    private static final int ANNOUNCEMENTS = 3;
    private static final long ANNOUNCEMENT_INTERVAL = 1_000_000_000L;

    private static final Comparator<Endpoint> GATEWAY_ORDER = Comparator
            .<Endpoint>comparingInt(e -> -e.gatewayPriority)
            .thenComparing(e -> e.network().isInternal())
            .thenComparing(e -> !e.hasGateway())
            .thenComparing(e -> e.network().name());

    private final String id;
    private final NetworkNamespace namespace;
    private final boolean shared;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private @Nullable Endpoint gateway;

    /** @param shared whether the namespace is the host's own */
    public Sandbox(String id, NetworkNamespace namespace, boolean shared) {
        this.id = id;
        this.namespace = namespace;
        this.shared = shared;
    }

    /** Makes a namespace with {@code lo} up and the settings that the engine gives to containers. */
    public static Sandbox create(String id, NetworkNamespace namespace) throws EngineException {
        var sandbox = new Sandbox(id, namespace, false);
        try {
            // daemon/oci_linux.go: a container may bind low ports and ping without privileges
            namespace.sysctls().set("net.ipv4.ip_unprivileged_port_start", "0");
            namespace.sysctls().set("net.ipv4.ping_group_range", "0 2147483647");
            namespace.sysctls().set("net.ipv6.conf.lo.disable_ipv6", "0");
            namespace.devices().setUp(namespace.loopback());
        } catch (KernelException e) {
            throw EngineException.internal("failed to create network namespace: " + e.getMessage());
        }
        return sandbox;
    }

    public String id() {
        return id;
    }

    /** Where the namespace can be found: {@code /var/run/docker/netns/…}. */
    public String key() {
        return "/var" + file();
    }

    /** The same path without links. */
    public String file() {
        return "/run/docker/netns/" + (shared ? "default" : id.substring(0, 12));
    }

    public NetworkNamespace namespace() {
        return namespace;
    }

    /** Whether it is the host's own namespace. */
    public boolean isShared() {
        return shared;
    }

    /** In the order they were joined. */
    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** The best for the default route first; so, too, the engine asks them for names ({@code Endpoint.Less}). */
    public List<Endpoint> endpointsByGateway() {
        return endpoints.stream().sorted(GATEWAY_ORDER).toList();
    }

    /** The endpoint that the default route goes through and that ports are published on; null if none can. */
    public @Nullable Endpoint gateway() {
        return gateway;
    }

    /** Whether its way out is a bridge, so that its ports can be published; on a parent's cable there is nothing to publish. */
    public boolean publishesPorts() {
        return gateway != null && gateway.network().isBridge();
    }

    /** The best endpoint for the default route ({@code Endpoint.Less}); null if none has a gateway. */
    @Nullable Endpoint bestGateway() {
        return endpointsByGateway().stream().filter(Endpoint::hasGateway).findFirst().orElse(null);
    }

    /** Takes a device in as its interface: name, MAC, address, up, announcements ({@code osl/interface_linux.go}). */
    void join(Endpoint endpoint) throws EngineException {
        endpoint.sandbox = this;
        endpoints.add(endpoint);
        NetDevice device = endpoint.containerSide;
        if (device == null) {
            return;
        }
        try {
            if (endpoint.mac != 0) {
                namespace.devices().setMac(device, endpoint.mac);
            }
        } catch (KernelException e) {
            throw EngineException.internal("failed to add interface " + device.name() + " to sandbox: error setting interface \""
                    + device.name() + "\" MAC to \"" + Mac.text(endpoint.mac) + "\": "
                    + e.errno().message().toLowerCase(java.util.Locale.ROOT));
        }
        endpoint.sourceName = device.name();
        try {
            namespace.devices().rename(device, interfaceName(endpoint));
            namespace.sysctls().set("net.ipv6.conf." + device.name() + ".disable_ipv6", "1");
            if (endpoint.address != 0) {
                int length = java.util.Objects.requireNonNull(endpoint.network().pool()).subnet().length();
                namespace.devices().addresses().add(device, address(endpoint.address, length, device.name()));
            }
            for (int address : endpoint.linkLocal) {
                namespace.devices().addresses().add(device, address(address, Networks.LINK_LOCAL_LENGTH, device.name()));
            }
            for (String sysctl : endpoint.sysctls.isEmpty() ? new String[0] : endpoint.sysctls.split(",")) {
                String[] pair = sysctl.split("=", 2);
                namespace.sysctls().set(pair[0].replace("IFNAME", device.name()), pair[pair.length - 1]);
            }
            namespace.devices().setUp(device);
        } catch (KernelException e) {
            throw EngineException.internal("failed to set up interface " + device.name() + ": " + e.getMessage());
        }
        if (endpoint.address != 0 && !device.has(LinkFlag.NOARP)) {
            announce(endpoint, device, ANNOUNCEMENTS);
        }
    }

    static InterfaceAddress address(int address, int length, String label) {
        int broadcast = length >= 31 ? 0 : address | ~dev.vethlab.engine.packet.Ipv4.mask(length);
        return new InterfaceAddress(address, address, length, broadcast, Scope.GLOBAL, false, label);
    }

    private String interfaceName(Endpoint endpoint) {
        if (!endpoint.wantedInterface.isEmpty()) {
            return endpoint.wantedInterface;
        }
        String prefix = endpoint.network().isBridge() ? endpoint.network().bridge().interfacePrefix() : "eth";
        int number = 0;
        while (namespace.devices().find(prefix + number) != null) {
            number++;
        }
        return prefix + number;
    }

    /** Tells the network where the address is now, as long as it is: a gratuitous ARP a second. */
    private void announce(Endpoint endpoint, NetDevice device, int left) {
        boolean stillThere = endpoint.sandbox == this && (endpoint.mac == 0 || device.mac() == endpoint.mac)
                && namespace.devices().find(device.index()) == device;
        if (!stillThere) {
            return;
        }
        namespace.neighbours().arp().announce(device, endpoint.address);
        if (left > 1) {
            namespace.kernel().simulation().schedule(ANNOUNCEMENT_INTERVAL, () -> announce(endpoint, device, left - 1));
        }
    }

    void leave(Endpoint endpoint) {
        endpoints.remove(endpoint);
        endpoint.sandbox = null;
        if (gateway == endpoint) {
            clearDefaultRoute();
        }
        giveBack(endpoint.containerSide, endpoint.sourceName);
    }

    /** Its interface goes down and back to the engine's namespace, under its first name ({@code osl.Namespace.RemoveInterface}). */
    private void giveBack(@Nullable NetDevice device, String name) {
        if (device == null || namespace.devices().find(device.index()) != device) {
            return;
        }
        namespace.devices().setDown(device);
        try {
            namespace.devices().rename(device, name);
            namespace.devices().move(device, namespace.machine().root());
        } catch (KernelException e) {
            // somebody took the name: it stays until it is deleted
        }
    }

    /** Sends what has no other way to {@code endpoint}'s gateway. */
    void routeBy(Endpoint endpoint) throws EngineException {
        clearDefaultRoute();
        gateway = endpoint;
        NetDevice device = endpoint.containerSide;
        if (device == null) {
            return;
        }
        int via = endpoint.network().gateway();
        var route = new Route(RouteType.UNICAST, 0, 0, 0, device, via, 0, via == 0 ? Scope.LINK : Scope.GLOBAL, "boot", 0, 0, false);
        try {
            namespace.routing().add(RoutingTable.MAIN, route, Routing.AddMode.ADD);
        } catch (KernelException e) {
            if (e.errno() != Errno.EEXIST) {
                throw EngineException.internal("failed to set gateway: " + e.getMessage());
            }
        }
    }

    private void clearDefaultRoute() {
        Endpoint before = gateway;
        gateway = null;
        if (before == null || before.containerSide == null) {
            return;
        }
        for (Route route : List.copyOf(namespace.routing().table(RoutingTable.MAIN).routes())) {
            if (route.prefixLength() == 0 && route.device() == before.containerSide && route.gateway() == before.network().gateway()) {
                try {
                    namespace.routing().delete(RoutingTable.MAIN, route);
                } catch (KernelException e) {
                    // the route went in the meantime: that is what was wanted
                }
            }
        }
    }

    /** Lets the namespace go. */
    public void release() {
        if (!shared) {
            namespace.release();
        }
    }
}
