package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.NetworkCreate;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that is known of a network, as {@code GET /networks/ID} answers it. */
public final class NetworkInspect {
    private NetworkInspect() {}

    public static Value.Struct of(Network network) {
        NetworkCreate request = network.request();
        var containers = new TreeMap<String, Value>();
        network.endpoints().values().forEach(e -> containers.put(e.containerId(), endpoint(e)));
        return Value.struct("network.Inspect")
                .put("Name", network.name())
                .put("ID", "Id", Value.of(network.id()))
                .put("Created", DockerTime.rfc3339(network.created()))
                .put("Scope", network.scope())
                .put("Driver", network.driver())
                .put("EnableIPv4", request.enableIpv4)
                .put("EnableIPv6", request.enableIpv6)
                .put("IPAM", ipam(network))
                .put("Internal", network.isInternal())
                .put("Attachable", request.attachable)
                .put("Ingress", false)
                .put("ConfigFrom", Value.struct("network.ConfigReference").put("Network", request.configFrom).build())
                .put("ConfigOnly", request.configOnly)
                .put("Containers", new Value.Entries(containers))
                .put("Options", Value.map(request.options))
                .put("Labels", Value.map(request.labels))
                .build();
    }

    private static Value endpoint(Endpoint endpoint) {
        AddressPool pool = endpoint.network().pool();
        return Value.struct("network.EndpointResource")
                .put("Name", endpoint.name())
                .put("EndpointID", endpoint.id())
                .put("MacAddress", endpoint.mac() == 0 ? "" : Mac.text(endpoint.mac()))
                .put("IPv4Address", endpoint.address() == 0 || pool == null ? "" : Ipv4.text(endpoint.address()) + "/"
                + pool.subnet().length())
                .put("IPv6Address", "")
                .build();
    }

    private static Value ipam(Network network) {
        NetworkCreate request = network.request();
        AddressPool pool = network.pool();
        Value options = !request.ipamOptions.isEmpty() || network.isUserDefined() ? Value.map(request.ipamOptions) : Value.NULL_MAP;
        return Value.struct("network.IPAM")
                .put("Driver", request.ipamDriver)
                .put("Options", options)
                .put("Config", configs(network, pool))
                .build();
    }

    /** What was asked for, if anything was; else what it came to ({@code buildIPAMResources}). */
    private static Value config(Network network, AddressPool pool) {
        if (network.request().ipam.isEmpty()) {
            return Value.struct("network.IPAMConfig")
                    .omitEmpty("Subnet", Value.of(pool.subnet().toString()))
                    .omitEmpty("IPRange", Value.of(""))
                    .omitEmpty("Gateway", Value.of(network.gateway() == 0 ? "" : Ipv4.text(network.gateway())))
                    .build();
        }
        return asked(network.request().ipam.getFirst());
    }

    private static Value configs(Network network, @Nullable AddressPool pool) {
        if (pool != null) {
            return new Value.Items(List.of(config(network, pool)));
        }
        List<NetworkCreate.IpamConfig> asked = network.request().ipam;
        return asked.isEmpty() ? Value.NULL_SLICE : new Value.Items(asked.stream().map(NetworkInspect::asked).toList());
    }

    private static Value asked(NetworkCreate.IpamConfig asked) {
        return Value.struct("network.IPAMConfig")
                .omitEmpty("Subnet", Value.of(asked.subnet()))
                .omitEmpty("IPRange", Value.of(asked.ipRange()))
                .omitEmpty("Gateway", Value.of(asked.gateway()))
                .omitEmpty("AuxAddress", "AuxiliaryAddresses", Value.map(asked.auxiliaryAddresses()))
                .build();
    }
}
