package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.Ids;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.NetworkCreate;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.docker.api.Subnet;
import dev.vethlab.engine.docker.publish.HostAddress;
import dev.vethlab.engine.docker.publish.PortMapper;
import dev.vethlab.engine.docker.publish.PortMapping;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.Room;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The engine's networks, and how containers get on and off them ({@code libnetwork/controller.go}, {@code daemon/network.go}). */
public final class Networks {
    private static final int LINK_LOCAL = Ipv4.address("169.254.0.0");
    static final int LINK_LOCAL_LENGTH = 16;

    private final Machine machine;
    private final Ids ids;
    private final DaemonConfig config;
    private final Ipam ipam;
    private final Firewaller firewaller;
    private final BridgeDriver driver;
    private final ParentDriver parentDriver;
    private final PortMapper portMapper;
    private final Supplier<List<Integer>> nameServers;
    private final Map<String, Network> networks = new LinkedHashMap<>();

    /** @param nameServers the host's, from its {@code /etc/resolv.conf} */
    public Networks(
            Machine machine,
            Ids ids,
            DaemonConfig config,
            Firewaller firewaller,
            PortMapper portMapper,
            Supplier<List<Integer>> nameServers) {
        this.machine = machine;
        this.ids = ids;
        this.config = config;
        this.ipam = new Ipam(config.addressPools());
        this.driver = new BridgeDriver(machine, ids, config, firewaller);
        this.parentDriver = new ParentDriver(machine.root(), ids);
        this.firewaller = firewaller;
        this.portMapper = portMapper;
        this.nameServers = nameServers;
    }

    // ---- finding ----

    /** All, in the order they were made. */
    public List<Network> all() {
        return List.copyOf(networks.values());
    }

    /** By id, name, or the beginning of an id ({@code FindNetwork}). */
    public Network find(String term) throws EngineException {
        var byName = new ArrayList<Network>();
        var byPrefix = new ArrayList<Network>();
        for (Network network : networks.values()) {
            if (network.id().equals(term)) {
                return network;
            }
            if (network.id().startsWith(term)) {
                byPrefix.add(network);
            }
            if (network.name().equals(term)) {
                byName.add(network);
            }
        }
        if (byName.size() == 1) {
            return byName.getFirst();
        }
        if (byName.isEmpty() && byPrefix.size() == 1) {
            return byPrefix.getFirst();
        }
        if (byPrefix.size() > 1) {
            throw EngineException.badRequest(
                    "network " + term + " is ambiguous (" + byPrefix.size() + " matches found based on ID prefix)");
        }
        throw EngineException.notFound("network " + term + " not found");
    }

    /** Like {@link #find}; null if there is none. */
    public @Nullable Network lookup(String term) {
        try {
            return find(term);
        } catch (EngineException e) {
            return null;
        }
    }

    // ---- making ----

    /**
     * Makes the engine's chains, then its networks.
     *
     * @param kept those of a run before; the default bridge's is made anew, for its settings may be others now
     */
    public void start(List<Network> kept) throws EngineException {
        firewaller.start();
        for (Network network : kept) {
            if (network.parentOptions != null) {
                ipam.adopt(java.util.Objects.requireNonNull(network.pool));
                networks.put(network.id(), network);
            }
        }
        for (Network network : kept) {
            if (network.isConfiguration()) {
                networks.put(network.id(), network);
            } else if (network.isUserDefined() && !network.isBridge()) {
                ipam.adopt(java.util.Objects.requireNonNull(network.pool)); // what it is built on is still there
                networks.put(network.id(), network);
            }
        }
        List<Network> inStore = kept.stream().filter(Network::isBridge).sorted(Comparator.comparing(Network::id)).toList();
        for (Network network : inStore) {
            if (network.isUserDefined()) {
                ipam.adopt(java.util.Objects.requireNonNull(network.pool));
                driver.createNetwork(network);
                networks.put(network.id(), network);
            } else {
                driver.deleteNetwork(network);
            }
        }
        createPredefined();
        firewaller.setUpUserChain();
    }

