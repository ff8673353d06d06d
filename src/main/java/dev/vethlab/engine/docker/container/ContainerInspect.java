package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.MountRequest;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.PortBinding;
import dev.vethlab.engine.docker.api.Resources;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.docker.network.Endpoint;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.docker.publish.PortMapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that is known of a container, as {@code GET /containers/ID/json} answers it. */
public final class ContainerInspect {
    private static final List<String> MASKED = List.of("/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys",
            "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
            "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY = List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private final Container container;
    private final long writtenSize;

    private ContainerInspect(Container container, long writtenSize) {
        this.container = container;
        this.writtenSize = writtenSize;
    }

    /** @param writtenSize bytes of what its own layer has; -1 to leave sizes out */
    static Value.Struct of(Container container, long writtenSize) {
        return new ContainerInspect(container, writtenSize).value();
    }

    private Value.Struct value() {
        String directory = "/var/lib/docker/containers/" + container.id() + "/";
        List<String> line = container.commandLine();
        Value health = container.health() == null ? Value.NULL : container.health().value();
        return Value.struct("container.InspectResponse")
                .put("ID", "Id", Value.of(container.id()))
                .put("Created", DockerTime.rfc3339(container.created()))
                .put("Path", line.getFirst())
                .put("Args", Value.texts(line.subList(1, line.size())))
                .put("State", container.state().value(health))
                .put("Image", container.image().id())
                .put("ResolvConfPath", started() ? directory + "resolv.conf" : "")
                .put("HostnamePath", started() ? directory + "hostname" : "")
                .put("HostsPath", started() ? directory + "hosts" : "")
                .put("LogPath", started() ? directory + container.id() + "-json.log" : "")
                .put("Name", "/" + container.name())
                .put("RestartCount", container.restartCount)
                .put("Driver", "overlay2")
                .put("Platform", "linux")
                .put("MountLabel", "")
                .put("ProcessLabel", "")
                .put("AppArmorProfile", "")
                .put("ExecIDs", container.execs().isEmpty() ? Value.NULL_SLICE
                : Value.texts(container.execs().stream().map(Exec::id).toList()))
                .put("HostConfig", hostConfig())
                .put("GraphDriver", graphDriver())
                .omitEmpty("SizeRw", writtenSize < 0 ? Value.NULL : Value.of(writtenSize))
                .omitEmpty("SizeRootFs", writtenSize < 0 ? Value.NULL : Value.of(writtenSize + container.imageSize()))
                .put("Mounts", new Value.Items(container.mounts().stream().filter(ContainerInspect::isMount).map(MountPoint::value).toList()))
                .put("Config", config())
                .put("NetworkSettings", networkSettings())
                .build();
    }

    private boolean started() {
        return container.state().startedAt() >= 0 || container.sandbox() != null;
    }

    private Value graphDriver() {
        String layer = "/var/lib/docker/overlay2/" + container.id();
        var directories = new TreeMap<String, String>();
        directories.put("ID", container.id());
        directories.put("LowerDir", layer + "-init/diff");
        directories.put("MergedDir", layer + "/merged");
        directories.put("UpperDir", layer + "/diff");
        directories.put("WorkDir", layer + "/work");
        return Value.struct("storage.DriverData")
                .put("Data", Value.map(directories))
                .put("Name", "overlay2")
                .build();
    }

    // ---- configuration ----

    private Value config() {
        ContainerConfig config = container.config();
        Integer timeout = config.stopTimeout;
        return Value.struct("container.Config")
                .put("Hostname", config.hostname)
                .put("Domainname", config.domainname)
                .put("User", config.user)
                .put("AttachStdin", config.attachStdin)
                .put("AttachStdout", config.attachStdout)
                .put("AttachStderr", config.attachStderr)
                .omitEmpty("ExposedPorts", Value.set(config.exposedPorts.stream().map(Port::toString).toList(), Value.PORT))
                .put("Tty", config.tty)
                .put("OpenStdin", config.openStdin)
                .put("StdinOnce", config.stdinOnce)
                .put("Env", Value.textsOrNull(config.env))
                .put("Cmd", slice(config.cmd))
                .omitEmpty("Healthcheck", config.healthcheck == null ? Value.NULL : config.healthcheck.value())
                .put("Image", config.image)
                .put("Volumes", config.volumes.isEmpty() ? Value.NULL_MAP : Value.set(config.volumes))
                .put("WorkingDir", config.workingDir)
                .put("Entrypoint", slice(config.entrypoint))
                .omitEmpty("MacAddress", Value.of(primaryMac()))
                .put("OnBuild", Value.NULL_SLICE)
                .put("Labels", Value.map(config.labels))
                .omitEmpty("StopSignal", Value.of(config.stopSignal))
                .omitEmpty("StopTimeout", timeout == null ? Value.NULL : Value.of(timeout))
                .omitEmpty("Shell", Value.textsOrNull(config.shell))
                .build();
    }

    /** The MAC address that was asked for on the network that the container was made for. */
    private String primaryMac() {
        EndpointSettings primary = container.networks().get(container.hostConfig().networkName());
        return primary == null ? "" : primary.wantedMac;
    }

    private static Value slice(@Nullable List<String> items) {
        return items == null ? Value.NULL_SLICE : Value.texts(items);
    }

    private Value hostConfig() {
        HostConfig host = container.hostConfig();
        var value = Value.struct("container.HostConfig")
                .put("Binds", Value.textsOrNull(host.binds))
                .put("ContainerIDFile", "")
                .put("LogConfig", Value.struct("container.LogConfig").put("Type", host.logDriver.isEmpty() ? "json-file" : host.logDriver)
                .put("Config", Value.map(Collections.emptyMap())).build())
                .put("NetworkMode", host.networkMode)
                .put("PortBindings", portBindings(host))
                .put("RestartPolicy", Value.struct("container.RestartPolicy")
                        .put("Name", host.restartPolicy).put("MaximumRetryCount", host.maximumRetryCount).build())
                .put("AutoRemove", host.autoRemove)
                .put("VolumeDriver", "")
                .put("VolumesFrom", Value.textsOrNull(host.volumesFrom))
                .put("ConsoleSize", new Value.Items(List.of(Value.of(0), Value.of(0))))
                .put("CapAdd", Value.textsOrNull(capabilities(host.capAdd)))
                .put("CapDrop", Value.textsOrNull(capabilities(host.capDrop)))
                .put("CgroupnsMode", "host")
                .put("DNS", "Dns", Value.texts(host.dns))
                .put("DNSOptions", "DnsOptions", Value.texts(host.dnsOptions))
                .put("DNSSearch", "DnsSearch", Value.texts(host.dnsSearch))
                .put("ExtraHosts", Value.textsOrNull(host.extraHosts))
                .put("GroupAdd", Value.textsOrNull(host.groupAdd))
                .put("IpcMode", host.ipcMode)
                .put("Cgroup", "")
                .put("Links", Value.textsOrNull(container.links.stream().map(l -> "/" + l.target().name() + ":/" + l.name()).toList()))
                .put("OomScoreAdj", 0)
                .put("PidMode", host.pidMode)
                .put("Privileged", host.privileged)
                .put("PublishAllPorts", host.publishAllPorts)
                .put("ReadonlyRootfs", host.readonlyRootfs)
                .put("SecurityOpt", host.privileged ? Value.texts(List.of("label=disable")) : Value.textsOrNull(host.securityOpt));
        if (!host.mounts.isEmpty()) {
            value.put("Mounts", new Value.Items(host.mounts.stream().map(ContainerInspect::mount).toList()));
        }
        if (!host.tmpfs.isEmpty()) {
            var tmpfs = new TreeMap<String, String>();
            host.tmpfs.forEach(t -> tmpfs.put(t.split(":", 2)[0], t.contains(":") ? t.split(":", 2)[1] : ""));
            value.put("Tmpfs", Value.map(tmpfs));
        }
        value.omitEmpty("Sysctls", Value.map(host.sysctls));
        value.put("UTSMode", "").put("UsernsMode", "").put("ShmSize", host.shmSize).put("Runtime", "runc").put("Isolation", "");
        resources(value, host.resources);
        value.omitEmpty("Init", host.init ? Value.of(true) : Value.NULL);
        return value
                .put("MaskedPaths", host.privileged ? Value.NULL_SLICE : Value.texts(MASKED))
                .put("ReadonlyPaths", host.privileged ? Value.NULL_SLICE : Value.texts(READ_ONLY))
                .build();
    }

    /** What {@code --tmpfs} asked for is told beside, not among the mounts. */
    private static boolean isMount(MountPoint point) {
        Temporary temporary = point.temporary();
        return temporary == null || !temporary.brief();
    }

    private static Value mount(MountRequest mount) {
        MountRequest.VolumeOptions volume = mount.volume();
        MountRequest.TmpfsOptions tmpfs = mount.tmpfs();
        var value = Value.struct("mount.Mount").put("Type", mount.type()).omitEmpty("Source", Value.of(mount.source()))
                .put("Target", mount.target()).omitEmpty("ReadOnly", Value.of(mount.readOnly()));
        if (!mount.propagation().isEmpty()) {
            value.put("BindOptions", Value.struct("mount.BindOptions").put("Propagation", mount.propagation()).build());
        }
        if (volume != null) {
            var options = Value.struct("mount.VolumeOptions").omitEmpty("NoCopy", Value.of(volume.noCopy()))
                    .omitEmpty("Labels", Value.map(volume.labels()));
            if (!volume.driver().isEmpty() || !volume.driverOptions().isEmpty()) {
                options.put("DriverConfig", Value.struct("mount.Driver").omitEmpty("Name", Value.of(volume.driver()))
                        .omitEmpty("Options", Value.map(volume.driverOptions())).build());
            }
            value.put("VolumeOptions", options.build());
        }
        if (tmpfs != null) {
            value.put("TmpfsOptions", Value.struct("mount.TmpfsOptions").omitEmpty("SizeBytes", Value.of(tmpfs.sizeBytes()))
                    .omitEmpty("Mode", Value.of(tmpfs.mode())).build());
        }
        return value.build();
    }

    private static List<String> capabilities(List<String> names) {
        return names.stream().map(ContainerCreation::capabilityName).map(n -> n.equals("ALL") ? n : "CAP_" + n).toList();
    }

    private static void resources(Value.Builder value, Resources limits) {
        value.put("CPUShares", "CpuShares", Value.of(limits.cpuShares)).put("Memory", limits.memory).put("NanoCPUs", "NanoCpus", Value.of(limits.nanoCpus)).put("CgroupParent", "")
                .put("BlkioWeight", 0);
        for (String list : List.of("BlkioWeightDevice", "BlkioDeviceReadBps", "BlkioDeviceWriteBps", "BlkioDeviceReadIOps",
                "BlkioDeviceWriteIOps")) {
            value.put(list, Value.EMPTY_SLICE);
        }
        Long processes = limits.pidsLimit;
        value.put("CPUPeriod", "CpuPeriod", Value.of(limits.cpuPeriod)).put("CPUQuota", "CpuQuota", Value.of(limits.cpuQuota))
                .put("CPURealtimePeriod", "CpuRealtimePeriod", Value.of(0)).put("CPURealtimeRuntime", "CpuRealtimeRuntime", Value.of(0))
                .put("CpusetCpus", limits.cpusetCpus).put("CpusetMems", limits.cpusetMems).put("Devices", Value.EMPTY_SLICE)
                .put("DeviceCgroupRules", Value.NULL_SLICE).put("DeviceRequests", Value.NULL_SLICE)
                .put("MemoryReservation", limits.memoryReservation).put("MemorySwap", limits.memorySwap)
                .put("MemorySwappiness", Value.NULL).put("OomKillDisable", limits.oomKillDisable)
                .put("PidsLimit", processes == null ? Value.NULL : Value.of(processes))
                .put("Ulimits", new Value.Items(limits.ulimits.stream().<Value>map(u -> Value.struct("container.Ulimit")
                        .put("Hard", u.hard()).put("Name", u.name()).put("Soft", u.soft()).build()).toList()))
                .put("CPUCount", "CpuCount", Value.of(0)).put("CPUPercent", "CpuPercent", Value.of(0)).put("IOMaximumIOps", 0).put("IOMaximumBandwidth", 0);
    }

    private static Value portBindings(HostConfig host) {
        var bindings = new TreeMap<String, Value>();
        for (Map.Entry<Port, List<PortBinding>> entry : host.portBindings.entrySet()) {
            bindings.put(entry.getKey().toString(), new Value.Items(entry.getValue().stream()
                    .map(b -> binding(b.hostIp(), b.hostPort())).toList()));
        }
        return new Value.Entries(bindings, Value.PORT);
    }

    private static Value binding(String hostIp, String hostPort) {
        return Value.struct("nat.PortBinding").put("HostIP", "HostIp", Value.of(hostIp)).put("HostPort", hostPort).build();
    }

    // ---- networks ----

    private Value networkSettings() {
        Sandbox sandbox = container.sandbox();
        EndpointSettings bridge = container.networks().getOrDefault("bridge", new EndpointSettings());
        var networks = new TreeMap<String, Value>();
        container.networks().forEach((name, settings) -> networks.put(name, endpoint(settings)));
        return Value.struct("container.NetworkSettings")
                .put("Bridge", "")
                .put("SandboxID", sandbox == null ? "" : sandbox.id())
                .put("SandboxKey", sandbox == null ? "" : sandbox.key())
                .put("Ports", new Value.Entries(ports(container), Value.PORT))
                .put("HairpinMode", false)
                .put("LinkLocalIPv6Address", "")
                .put("LinkLocalIPv6PrefixLen", 0)
                .put("SecondaryIPAddresses", Value.NULL_SLICE)
                .put("SecondaryIPv6Addresses", Value.NULL_SLICE)
                .put("EndpointID", bridge.endpointId)
                .put("Gateway", bridge.gateway)
                .put("GlobalIPv6Address", "")
                .put("GlobalIPv6PrefixLen", 0)
                .put("IPAddress", bridge.ipAddress)
                .put("IPPrefixLen", bridge.prefixLength)
                .put("IPv6Gateway", "")
                .put("MacAddress", bridge.macAddress)
                .put("Networks", new Value.Entries(networks))
                .build();
    }

    private static Value endpoint(EndpointSettings settings) {
        Value ipam = Value.NULL;
        if (settings.hasIpamConfig) {
            ipam = Value.struct("network.EndpointIPAMConfig").omitEmpty("IPv4Address", Value.of(settings.ipv4Address))
                    .omitEmpty("IPv6Address", Value.of(""))
                    .omitEmpty("LinkLocalIPs", Value.texts(settings.linkLocalIps)).build();
        }
        return Value.struct("network.EndpointSettings")
                .put("IPAMConfig", ipam)
                .put("Links", Value.textsOrNull(settings.links))
                .put("Aliases", settings.explicit ? Value.texts(settings.aliases) : Value.textsOrNull(settings.aliases))
                .put("MacAddress", settings.macAddress.isEmpty() ? settings.wantedMac : settings.macAddress)
                .put("DriverOpts", settings.driverOpts.isEmpty() && !settings.explicit ? Value.NULL_MAP : Value.map(settings.driverOpts))
                .put("GwPriority", settings.gatewayPriority)
                .put("NetworkID", settings.networkId)
                .put("EndpointID", settings.endpointId)
                .put("Gateway", settings.gateway)
                .put("IPAddress", settings.ipAddress)
                .put("IPPrefixLen", settings.prefixLength)
                .put("IPv6Gateway", "")
                .put("GlobalIPv6Address", "")
                .put("GlobalIPv6PrefixLen", 0)
                .put("DNSNames", Value.textsOrNull(settings.dnsNames))
                .build();
    }

    /** By container port: where it is published, or nil if it is only exposed; nothing while it does not run. */
    static TreeMap<String, Value> ports(Container container) {
        var ports = new TreeMap<String, Value>();
        Sandbox sandbox = container.sandbox();
        if (sandbox == null || !sandbox.publishesPorts()) {
            return ports;
        }
        container.exposed().forEach(port -> ports.put(port.toString(), Value.NULL_SLICE));
        var published = new TreeMap<Port, List<Value>>();
        for (Endpoint endpoint : sandbox.endpoints()) {
            for (PortMapping mapping : endpoint.portMappings()) {
                published.computeIfAbsent(new Port(mapping.port(), mapping.protocol()), p -> new ArrayList<>())
                        .add(binding(mapping.host().text(), mapping.nat() ? Integer.toString(mapping.hostPort()) : ""));
            }
        }
        published.forEach((port, bindings) -> ports.put(port.toString(), new Value.Items(bindings)));
        return ports;
    }
}
