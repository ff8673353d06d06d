package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.SystemInfo;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.kernel.Machine;
import java.util.List;

/** What client and engine say of themselves. */
final class EngineInfo {
    private static final String GO = "go1.27.1";
    private static final String CLIENT_COMMIT = ClientVersion.COMMIT;
    private static final String SERVER_COMMIT = "3ef3c07c883be49a2e8097bcf6d2952fce1d70eb";
    private static final String BUILT = "Tue Sep 15 11:02:57 2026";
    private static final String SYSTEM = "Debian GNU/Linux forky/sid (containerized)";

    private static final String CONTAINERD = "2.1.9+unknown";
    private static final String RUNC = "1.3.6+ds1";
    private static final String INIT = "0.19.0";
    private static final List<String> LOG_PLUGINS =
            List.of("awslogs", "fluentd", "gelf", "journald", "json-file", "local", "splunk", "syslog");
    private static final List<String> NETWORK_PLUGINS = List.of("bridge", "host", "ipvlan", "macvlan", "null", "overlay");

    private EngineInfo() {}

    static Value version(EngineApi engine) {
        var client = Value.struct("clientVersion")
                .put("Platform", Value.struct("platformInfo").put("Name", "").build())
                .put("Version", ClientVersion.VERSION).put("APIVersion", "ApiVersion", Value.of(EngineApi.API_VERSION))
                .put("DefaultAPIVersion", EngineApi.API_VERSION).put("GitCommit", CLIENT_COMMIT).put("GoVersion", GO)
                .put("Os", "linux").put("Arch", "amd64").put("BuildTime", BUILT).put("Context", "default").build();
        var server = Value.struct("types.Version")
                .put("Platform", Value.struct("platformInfo").put("Name", "").build())
                .put("Components", new Value.Items(List.of(component("Engine", EngineApi.VERSION + "+dfsg4"),
                        component("containerd", CONTAINERD), component("runc", RUNC), component("docker-init", INIT))))
                .put("Version", EngineApi.VERSION + "+dfsg4").put("APIVersion", "ApiVersion", Value.of(EngineApi.API_VERSION))
                .put("MinAPIVersion", "1.24").put("GitCommit", SERVER_COMMIT).put("GoVersion", GO).put("Os", "linux").put("Arch", "amd64")
                .put("KernelVersion", Machine.KERNEL_RELEASE).put("BuildTime", BUILT).build();
        return Value.struct("system.versionInfo").put("Client", client).put("Server", server).build();
    }

    private static Value component(String name, String version) {
        return Value.struct("types.ComponentVersion").put("Name", name).put("Version", version).build();
    }

    static String clientVersionText() {
        return """
                Client:
                 Version:           %s
                 API version:       %s
                 Go version:        %s
                 Git commit:        %s
                 Built:             %s
                 OS/Arch:           linux/amd64
                 Context:           default
                """.formatted(ClientVersion.VERSION, EngineApi.API_VERSION, GO, CLIENT_COMMIT, BUILT);
    }

    static String clientInfoText() {
        return """
                Client:
                 Version:    %s
                 Context:    default
                 Debug Mode: false
                 Plugins:
                  compose: Docker Compose (Docker Inc.)
                    Version:  2.40.3-3
                    Path:     /usr/libexec/docker/cli-plugins/docker-compose
                """.formatted(ClientVersion.VERSION);
    }

    static String versionText(EngineApi engine) {
        return clientVersionText() + """

                Server:
                 Engine:
                  Version:          %s
                  API version:      %s (minimum version 1.24)
                  Go version:       %s
                  Git commit:       %s
                  Built:            %s
                  OS/Arch:          linux/amd64
                  Experimental:     false
                 containerd:
                  Version:          2.1.9+unknown
                  GitCommit:       \s
                 runc:
                  Version:          1.3.6+ds1
                  GitCommit:        1.3.6+ds1-1
                 docker-init:
                  Version:          0.19.0
                  GitCommit:       \s
                """.formatted(EngineApi.VERSION + "+dfsg4",
                EngineApi.API_VERSION, GO, SERVER_COMMIT, BUILT);
    }

