package dev.vethlab.engine.docker.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What ties a container to its host ({@code HostConfig} of the API), as far as it is emulated. */
public final class HostConfig {
    public String networkMode = "default";
    public TreeMap<Port, List<PortBinding>> portBindings = new TreeMap<>();
    public String restartPolicy = "no";
    public int maximumRetryCount;
    public boolean autoRemove;
    public List<String> capAdd = new ArrayList<>();
    public List<String> capDrop = new ArrayList<>();
    public List<String> groupAdd = new ArrayList<>();
    public List<String> dns = new ArrayList<>();
    public List<String> dnsOptions = new ArrayList<>();
    public List<String> dnsSearch = new ArrayList<>();
    public List<String> extraHosts = new ArrayList<>();
    /** {@code json-file}, {@code local} or {@code none}; empty for the engine's default. */
    public String logDriver = "";
    public List<String> links = new ArrayList<>();
    public boolean privileged;
    public boolean publishAllPorts;
    public boolean readonlyRootfs;
    public Map<String, String> sysctls = new TreeMap<>();
    public boolean init;
    /** {@code source:destination[:mode]}, each. */
    public List<String> binds = new ArrayList<>();

    public List<MountRequest> mounts = new ArrayList<>();

    /** {@code destination[:options]}, each. */
    public List<String> tmpfs = new ArrayList<>();

    public List<String> volumesFrom = new ArrayList<>();
    public Resources resources = new Resources();

    /** Bytes of {@code /dev/shm}. */
    public long shmSize = 67_108_864;

    public List<String> securityOpt = new ArrayList<>();
    public String ipcMode = "private";
    public String pidMode = "";

    public boolean isContainerNetwork() {
        return networkMode.startsWith("container:");
    }

    /** The container whose network is shared; only if {@link #isContainerNetwork}. */
    public String connectedContainer() {
        return networkMode.substring("container:".length());
    }

    public boolean isHostNetwork() {
        return networkMode.equals("host");
    }

    /** The name of the network that the mode means. */
    public String networkName() {
        return networkMode.equals("default") ? "bridge" : networkMode;
    }
}
