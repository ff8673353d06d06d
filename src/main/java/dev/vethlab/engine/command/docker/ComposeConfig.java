package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.docker.api.GoDuration;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.PortBinding;
import dev.vethlab.engine.docker.api.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A project as {@code docker compose config} shows it: in canonical form ({@code compose-go/types}). */
final class ComposeConfig {
    private static final List<String> INESSENTIAL = List.of("build", "depends_on", "profiles", "pull_policy", "scale");

    private ComposeConfig() {}

    static String yaml(ComposeProject project) {
        return ComposeYaml.of(Value.struct("types.Project")
                .put("name", text(project.name()))
                .put("services", services(project, false))
                .omitEmpty("networks", networks(project))
                .omitEmpty("volumes", volumes(project)).build());
    }

    /** A map by name, as {@code Project.MarshalJSON} makes one. */
    static String json(ComposeProject project) {
        return Json.marshalled(Value.struct("types.Project")
                .put("name", text(project.name()))
                .omitEmpty("networks", networks(project))
                .put("services", services(project, true))
                .omitEmpty("volumes", volumes(project)).build(), "  ");
    }

    /** What a service's containers are made from: all but what only says how, when and how often ({@code ServiceHash}). */
    static String essence(ComposeProject.Service service) {
        Value.Builder essential = Value.struct("types.ServiceConfig");
        service(service, true).fields().stream().filter(field -> !INESSENTIAL.contains(field.name()))
                .forEach(field -> essential.omitEmpty(field.name(), field.value()));
        return Json.compact(essential.build());
    }

    private static Value services(ComposeProject project, boolean json) {
        var services = new TreeMap<String, Value>();
        project.services().forEach((name, service) -> services.put(name, service(service, json)));
        return new Value.Entries(services);
    }

    private static Value networks(ComposeProject project) {
        var networks = new TreeMap<String, Value>();
        project.networks().forEach((key, network) -> networks.put(key, network(network)));
        return new Value.Entries(networks);
    }

    private static Value volumes(ComposeProject project) {
        var volumes = new TreeMap<String, Value>();
        project.volumes().forEach((key, volume) -> volumes.put(key, Value.struct("types.VolumeConfig")
                .put("name", text(volume.name()))
                .omitEmpty("driver", text(volume.driver()))
                .omitEmpty("driver_opts", map(volume.options()))
                .omitEmpty("external", Value.of(volume.external()))
                .omitEmpty("labels", map(volume.labels())).build()));
        return new Value.Entries(volumes);
    }

    /** @param json whether it says of a command that there is none */
    private static Value.Struct service(ComposeProject.Service service, boolean json) {
        Value.Builder shown = Value.struct("types.ServiceConfig");
        if (service.build != null) {
            shown.put("build", build(service.build));
        }
        shown.omitEmpty("cap_add", texts(service.capAdd)).omitEmpty("cap_drop", texts(service.capDrop));
        words(shown, "command", service.command, json);
        shown.omitEmpty("container_name", text(service.containerName)).omitEmpty("depends_on", dependencies(service))
                .omitEmpty("dns", texts(service.dns)).omitEmpty("dns_opt", texts(service.dnsOptions))
                .omitEmpty("dns_search", texts(service.dnsSearch)).omitEmpty("domainname", text(service.domainname));
        words(shown, "entrypoint", service.entrypoint, json);
        shown.omitEmpty("environment", map(service.environment)).omitEmpty("expose", texts(service.expose))
                .omitEmpty("extra_hosts", texts(service.extraHosts));
        if (service.healthcheck != null) {
            shown.put("healthcheck", healthcheck(service.healthcheck));
        }
        shown.omitEmpty("hostname", text(service.hostname)).omitEmpty("image", text(service.image))
                .omitEmpty("init", Value.of(service.init)).omitEmpty("labels", map(service.labels))
                .omitEmpty("mac_address", text(service.macAddress)).omitEmpty("network_mode", text(service.networkMode))
                .omitEmpty("networks", attachments(service)).omitEmpty("ports", ports(service.ports))
                .omitEmpty("profiles", texts(service.profiles)).omitEmpty("privileged", Value.of(service.privileged))
                .omitEmpty("pull_policy", text(service.pullPolicy)).omitEmpty("read_only", Value.of(service.readOnly))
                .omitEmpty("restart", text(service.restart));
        if (service.scaleSaid) {
            shown.put("scale", service.scale);
        }
        return shown.omitEmpty("stdin_open", Value.of(service.stdinOpen))
                .omitEmpty("stop_grace_period", duration(service.stopGracePeriod))
                .omitEmpty("stop_signal", text(service.stopSignal)).omitEmpty("sysctls", map(service.sysctls))
                .omitEmpty("tmpfs", texts(service.tmpfs)).omitEmpty("tty", Value.of(service.tty)).omitEmpty("user", text(service.user))
                .omitEmpty("volumes", mounts(service.volumes)).omitEmpty("working_dir", text(service.workingDir)).build();
    }

    private static void words(Value.Builder shown, String key, @Nullable List<String> words, boolean json) {
        if (words != null) {
            shown.put(key, texts(words));
        } else if (json) {
            shown.put(key, Value.NULL_SLICE);
        }
    }

    private static Value build(ComposeProject.Build build) {
        var arguments = new TreeMap<>(build.arguments());
        arguments.values().removeIf(java.util.Objects::isNull);
        return Value.struct("types.BuildConfig")
                .omitEmpty("context", text(build.context()))
                .put("dockerfile", text(build.dockerfile().isEmpty() ? "Dockerfile" : build.dockerfile()))
                .omitEmpty("args", map(arguments))
                .omitEmpty("target", text(build.target())).build();
    }

