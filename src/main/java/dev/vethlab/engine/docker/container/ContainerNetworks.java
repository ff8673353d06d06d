package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.PortBinding;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.docker.network.Endpoint;
import dev.vethlab.engine.docker.network.Network;
import dev.vethlab.engine.docker.network.Networks;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.docker.publish.HostAddress;
import dev.vethlab.engine.docker.publish.PortMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Connects containers to networks and takes them off, at their start or while they run ({@code daemon/container_operations.go}). */
public final class ContainerNetworks {
    private static final String SHARING =
            "container sharing network namespace with another container or host cannot be connected to any other network";

    private final DaemonConfig config;
    private final Networks networks;
    private final ContainerFiles files;

    ContainerNetworks(DaemonConfig config, Networks networks, ContainerFiles files) {
        this.config = config;
        this.networks = networks;
        this.files = files;
    }

    /** Connects it to its networks when it starts. */
    void join(Container container, Sandbox sandbox) throws EngineException {
        if (container.hostConfig().isContainerNetwork()) {
            return;
        }
        try {
            if (sandbox.isShared() && container.networks().size() > 1) {
                throw EngineException.forbidden(SHARING);
            }
            for (String name : container.networks().keySet()) {
                if (container.networks().size() > 1 && isSpecial(name)) {
                    throw EngineException.forbidden(notBesideOthers(name));
                }
            }
            for (String name : List.copyOf(container.networks().keySet())) {
                if (!isMissingBridge(name)) {
                    connect(container, sandbox, networks.find(name), name);
                }
            }
        } catch (EngineException e) {
            throw e.within("failed to set up container networking");
        }
        files.write(container, sandbox);
        Links.open(container, networks);
        Links.announce(container);
    }

    /** Whether it is the default bridge, of which there is none: a container on it has no network, and that is no error. */
    public boolean isMissingBridge(String network) {
        return config.withoutBridge() && network.equals(NetworkView.DEFAULT);
    }

    private Endpoint connect(Container container, Sandbox sandbox, Network network, String key) throws EngineException {
        EndpointSettings settings = Objects.requireNonNull(container.networks().get(key));
        if (!key.equals(network.name())) {
            container.networks().remove(key);
            container.networks().put(network.name(), settings);
        }
        settings.clearOperational();
        settings.dnsNames = network.isUserDefined() ? dnsNames(container, settings) : new ArrayList<>();
        ContainerCreation.checkEndpoint(network.name(), network, settings);
        return networks.connect(network,
                new Networks.Guest(container.id(), container.name(), sandbox, wishedPorts(container)), settings);
    }

    /** Container name, aliases, short id, host name: each once ({@code buildEndpointDNSNames}). */
    private static List<String> dnsNames(Container container, EndpointSettings settings) {
        var names = new ArrayList<String>();
        names.add(container.name());
        names.addAll(settings.aliases);
        names.add(ShortId.of(container.id()));
        names.add(container.config().hostname);
        return names.stream().filter(n -> !n.isEmpty()).distinct().collect(Collectors.toCollection(ArrayList::new));
    }

    /** What {@code -p} and {@code -P} ask for; addresses follow when the network is known. */
    private static List<PortMapping> wishedPorts(Container container) throws EngineException {
        var wishes = new ArrayList<PortMapping>();
        for (Port port : container.config().exposedPorts) {
            List<PortBinding> bindings = container.hostConfig().portBindings.getOrDefault(port, List.of());
            for (PortBinding binding : bindings) {
                wishes.add(wish(port, binding));
            }
            if (bindings.isEmpty() && container.hostConfig().publishAllPorts) {
                wishes.add(new PortMapping(port.protocol(), 0, port.number(), null, 0, 0, true));
            }
        }
        return wishes;
    }

    private static PortMapping wish(Port port, PortBinding binding) {
        String[] range = binding.hostPort().isEmpty() ? new String[] {"0"} : binding.hostPort().split("-", 2);
        int first = Integer.parseInt(range[0]);
        int last = range.length > 1 ? Integer.parseInt(range[1]) : first;
        HostAddress address = binding.hostIp().isEmpty() ? null : HostAddress.of(binding.hostIp());
        return new PortMapping(port.protocol(), 0, port.number(), address, first, last, true);
    }

    private static boolean isSpecial(String network) {
        return network.equals("host") || network.equals("none");
    }