    /** The three that always are: none, host and the default bridge. */
    private void createPredefined() throws EngineException {
        add(predefined("none", "null"));
        add(predefined("host", "host"));
        if (config.withoutBridge()) {
            driver.deleteDefaultBridge();
            return;
        }
        NetworkCreate bridge = predefined("bridge", "bridge");
        bridge.options.put(BridgeOptions.NAME, BridgeDriver.DEFAULT_BRIDGE);
        bridge.options.put(BridgeOptions.DEFAULT_BRIDGE, "true");
        bridge.options.put(BridgeOptions.ICC, Boolean.toString(config.icc()));
        bridge.options.put(BridgeOptions.MASQUERADE, Boolean.toString(config.ipMasq()));
        bridge.options.put(BridgeOptions.BINDING_IP, Ipv4.text(config.ip()));
        bridge.options.put(BridgeOptions.MTU, Integer.toString(config.mtu()));
        Subnet bip = config.bip() != null ? config.bip() : keptAddress();
        Subnet fixed = Subnet.parse(config.fixedCidr()).orElse(null);
        if (fixed != null && (bip == null || !bip.contains(fixed.first()))) {
            // nobody said which subnet that is a part of: it is all there is
            bridge.ipam.add(new NetworkCreate.IpamConfig(fixed.toString(), fixed.toString(), "", Collections.emptyMap()));
        } else if (bip != null) {
            bridge.ipam.add(new NetworkCreate.IpamConfig(bip.masked().toString(), config.fixedCidr(), Ipv4.text(bip.address()),
                    Collections.emptyMap()));
        }
        add(bridge);
    }

    /** The address that the default bridge has, unless somebody named pools and it is in none of them; null for a new one. */
    private @Nullable Subnet keptAddress() {
        Subnet address = driver.addressOfDefaultBridge();
        boolean isWanted = address != null && (config.addressPools().equals(Ipam.standardPools())
                || config.addressPools().stream().anyMatch(pool -> pool.base().contains(address.address())));
        return isWanted ? address : null;
    }

    private static NetworkCreate predefined(String name, String driver) {
        var request = new NetworkCreate();
        request.name = name;
        request.driver = driver;
        return request;
    }

    /** Makes a network; its id. */
    public Network create(NetworkCreate request) throws EngineException {
        if (NetworkView.isPredefined(request.name)) {
            throw EngineException.forbidden("operation is not permitted on predefined " + request.name + " network");
        }
        IpamValidation.check(request);
        checkConfiguration(request);
        if (networks.values().stream().anyMatch(n -> n.name().equals(request.name))) {
            throw EngineException.conflict("network with name " + request.name + " already exists");
        }
        checkScope(request);
        switch (request.driver) {
            case "bridge", "macvlan", "ipvlan" -> {}
            case "host", "null" -> throw EngineException.forbidden("only one instance of \"" + request.driver + "\" network is allowed");
            default -> throw EngineException.notFound("plugin \"" + request.driver + "\" not found");
        }
        if (request.enableIpv6 || !request.enableIpv4) {
            throw EngineException.notEmulated("IPv6 networks are not emulated");
        }
        if (!request.configFrom.isEmpty()) {
            configuration(request.configFrom).applyTo(request);
        }
        if (request.driver.equals("bridge")) {
            config.networkOptions().forEach(request.options::putIfAbsent);
        }
        Room room = machine.kernel().room();
        if (!room.has(Limit.NETWORKS, networks.size(), 1)) {
            throw EngineException.internal("vethlab: a host may have " + room.most(Limit.NETWORKS) + " networks");
        }
        return add(request);
    }

