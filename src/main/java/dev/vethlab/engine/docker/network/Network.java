package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.api.NetworkCreate;
import dev.vethlab.engine.docker.api.NetworkView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network of the engine: a name, a driver, addresses, and the endpoints by which containers are on it. */
public final class Network implements NetworkView {
    private final String id;
    private final NetworkCreate request;
    private final long created;
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    @Nullable AddressPool pool;
    int gateway;
    @Nullable BridgeOptions options;
    @Nullable BridgeFirewall firewall;
    @Nullable ParentOptions parentOptions;

    /** Whether the engine made the parent interface. */
    boolean parentIsOurs;

    /** Whether the Linux bridge was there before the network. */
    boolean bridgeIsTheUsers;
    boolean bridgeIsOurs;

    Network(String id, NetworkCreate request, long created) {
        this.id = id;
        this.request = request;
        this.created = created;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return request.name;
    }

    @Override
    public String driver() {
        return isConfiguration() ? "null" : request.driver;
    }

    /** What it was made from. */
    public NetworkCreate request() {
        return request;
    }

    @Override
    public long created() {
        return created;
    }

    @Override
    public String scope() {
        return request.scope;
    }

    @Override
    public boolean isInternal() {
        return request.internal;
    }

    @Override
    public boolean isUserDefined() {
        return !NetworkView.isPredefined(name());
    }

    @Override
    public boolean isUsed() {
        return !endpoints.isEmpty();
    }

    @Override
    public Map<String, String> labels() {
        return request.labels;
    }

    /** Whether it only holds what other networks are made from ({@code --config-only}). */
    public boolean isConfiguration() {
        return request.configOnly;
    }

    public boolean isBridge() {
        return driver().equals("bridge");
    }

    /** Its addresses; null if its driver gives none. */
    public @Nullable AddressPool pool() {
        return pool;
    }

    /** Whether the other's gateway lies within its subnet; both have a gateway. */
    boolean reachesGatewayOf(Network other) {
        return gateway != 0 && other.gateway != 0 && java.util.Objects.requireNonNull(pool).subnet().contains(other.gateway);
    }

    /** The gateway's address; 0 if there is none. */
    public int gateway() {
        return gateway;
    }

    /** Only of a bridge network. */
    public BridgeOptions bridge() {
        return java.util.Objects.requireNonNull(options);
    }

    /** Only of a macvlan or ipvlan network. */
    ParentOptions parent() {
        return java.util.Objects.requireNonNull(parentOptions);
    }

    /** The parent interface of a macvlan or ipvlan network; null of others. */
    public @Nullable String parentName() {
        return parentOptions == null ? null : parentOptions.parent();
    }

    /** By id, in the order they were made. */
    public Map<String, Endpoint> endpoints() {
        return endpoints;
    }

    public @Nullable Endpoint endpointNamed(String name) {
        for (Endpoint endpoint : endpoints.values()) {
            if (endpoint.name().equals(name)) {
                return endpoint;
            }
        }
        return null;
    }
}