    private static String notBesideOthers(String network) {
        return network.equals("host") ? "cannot connect container to host network - container must be created in host network mode"
                : "container cannot be connected to multiple networks with one of the networks in private (none) mode";
    }

    /** Connects a container to one more network, now if it runs, else when it starts. */
    public void connect(Container container, Network network, EndpointSettings settings) throws EngineException {
        if (container.hostConfig().isContainerNetwork()) {
            throw EngineException.forbidden(SHARING);
        }
        Sandbox sandbox = container.sandbox();
        if (sandbox != null) {
            checkMode(container.hostConfig().networkMode);
        }
        ContainerCreation.checkEndpoint(network.name(), network, settings);
        if (container.networks().containsKey("host")) {
            throw EngineException.forbidden(SHARING);
        }
        boolean alone = network.name().equals("none") && container.networks().isEmpty();
        if (isSpecial(network.name()) && !alone) {
            throw EngineException.forbidden(notBesideOthers(network.name()));
        }
        if (container.networks().containsKey("none")) {
            throw EngineException.forbidden(notBesideOthers("none"));
        }
        EndpointSettings before = container.networks().get(network.name());
        if (before != null) {
            throw EngineException.forbidden(
                    "endpoint with name " + container.name() + " already exists in network " + network.name());
        }
        container.networks().put(network.name(), settings);
        if (sandbox == null) {
            settings.networkId = network.id();
            settings.dnsNames = network.isUserDefined() ? dnsNames(container, settings) : new ArrayList<>();
            return;
        }
        try {
            connect(container, sandbox, network, network.name());
        } catch (EngineException e) {
            container.networks().remove(network.name());
            throw e;
        }
        files.write(container, sandbox);
    }

    /** The network that a container was made for must still be there ({@code normalizeNetworkMode}). */
    private void checkMode(String mode) throws EngineException {
        try {
            if (!NetworkView.isPredefined(mode)) {
                networks.find(mode);
            }
        } catch (EngineException e) {
            throw e.within("could not find a network matching network mode " + mode);
        }
    }

    /** It ends: its endpoints go, what it wishes for stays. */
    void leave(Container container, Sandbox sandbox) {
        if (container.hostConfig().isContainerNetwork()) {
            return;
        }
        for (Endpoint endpoint : sandbox.endpoints()) {
            networks.disconnect(endpoint, List.of());
        }
        container.networks().values().forEach(EndpointSettings::clearOperational);
    }

    /** Takes it off a network. */
    public void disconnect(Container container, Network network) throws EngineException {
        if (network.name().equals("host") && container.hostConfig().isHostNetwork()) {
            throw EngineException.forbidden("cannot disconnect container from host network - container was created in host network mode");
        }
        if (!container.networks().containsKey(network.name())) {
            throw EngineException.forbidden("container " + container.id() + " is not connected to network " + network.name());
        }
        Sandbox sandbox = container.sandbox();
        if (sandbox != null) {
            for (Endpoint endpoint : sandbox.endpoints()) {
                if (endpoint.network() == network) {
                    networks.disconnect(endpoint, wishedPorts(container));
                }
            }
        }
        container.networks().remove(network.name());
        if (sandbox != null) {
            files.write(container, sandbox);
        }
    }

    /** One of its links is no more. */
    void unlinked(Container container) throws EngineException {
        Sandbox sandbox = container.sandbox();
        if (sandbox != null) {
            files.write(container, sandbox);
            for (Endpoint endpoint : sandbox.endpoints()) {
                networks.unlink(endpoint);
            }
            Links.open(container, networks);
        }
    }

    /** Its names follow a new name. */
    void renamed(Container container) {
        for (Map.Entry<String, EndpointSettings> entry : container.networks().entrySet()) {
            if (!NetworkView.isPredefined(entry.getKey())) {
                entry.getValue().dnsNames = dnsNames(container, entry.getValue());
            }
        }
        Sandbox sandbox = container.sandbox();
        if (sandbox != null && !sandbox.isShared() && !container.hostConfig().isContainerNetwork()) {
            sandbox.namespace().retitle(container.name());
            sandbox.endpoints().forEach(e -> networks.rename(e, container.name(),
                    Objects.requireNonNull(container.networks().get(e.network().name())).dnsNames));
        }
    }
}