    /** Nothing of a swarm is here, so that what needs one is refused as an engine without refuses it. */
    private static void checkScope(NetworkCreate request) throws EngineException {
        if (request.driver.equals("overlay")) {
            throw EngineException.forbidden("This node is not a swarm manager. Use \"docker swarm init\" or"
                    + " \"docker swarm join\" to connect this node to swarm and try again.");
        }
        if (request.ingress) {
            throw EngineException.forbidden("Ingress network can only be global scope network");
        }
        if (request.scope.equals("swarm")) {
            throw EngineException.forbidden("cannot create a swarm scoped network when swarm is not active");
        }
    }

    /** What may stand in a configuration, and beside one ({@code Network.validateConfiguration}). */
    private static void checkConfiguration(NetworkCreate request) throws EngineException {
        if (request.configOnly && (request.internal || request.attachable || !request.scope.equals("local"))) {
            throw EngineException.forbidden("configuration network can only contain network specific fields. Network operator fields like "
                    + "[ ingress | internal | attachable | scope ] are not supported.");
        }
        if (request.configFrom.isEmpty()) {
            return;
        }
        if (request.configOnly) {
            throw EngineException.forbidden("a configuration network cannot depend on another configuration network");
        }
        if (request.enableIpv6 || !request.ipam.isEmpty() || !request.ipamOptions.isEmpty() || !request.options.isEmpty()
                || !request.labels.isEmpty()) {
            throw EngineException.forbidden(
                    "user specified configurations are not supported if the network depends on a configuration network");
        }
    }

    private NetworkCreate configuration(String name) throws EngineException {
        return networks.values().stream().filter(network -> network.isConfiguration() && network.name().equals(name)).findFirst()
                .orElseThrow(() -> EngineException.notFound("configuration network \"" + name + "\" does not exist")).request();
    }

    private Network add(NetworkCreate request) throws EngineException {
        var network = new Network(ids.next(), request, machine.kernel().now());
        if (request.configOnly) {
            networks.put(network.id(), network);
            return network;
        }
        if (request.driver.equals("bridge")) {
            network.options = BridgeOptions.of(network.id(), request.internal, request.options);
            allocate(network);
            try {
                checkConflict(network);
                driver.createNetwork(network);
            } catch (EngineException e) {
                ipam.release(java.util.Objects.requireNonNull(network.pool));
                throw e;
            }
        }
        if (request.driver.equals("macvlan") || request.driver.equals("ipvlan")) {
            network.parentOptions = ParentOptions.of(request.driver, network.id(), request.internal, request.options);
            allocate(network);
            try {
                parentDriver.createNetwork(network, networks.values());
            } catch (EngineException e) {
                ipam.release(java.util.Objects.requireNonNull(network.pool));
                throw e;
            }
            request.options.putIfAbsent(ParentOptions.PARENT, network.parent().parent());
        }
        networks.put(network.id(), network);
        return network;
    }

    /** {@code networkConfiguration.Conflicts} of the bridge driver. */
    private void checkConflict(Network network) throws EngineException {
        for (Network other : networks.values()) {
            if (!other.isBridge()) {
                continue;
            }
            String conflict = network.bridge().bridgeName().equals(other.bridge().bridgeName()) ? "networks have same bridge name"
                    : network.reachesGatewayOf(other) || other.reachesGatewayOf(network) ? "networks have overlapping IPv4" : "";
            if (!conflict.isEmpty()) {
                throw EngineException.forbidden("cannot create network " + network.id() + " (" + network.bridge().bridgeName()
                        + "): conflicts with network " + other.id() + " (" + other.bridge().bridgeName() + "): " + conflict);
            }
        }
    }

