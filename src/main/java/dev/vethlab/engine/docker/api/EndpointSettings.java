package dev.vethlab.engine.docker.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a container is, or is to be, connected to one network: first what was asked for, then what came of it. */
public final class EndpointSettings {
    public String ipv4Address = "";
    public List<String> linkLocalIps = new ArrayList<>();
    public boolean hasIpamConfig;
    public List<String> links = new ArrayList<>();
    public List<String> aliases = new ArrayList<>();
    public Map<String, String> driverOpts = new LinkedHashMap<>();

    /** Whether what is empty was sent as empty, as {@code docker network connect} does, and not left out. */
    public boolean explicit;

    public int gatewayPriority;

    /** A MAC address that was asked for; empty for a random one. */
    public String wantedMac = "";

    public String macAddress = "";
    public String networkId = "";
    public String endpointId = "";
    public String gateway = "";
    public String ipAddress = "";
    public int prefixLength;
    public List<String> dnsNames = new ArrayList<>();

    /** Forgets what came of the last connection. */
    public void clearOperational() {
        macAddress = "";
        endpointId = "";
        gateway = "";
        ipAddress = "";
        prefixLength = 0;
    }
}