    static Value info(EngineApi engine) {
        List<SystemInfo.Pool> pools = engine.info().pools();
        return Value.struct("system.dockerInfo")
                .put("ID", "2908a7c9-b000-4910-82c8-6b8c88eeb12d")
                .put("Containers", engine.info().containers())
                .put("ContainersRunning", engine.info().running())
                .put("ContainersPaused", engine.info().paused())
                .put("ContainersStopped", engine.info().stopped())
                .put("Images", engine.info().images())
                .put("Driver", "overlay2")
                .put("Plugins", Value.struct("system.PluginsInfo")
                        .put("Volume", Value.texts(List.of("local")))
                        .put("Network", Value.texts(NETWORK_PLUGINS))
                        .put("Authorization", Value.NULL_SLICE)
                        .put("Log", Value.texts(LOG_PLUGINS)).build())
                .put("MemoryLimit", true).put("SwapLimit", true).put("CpuCfsPeriod", true).put("CpuCfsQuota", true)
                .put("CPUShares", true).put("CPUSet", true).put("PidsLimit", true).put("IPv4Forwarding", true)
                .put("Debug", false).put("NFd", 30).put("OomKillDisable", true).put("NGoroutines", 50)
                .put("LoggingDriver", "json-file").put("CgroupDriver", "cgroupfs").put("CgroupVersion", "1")
                .put("NEventsListener", 0).put("KernelVersion", Machine.KERNEL_RELEASE).put("OperatingSystem", SYSTEM).put("OSVersion", "")
                .put("OSType", "linux").put("Architecture", "x86_64").put("NCPU", 2).put("MemTotal", SystemInfo.MEMORY)
                .put("IndexServerAddress", "https://index.docker.io/v1/").put("DockerRootDir", "/var/lib/docker")
                .put("HttpProxy", "").put("HttpsProxy", "").put("NoProxy", "").put("Name", engine.info().name())
                .put("Labels", Value.texts(engine.info().labels())).put("ExperimentalBuild", false)
                .put("ServerVersion", EngineApi.VERSION + "+dfsg4")
                .put("DefaultRuntime", "runc").put("LiveRestoreEnabled", false).put("Isolation", "").put("InitBinary", "docker-init")
                .put("SecurityOptions", Value.texts(List.of("name=seccomp,profile=builtin")))
                .put("Swarm", Value.struct("swarm.Info").put("NodeID", "").put("NodeAddr", "").put("LocalNodeState", "inactive")
                        .put("ControlAvailable", false).put("Error", "").build())
                .put("DefaultAddressPools", pools.isEmpty() ? Value.NULL_SLICE : new Value.Items(pools.stream()
                        .<Value>map(p -> Value.struct("system.NetworkAddressPool").put("Base", p.base()).put("Size", p.size()).build()).toList()))
                .put("FirewallBackend", engine.info().filters()
                        ? Value.struct("system.FirewallInfo").put("Driver", "iptables").build() : Value.NULL)
                .put("Warnings", Value.NULL_SLICE)
                .build();
    }

    static String infoText(EngineApi engine) {
        return clientInfoText() + """

                Server:
                 Containers: %d
                  Running: %d
                  Paused: %d
                  Stopped: %d
                 Images: %d
                 Server Version: %s
                 Storage Driver: overlay2
                  Backing Filesystem: extfs
                  Supports d_type: true
                  Using metacopy: false
                  Native Overlay Diff: true
                  userxattr: false
                 Logging Driver: json-file
                 Cgroup Driver: cgroupfs
                 Cgroup Version: 1
                 Plugins:
                  Volume: local
                  Network: bridge host ipvlan macvlan null overlay
                  Log: %s
                 CDI spec directories:
                  /etc/cdi
                  /var/run/cdi
                 Swarm: inactive
                 Runtimes: io.containerd.runc.v2 runc
                 Default Runtime: runc
                 Init Binary: docker-init
                 containerd version:\s
                 runc version: 1.3.6+ds1-1
                 init version:\s
                 Security Options:
                  seccomp
                   Profile: builtin
                 Kernel Version: %s
                 Operating System: %s
                 OSType: linux
                 Architecture: x86_64
                 Name: %s
                 Docker Root Dir: /var/lib/docker
                 Debug Mode: false
                %s Experimental: false
                 Insecure Registries:
                  ::1/128
                  127.0.0.0/8
                 Live Restore Enabled: false
                """.formatted(engine.info().containers(), engine.info().running(), engine.info().paused(),
                engine.info().stopped(), engine.info().images(), EngineApi.VERSION + "+dfsg4", String.join(" ", LOG_PLUGINS), Machine.KERNEL_RELEASE,
                        SYSTEM, engine.info().name(), labels(engine.info().labels())) + pools(engine.info().pools());
    }

    private static String labels(List<String> labels) {
        return labels.isEmpty() ? "" : " Labels:\n" + String.join("", labels.stream().map(label -> "  " + label + "\n").toList());
    }

    private static String pools(List<SystemInfo.Pool> pools) {
        var text = new StringBuilder(pools.isEmpty() ? "" : " Default Address Pools:\n");
        pools.forEach(pool -> text.append("   Base: ").append(pool.base()).append(", Size: ").append(pool.size()).append('\n'));
        return text.toString();
    }
}