    /** Takes the subnet, then the gateway's address, then the auxiliary ones ({@code ipamAllocateVersion}). */
    private void allocate(Network network) throws EngineException {
        List<NetworkCreate.IpamConfig> configs = network.request().ipam;
        if (configs.size() > 1 && !network.isBridge()) {
            throw EngineException.notEmulated("networks with several subnets are not emulated");
        }
        if (configs.size() > 1) {
            throw EngineException.forbidden("bridge driver doesn't support multiple subnets");
        }
        var wanted = configs.isEmpty() ? new NetworkCreate.IpamConfig("", "", "", Collections.emptyMap()) : configs.getFirst();
        checkIpamDriver(network.request(), !wanted.subnet().isEmpty());
        AddressPool pool = wanted.subnet().isEmpty()
                ? network.scope().equals("global") ? ipam.requestGlobal(reserved()) : ipam.requestAny(reserved())
                : ipam.request(Subnet.parse(wanted.subnet()).orElseThrow(), Subnet.parse(wanted.ipRange()).orElse(null));
        network.pool = pool;
        try {
            boolean skipGateway = network.parentOptions != null
                    ? !network.parent().hasGateway()
                    : network.bridge().gatewayMode() == GatewayMode.ISOLATED
                    || (network.bridge().inhibitIpv4() && network.isInternal());
            if (!wanted.gateway().isEmpty()) {
                network.gateway = requestGateway(pool, wanted.gateway());
            } else if (!skipGateway) {
                network.gateway = pool.request();
            }
            for (Map.Entry<String, String> auxiliary : wanted.auxiliaryAddresses().entrySet()) {
                requestAuxiliary(pool, auxiliary);
            }
        } catch (EngineException e) {
            ipam.release(pool);
            throw e;
        }
    }

    private static void checkIpamDriver(NetworkCreate request, boolean chosen) throws EngineException {
        switch (request.ipamDriver) {
            case "default" -> {}
            case "null" -> throw EngineException.badRequest(chosen ? "null ipam driver does not handle specific address pool requests"
                    : "ipv4 pool is empty");
            default -> throw EngineException.notFound("plugin \"" + request.ipamDriver + "\" not found");
        }
    }

    private static int requestGateway(AddressPool pool, String text) throws EngineException {
        int address = Ipv4.parse(text).orElseThrow();
        try {
            return pool.request(address);
        } catch (EngineException e) {
            throw EngineException.internal("failed to allocate gateway (" + text + "): " + e.message());
        }
    }

    private static void requestAuxiliary(AddressPool pool, Map.Entry<String, String> auxiliary) throws EngineException {
        String name = auxiliary.getKey() + ":" + auxiliary.getValue();
        int address = Ipv4.parse(auxiliary.getValue()).orElseThrow(() -> EngineException.badRequest(
                "non parsable secondary ip address (" + name + ") passed for network"));
        if (!pool.subnet().contains(address)) {
            throw EngineException.forbidden("auxiliary address: (" + name + ") must belong to the master pool: " + pool.subnet());
        }
        try {
            pool.request(address);
        } catch (EngineException e) {
            throw EngineException.internal("failed to allocate secondary ip address (" + name + "): " + e.message());
        }
    }

    /** What no automatic subnet may overlap: networks on the link, and name servers ({@code InferReservedNetworks}). */
    private List<Subnet> reserved() {
        var reserved = new ArrayList<Subnet>();
        nameServers.get().forEach(address -> reserved.add(new Subnet(address, 32)));
        for (Route route : machine.root().routing().table(RoutingTable.MAIN).routes()) {
            if (route.type() == RouteType.UNICAST && route.scope() == Scope.LINK && route.prefixLength() > 0) {
                reserved.add(new Subnet(route.network(), route.prefixLength()));
            }
        }
        return reserved;
    }

    // ---- removing ----

