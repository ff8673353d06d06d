package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.GoDuration;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.MountRequest;
import dev.vethlab.engine.docker.api.NetworkCreate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the engine is asked for when a service or network of a compose file is made ({@code pkg/compose/create.go}). */
final class ComposeServices {
    static final String LABEL = "com.docker.compose.";
    private static final String VERSION = "2.40.3";

    private final ComposeProject project;

    ComposeServices(ComposeProject project) {
        this.project = project;
    }

    /** A request for a container: configuration, host configuration and networks. */
    record Request(ContainerConfig config, HostConfig host, Map<String, EndpointSettings> endpoints) {}

    Request request(ComposeProject.Service service, int number, boolean oneOff) throws ComposeException {
        var config = new ContainerConfig();
        var host = new HostConfig();
        config.image = service.imageName(project.name());
        config.user = service.user;
        config.cmd = service.command;
        config.entrypoint = service.entrypoint;
        config.attachStdout = true;
        config.attachStderr = true;
        config.tty = service.tty;
        config.openStdin = service.stdinOpen;
        config.hostname = service.hostname;
        config.domainname = service.domainname;
        config.workingDir = service.workingDir;
        config.stopSignal = service.stopSignal;
        config.stopTimeout = service.stopGracePeriod.isEmpty() ? null
                : Integer.valueOf((int) (GoDuration.parse(service.stopGracePeriod).orElse(10_000_000_000L) / 1_000_000_000L));
        service.environment.forEach((name, value) -> {
            // a variable that is not set here either is sent as it stands, and takes the image's away
            config.env.add(value == null ? name : name + "=" + value);
        });
        config.labels.putAll(service.labels);
        config.labels.putAll(labels(service, number, oneOff));
        config.healthcheck = healthcheck(service.healthcheck);
        host.capAdd.addAll(service.capAdd);
        host.capDrop.addAll(service.capDrop);
        host.dns.addAll(service.dns);
        host.dnsSearch.addAll(service.dnsSearch);
        host.dnsOptions.addAll(service.dnsOptions);
        service.extraHosts.forEach(entry -> host.extraHosts.add(entry.replaceFirst("=", ":")));
        host.privileged = service.privileged;
        host.readonlyRootfs = service.readOnly;
        host.tmpfs.addAll(service.tmpfs);
        service.volumes.forEach(mount -> mount(mount, host));
        host.init = service.init;
        host.sysctls.putAll(service.sysctls);
        restart(service, host);
        try {
            if (!oneOff) {
                for (String port : service.ports) {
                    PortSpecs.publish(port, host.portBindings);
                }
            }
            config.exposedPorts.addAll(host.portBindings.keySet());
            for (String port : service.expose) {
                config.exposedPorts.addAll(PortSpecs.expose(port));
            }
        } catch (FlagException e) {
            throw ComposeException.of("services." + service.name + ".ports: " + e.message());
        }
        return new Request(config, host, endpoints(service, number, oneOff, host));
    }

    /** Paths that may be made and volumes with a name are binds; the rest are mounts ({@code buildContainerMountOptions}). */
    private void mount(ComposeProject.Mount mount, HostConfig host) {
        boolean bind = mount.type().equals("bind");
        ComposeProject.Vol volume = project.volumes().get(mount.source());
        if (bind && mount.brief() || mount.type().equals("volume") && volume != null) {
            host.binds.add((volume == null ? mount.source() : volume.name()) + ":" + mount.target() + ":" + (mount.readOnly() ? "ro" : "rw"));
        } else {
            host.mounts.add(new MountRequest(mount.type(), mount.source(), mount.target(), mount.readOnly(), "",
                    mount.brief() && !bind ? MountRequest.VolumeOptions.NONE : null, null));
        }
    }

    /** The labels of a volume that is made. */
    Map<String, String> labels(ComposeProject.Vol volume) {
        var labels = new TreeMap<>(volume.labels());
        labels.put(LABEL + "config-hash", hash(volume.toString()));
        labels.put(LABEL + "project", project.name());
        labels.put(LABEL + "version", VERSION);
        labels.put(LABEL + "volume", volume.key());
        return labels;
    }

    private static void restart(ComposeProject.Service service, HostConfig host) {
        String[] parts = service.restart.isEmpty() ? new String[] {"no"} : service.restart.split(":", 2);
        host.restartPolicy = parts[0];
        host.maximumRetryCount = parts.length > 1 && parts[1].matches("\\d{1,6}") ? Integer.parseInt(parts[1]) : 0;
    }

