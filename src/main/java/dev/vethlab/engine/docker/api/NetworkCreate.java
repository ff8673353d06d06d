package dev.vethlab.engine.docker.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The request to make a network ({@code POST /networks/create}). */
public final class NetworkCreate {
    public String name = "";
    public String driver = "bridge";
    public boolean internal;
    public boolean attachable;
    public boolean ingress;

    /** {@code local}, or what somebody else wants it to be called. */
    public String scope = "local";

    public boolean enableIpv4 = true;
    public boolean enableIpv6;
    public boolean configOnly;
    public String configFrom = "";
    public Map<String, String> options = new TreeMap<>();
    public Map<String, String> labels = new TreeMap<>();
    public String ipamDriver = "default";
    public Map<String, String> ipamOptions = new TreeMap<>();
    public List<IpamConfig> ipam = new ArrayList<>();

    /** A network that is made from this configuration is as this says ({@code Network.applyConfigurationTo}). */
    public void applyTo(NetworkCreate request) {
        request.enableIpv4 = enableIpv4;
        request.enableIpv6 = enableIpv6;
        request.options.putAll(options);
        request.labels.putAll(labels);
        request.ipamDriver = ipamDriver;
        request.ipamOptions.putAll(ipamOptions);
        request.ipam.addAll(ipam);
    }

    /** One subnet of a network; what was not given is empty. */
    public record IpamConfig(String subnet, String ipRange, String gateway, Map<String, String> auxiliaryAddresses) {}
}