    public Network remove(String term) throws EngineException {
        Network network = find(term);
        if (!network.isUserDefined()) {
            throw EngineException.forbidden(network.name() + " is a pre-defined network and cannot be removed");
        }
        if (!network.endpoints().isEmpty()) {
            var names = new ArrayList<String>();
            network.endpoints().values().forEach(e -> names.add("name:\"" + e.name() + "\" id:\"" + ShortId.of(e.id()) + "\""));
            throw EngineException.forbidden("error while removing network: network " + network.name() + " has active endpoints ("
                    + String.join(", ", names) + ")");
        }
        if (network.isConfiguration()) {
            if (networks.values().stream().anyMatch(other -> other.request().configFrom.equals(network.name()))) {
                throw EngineException.forbidden("error while removing network: configuration network \"" + network.name() + "\" is in use");
            }
            networks.remove(network.id());
            return network;
        }
        if (network.isBridge()) {
            driver.deleteNetwork(network);
        } else {
            parentDriver.deleteNetwork(network);
        }
        ipam.release(java.util.Objects.requireNonNull(network.pool));
        networks.remove(network.id());
        return network;
    }

    // ---- connecting ----

    /** What a container brings to a network. */
    public record Guest(String containerId, String containerName, Sandbox sandbox, List<PortMapping> ports) {}

    /** Puts a container on a network: address, veth, interface; then, if the way out changes, the default route and its ports. */
    public Endpoint connect(Network network, Guest guest, EndpointSettings settings) throws EngineException {
        if (network.endpointNamed(guest.containerName()) != null) {
            throw EngineException.forbidden(
                    "endpoint with name " + guest.containerName() + " already exists in network " + network.name());
        }
        if (network.isConfiguration()) {
            throw EngineException.forbidden("cannot create endpoint on configuration-only network");
        }
        var endpoint = new Endpoint(ids.next(), guest.containerName(), guest.containerId(), network);
        for (String text : settings.linkLocalIps) {
            int address = Ipv4.parse(text).orElse(0);
            if (!Ipv4.inPrefix(address, LINK_LOCAL, LINK_LOCAL_LENGTH)) {
                throw EngineException.badRequest("invalid link local IP address: " + text);
            }
            endpoint.linkLocal.add(address);
        }
        endpoint.gatewayPriority = settings.gatewayPriority;
        endpoint.wantedInterface = settings.driverOpts.getOrDefault("com.docker.network.endpoint.ifname", "");
        endpoint.sysctls = settings.driverOpts.getOrDefault("com.docker.network.endpoint.sysctls", "");
        endpoint.dnsNames = List.copyOf(settings.dnsNames);
        endpoint.links = List.copyOf(settings.links);
        AddressPool pool = network.pool();
        if (pool != null) {
            endpoint.address = settings.ipv4Address.isEmpty() ? request(network, pool) : pool.request(Ipv4.address(settings.ipv4Address));
            endpoint.mac = settings.wantedMac.isEmpty() ? 0 : Mac.parse(settings.wantedMac).orElse(0);
        }
        try {
            if (network.isBridge()) {
                driver.createEndpoint(endpoint, guest.sandbox());
            } else if (network.parentOptions != null) {
                parentDriver.createEndpoint(endpoint, guest.sandbox());
            }
        } catch (EngineException e) {
            if (pool != null) {
                pool.release(endpoint.address);
            }
            throw e;
        }
        network.endpoints().put(endpoint.id(), endpoint);
        try {
            guest.sandbox().join(endpoint);
            settings.networkId = network.id();
            settings.endpointId = endpoint.id();
            settings.ipAddress = endpoint.address == 0 ? "" : Ipv4.text(endpoint.address);
            settings.prefixLength = pool == null ? 0 : pool.subnet().length();
            settings.macAddress = endpoint.mac == 0 ? "" : Mac.text(endpoint.mac);
            settings.gateway = endpoint.hasGateway() && network.gateway() != 0 ? Ipv4.text(network.gateway()) : "";
            updateGateway(guest.sandbox(), guest.ports());
        } catch (EngineException e) {
            disconnect(endpoint, guest.ports());
            throw e;
        }
        return endpoint;
    }

    private static int request(Network network, AddressPool pool) throws EngineException {
        try {
            return pool.request();
        } catch (EngineException e) {
            throw EngineException.internal(e.message() + ": " + network.name() + " (" + network.id() + ")");
        }
    }