    private Map<String, EndpointSettings> endpoints(ComposeProject.Service service, int number, boolean oneOff, HostConfig host)
            throws ComposeException {
        Map<String, EndpointSettings> endpoints = new TreeMap<>();
        if (!service.networkMode.isEmpty()) {
            host.networkMode = mode(service.networkMode);
            if (!host.isContainerNetwork()) {
                endpoints.put(host.networkName(), new EndpointSettings());
            }
            return endpoints;
        }
        for (Map.Entry<String, ComposeProject.Attachment> entry : service.networks.entrySet()) {
            ComposeProject.Net network = java.util.Objects.requireNonNull(project.networks().get(entry.getKey()));
            ComposeProject.Attachment attachment = entry.getValue();
            var endpoint = new EndpointSettings();
            if (!oneOff) {
                if (service.containerName.isEmpty()) {
                    endpoint.aliases.add(service.container(project.name(), number));
                }
                endpoint.aliases.add(service.name);
                endpoint.aliases.addAll(attachment.aliases());
            }
            endpoint.gatewayPriority = attachment.gatewayPriority();
            endpoint.wantedMac = attachment.macAddress().isEmpty() ? service.macAddress : attachment.macAddress();
            if (!attachment.ipv4Address().isEmpty()) {
                endpoint.ipv4Address = attachment.ipv4Address();
                endpoint.hasIpamConfig = true;
            }
            endpoints.put(network.name(), endpoint);
        }
        host.networkMode = endpoints.keySet().iterator().next();
        return endpoints;
    }

    private String mode(String text) throws ComposeException {
        if (!text.startsWith("service:")) {
            return text;
        }
        ComposeProject.Service other = project.services().get(text.substring("service:".length()));
        if (other == null) {
            throw ComposeException.of("invalid network_mode " + text + ": no such service: " + text.substring("service:".length()));
        }
        return "container:" + other.container(project.name(), 1);
    }

    private static ContainerConfig.@org.jspecify.annotations.Nullable Healthcheck healthcheck(
            ComposeProject.@org.jspecify.annotations.Nullable Check check) {
        if (check == null) {
            return null;
        }
        return check.disabled()
                ? new ContainerConfig.Healthcheck(List.of("NONE"), 0, 0, 0, 0, 0)
                : new ContainerConfig.Healthcheck(check.test(), nanos(check.interval()), nanos(check.timeout()), nanos(check.startPeriod()),
                        nanos(check.startInterval()), check.retries());
    }

    private static long nanos(String duration) {
        return duration.isEmpty() ? 0 : GoDuration.parse(duration).orElse(0);
    }

    // ---- labels ----

    private Map<String, String> labels(ComposeProject.Service service, int number, boolean oneOff) {
        var labels = new TreeMap<String, String>();
        var dependencies = new ArrayList<String>();
        service.dependsOn.forEach((name, condition) -> dependencies.add(name + ":" + condition + ":" + service.restartsWith.contains(name)));
        labels.put(LABEL + "config-hash", hash(service));
        labels.put(LABEL + "container-number", Integer.toString(number));
        labels.put(LABEL + "depends_on", String.join(",", dependencies));
        labels.put(LABEL + "oneoff", oneOff ? "True" : "False");
        labels.put(LABEL + "project", project.name());
        labels.put(LABEL + "project.config_files", project.file());
        labels.put(LABEL + "project.working_dir", project.directory());
        labels.put(LABEL + "service", service.name);
        labels.put(LABEL + "version", VERSION);
        return labels;
    }

    /** Changes when what the file says of the service does. */
    String hash(ComposeProject.Service service) {
        return hash(ComposeConfig.essence(service));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    NetworkCreate network(ComposeProject.Net network) {
        var request = new NetworkCreate();
        request.name = network.name();
        request.driver = network.driver().isEmpty() ? "bridge" : network.driver();
        request.internal = network.internal();
        request.attachable = network.attachable();
        request.options.putAll(network.options());
        request.labels.putAll(network.labels());
        request.labels.put(LABEL + "config-hash", hash(network.toString()));
        request.labels.put(LABEL + "network", network.key());
        request.labels.put(LABEL + "project", project.name());
        request.labels.put(LABEL + "version", VERSION);
        for (ComposeProject.Pool pool : network.pools()) {
            request.ipam.add(new NetworkCreate.IpamConfig(pool.subnet(), pool.ipRange(), pool.gateway(), pool.auxiliary()));
        }
        return request;
    }
}
