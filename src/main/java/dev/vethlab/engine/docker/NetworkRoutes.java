package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.NetworkApi;
import dev.vethlab.engine.docker.api.NetworkCreate;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.docker.container.Container;
import dev.vethlab.engine.docker.container.Containers;
import dev.vethlab.engine.docker.network.Network;
import dev.vethlab.engine.docker.network.NetworkInspect;
import dev.vethlab.engine.docker.network.Networks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What requests about networks do ({@code api/server/router/network}). */
public final class NetworkRoutes implements NetworkApi {
    private final Networks networks;
    private final Containers containers;
    private final EventLog events;

    NetworkRoutes(Networks networks, Containers containers, EventLog events) {
        this.networks = networks;
        this.containers = containers;
        this.events = events;
    }

    @Override
    public List<Network> all() {
        return networks.all();
    }

    @Override
    public Network find(String term) throws EngineException {
        return networks.find(term);
    }

    @Override
    public @Nullable Network lookup(String term) {
        return networks.lookup(term);
    }

    @Override
    public Value.Struct inspect(String term) throws EngineException {
        return NetworkInspect.of(networks.find(term));
    }

    @Override
    public Network create(NetworkCreate request) throws EngineException {
        Network network = networks.create(request);
        record(network, "create", Collections.emptyMap());
        return network;
    }

    @Override
    public void remove(String term) throws EngineException {
        record(networks.remove(term), "destroy", Collections.emptyMap());
    }

    @Override
    public List<String> prune(Predicate<NetworkView> wanted) throws EngineException {
        var removed = new ArrayList<String>();
        for (Network network : networks.all()) {
            if (network.isUserDefined() && !network.isConfiguration() && !network.isUsed() && wanted.test(network)) {
                remove(network.id());
                removed.add(network.name());
            }
        }
        events.pruned("network", 0);
        return removed;
    }

    @Override
    public void connect(String term, String containerTerm, EndpointSettings settings) throws EngineException {
        Container container = containers.find(containerTerm);
        if (containers.runtime().containerNetworks().isMissingBridge(term)) {
            return;
        }
        Network network = networks.find(term);
        containers.runtime().containerNetworks().connect(container, network, settings);
        record(network, "connect", Collections.singletonMap("container", container.id()));
    }

    @Override
    public void disconnect(String term, String containerTerm, boolean force) throws EngineException {
        Container container;
        try {
            container = containers.find(containerTerm);
        } catch (EngineException e) {
            if (force) {
                networks.find(term);
                throw EngineException.notFound("endpoint " + containerTerm + " not found");
            }
            throw e;
        }
        Network network = networks.find(term);
        containers.runtime().containerNetworks().disconnect(container, network);
        record(network, "disconnect", Collections.singletonMap("container", container.id()));
    }

    private void record(Network network, String action, Map<String, String> more) {
        var attributes = new TreeMap<>(more);
        attributes.put("name", network.name());
        attributes.put("type", network.driver());
        events.record("network", action, network.id(), attributes);
    }
}