    /** Takes an endpoint away; if the way out went through it, another takes over with the published ports. */
    public void disconnect(Endpoint endpoint, List<PortMapping> ports) {
        Network network = endpoint.network();
        unlink(endpoint);
        revokePorts(endpoint);
        Sandbox sandbox = endpoint.sandbox;
        if (sandbox != null) {
            sandbox.leave(endpoint);
        }
        if (network.isBridge()) {
            driver.deleteEndpoint(endpoint);
        } else if (network.parentOptions != null) {
            parentDriver.deleteEndpoint(endpoint);
        }
        AddressPool pool = network.pool();
        if (pool != null) {
            pool.release(endpoint.address);
        }
        network.endpoints().remove(endpoint.id());
        if (sandbox != null && sandbox.gateway() == null) {
            try {
                updateGateway(sandbox, ports);
            } catch (EngineException e) {
                // as in the engine, the other network stays connected without its ports
                sandbox.endpoints().forEach(this::revokePorts);
            }
        }
    }

    /** By {@code --link}, one container may use the ports that another exposes, also where neighbours may not talk. */
    public void link(Endpoint parent, Endpoint target, List<Port> ports) throws EngineException {
        BridgeFirewall firewall = parent.network().firewall;
        if (firewall != null && !parent.network().bridge().icc()) {
            for (Port port : ports) {
                parent.opened.addAll(firewall.link(parent.address, target.address, port));
            }
        }
    }

    public void unlink(Endpoint parent) {
        parent.opened.forEach(rule -> java.util.Objects.requireNonNull(parent.network().firewall).unlink(rule));
        parent.opened.clear();
    }

    /** The container has other names now. */
    public void rename(Endpoint endpoint, String name, List<String> dnsNames) {
        endpoint.name = name;
        endpoint.dnsNames = List.copyOf(dnsNames);
    }

    private void updateGateway(Sandbox sandbox, List<PortMapping> ports) throws EngineException {
        Endpoint best = sandbox.bestGateway();
        Endpoint before = sandbox.gateway();
        if (best == null || best == before) {
            return;
        }
        if (before != null) {
            revokePorts(before);
        }
        sandbox.routeBy(best);
        try {
            publish(best, ports);
        } catch (EngineException e) {
            throw e.within("driver failed programming external connectivity on endpoint " + best.name() + " (" + best.id() + ")");
        }
    }

    private void publish(Endpoint endpoint, List<PortMapping> ports) throws EngineException {
        if (!endpoint.network().isBridge()) {
            // on the parent's cable every port of the container is reached at its own address
            return;
        }
        BridgeOptions options = endpoint.network().bridge();
        var wanted = new ArrayList<PortMapping>();
        for (PortMapping port : ports) {
            boolean nat = options.gatewayMode() != GatewayMode.ROUTED;
            HostAddress given = port.hostAddress();
            HostAddress hostAddress = !nat ? HostAddress.ANY : given != null ? given : HostAddress.of(options.bindingIp());
            wanted.add(new PortMapping(port.protocol(), endpoint.address, port.port(), hostAddress, port.hostPort(), port.hostPortEnd(),
                    nat));
        }
        endpoint.portMappings().addAll(portMapper.map(wanted, java.util.Objects.requireNonNull(endpoint.network().firewall)));
        forgetConnections(endpoint.address);
    }

    private void revokePorts(Endpoint endpoint) {
        if (!endpoint.portMappings().isEmpty()) {
            portMapper.unmap(endpoint.portMappings(), java.util.Objects.requireNonNull(endpoint.network().firewall));
            endpoint.portMappings().clear();
            forgetConnections(endpoint.address);
        }
    }

    /** Rules only decide over new connections: old ones must not live on ({@code clearConntrackEntries}). */
    private void forgetConnections(int address) {
        for (ConntrackEntry entry : machine.root().conntrack().entries()) {
            if (entry.original().source() == address || entry.reply().source() == address) {
                machine.root().conntrack().delete(entry, "dockerd");
            }
        }
    }
}