    private static Value dependencies(ComposeProject.Service service) {
        var dependencies = new TreeMap<String, Value>();
        service.dependsOn.forEach((name, condition) -> dependencies.put(name, Value.struct("types.ServiceDependency")
                .put("condition", condition)
                .omitEmpty("restart", Value.of(service.restartsWith.contains(name)))
                .put("required", true).build()));
        return new Value.Entries(dependencies);
    }

    private static Value healthcheck(ComposeProject.Check check) {
        if (check.disabled()) {
            return Value.struct("types.HealthCheckConfig").put("disable", true).build();
        }
        return Value.struct("types.HealthCheckConfig")
                .omitEmpty("test", texts(check.test()))
                .omitEmpty("timeout", duration(check.timeout()))
                .omitEmpty("interval", duration(check.interval()))
                .omitEmpty("retries", Value.of(check.retries()))
                .omitEmpty("start_period", duration(check.startPeriod()))
                .omitEmpty("start_interval", duration(check.startInterval())).build();
    }

    private static Value attachments(ComposeProject.Service service) {
        var attachments = new TreeMap<String, Value>();
        service.networks.forEach((name, attachment) -> attachments.put(name, attachment.isNull() ? Value.NULL
                : Value.struct("types.ServiceNetworkConfig")
                        .omitEmpty("aliases", texts(attachment.aliases()))
                        .omitEmpty("gw_priority", Value.of(attachment.gatewayPriority()))
                        .omitEmpty("ipv4_address", text(attachment.ipv4Address()))
                        .omitEmpty("mac_address", text(attachment.macAddress()))
                        .omitEmpty("priority", Value.of(attachment.priority())).build()));
        return new Value.Entries(attachments);
    }

    private static Value mounts(List<ComposeProject.Mount> mounts) {
        var items = new ArrayList<Value>();
        for (ComposeProject.Mount mount : mounts) {
            Value.Builder shown = Value.struct("types.ServiceVolumeConfig")
                    .put("type", mount.type())
                    .omitEmpty("source", text(mount.source()))
                    .omitEmpty("target", text(mount.target()))
                    .omitEmpty("read_only", Value.of(mount.readOnly()));
            if (mount.brief() && mount.type().equals("bind")) {
                shown.put("bind", Value.struct("types.ServiceVolumeBind").put("create_host_path", true).build());
            } else if (mount.brief()) {
                shown.put("volume", Value.EMPTY_STRUCT);
            }
            items.add(shown.build());
        }
        return new Value.Items(items);
    }

    private static Value ports(List<String> ports) {
        var items = new ArrayList<Value>();
        for (String spec : ports) {
            Map<Port, List<PortBinding>> bindings = PortSpecs.none();
            try {
                PortSpecs.publish(spec, bindings);
            } catch (FlagException e) {
                items.add(text(spec));
                continue;
            }
            bindings.forEach((port, hosts) -> hosts.forEach(binding -> items.add(Value.struct("types.ServicePortConfig")
                    .put("mode", "ingress")
                    .omitEmpty("host_ip", text(binding.hostIp()))
                    .put("target", port.number())
                    .omitEmpty("published", text(binding.hostPort()))
                    .put("protocol", port.protocol()).build())));
        }
        return new Value.Items(items);
    }

    private static Value network(ComposeProject.Net network) {
        Value.Builder shown = Value.struct("types.NetworkConfig")
                .put("name", text(network.name()))
                .omitEmpty("driver", text(network.driver()))
                .omitEmpty("driver_opts", map(network.options()));
        if (!network.pools().isEmpty() || !network.ipamDriver().isEmpty()) {
            var pools = new ArrayList<Value>();
            network.pools().forEach(pool -> pools.add(Value.struct("types.IPAMPool")
                    .omitEmpty("subnet", text(pool.subnet()))
                    .omitEmpty("gateway", text(pool.gateway()))
                    .omitEmpty("ip_range", text(pool.ipRange()))
                    .omitEmpty("aux_addresses", map(pool.auxiliary())).build()));
            shown.put("ipam", Value.struct("types.IPAMConfig").omitEmpty("driver", text(network.ipamDriver()))
                    .omitEmpty("config", new Value.Items(pools)).build());
        }
        shown.omitEmpty("external", Value.of(network.external()))
                .omitEmpty("internal", Value.of(network.internal()))
                .omitEmpty("attachable", Value.of(network.attachable()))
                .omitEmpty("labels", map(network.labels()));
        if (network.ipv4() != null) {
            shown.put("enable_ipv4", network.ipv4());
        }
        return shown.build();
    }

    // ---- scalars ----

    /** A text that means itself when the file is read again. */
    private static Value text(String text) {
        return Value.of(text.replace("$", "$$"));
    }

    private static Value duration(String text) {
        return GoDuration.parse(text).isPresent() ? Value.of(GoDuration.text(GoDuration.parse(text).getAsLong())) : text(text);
    }

    private static Value texts(Collection<String> texts) {
        return new Value.Items(texts.stream().map(ComposeConfig::text).toList());
    }

    private static Value map(Map<String, ? extends @Nullable String> entries) {
        var values = new TreeMap<String, Value>();
        entries.forEach((key, value) -> values.put(key.replace("$", "$$"), value == null ? Value.NULL : text(value)));
        return new Value.Entries(values);
    }
}
