package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.PortBinding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A project as {@code docker compose config} shows it: in canonical form, as YAML. */
final class ComposeConfig {
    private final StringBuilder out = new StringBuilder();

    private ComposeConfig() {}

    static String project(ComposeProject project) {
        var config = new ComposeConfig();
        config.line(0, "name: " + quoted(project.name()));
        config.line(0, "services:");
        new TreeMap<>(project.services()).forEach((name, service) -> {
            config.line(1, name + ":");
            config.out.append(service(service));
        });
        if (!project.networks().isEmpty()) {
            config.line(0, "networks:");
            new TreeMap<>(project.networks()).forEach((key, network) -> config.network(key, network));
        }
        if (!project.volumes().isEmpty()) {
            config.line(0, "volumes:");
            new TreeMap<>(project.volumes()).forEach((key, volume) -> {
                config.line(1, key + ":");
                config.line(2, "name: " + quoted(volume.name()));
                config.text("driver", volume.driver());
                config.map("driver_opts", volume.options());
                config.map("labels", volume.labels());
                config.flag("external", volume.external());
            });
        }
        return config.out.toString();
    }

    /** One service's settings, two levels deep. */
    static String service(ComposeProject.Service service) {
        var config = new ComposeConfig();
        ComposeProject.Build build = service.build;
        if (build != null) {
            config.line(2, "build:");
            config.setting(3, "context", build.context());
            config.setting(3, "dockerfile", build.dockerfile().isEmpty() ? "Dockerfile" : build.dockerfile());
            if (!build.arguments().isEmpty()) {
                config.line(3, "args:");
                new TreeMap<>(build.arguments()).forEach((name, value) -> config.line(4, name + ": " + (value == null ? "null" : quoted(value))));
            }
            config.setting(3, "target", build.target());
        }
        config.list("cap_add", service.capAdd);
        config.list("cap_drop", service.capDrop);
        if (service.command != null) {
            config.list("command", service.command);
        }
        config.text("container_name", service.containerName);
        if (!service.dependsOn.isEmpty()) {
            config.line(2, "depends_on:");
            new TreeMap<>(service.dependsOn).forEach((name, condition) -> {
                config.line(3, name + ":");
                config.line(4, "condition: " + condition);
                if (service.restartsWith.contains(name)) {
                    config.line(4, "restart: true");
                }
                config.line(4, "required: true");
            });
        }
        config.list("dns", service.dns);
        config.list("dns_opt", service.dnsOptions);
        config.list("dns_search", service.dnsSearch);
        config.text("domainname", service.domainname);
        if (service.entrypoint != null) {
            config.list("entrypoint", service.entrypoint);
        }
        if (!service.environment.isEmpty()) {
            config.line(2, "environment:");
            new TreeMap<>(service.environment).forEach((name, value) ->
                    config.line(3, quoted(name) + ": " + (value == null ? "null" : quoted(value))));
        }
        config.list("expose", service.expose);
        config.list("extra_hosts", service.extraHosts);
        config.healthcheck(service.healthcheck);
        config.text("hostname", service.hostname);
        config.text("image", service.image);
        config.flag("init", service.init);
        config.map("labels", service.labels);
        config.text("mac_address", service.macAddress);
        config.text("network_mode", service.networkMode);
        config.networks(service);
        config.ports(service.ports);
        config.list("profiles", service.profiles);
        config.flag("privileged", service.privileged);
        config.flag("read_only", service.readOnly);
        config.text("restart", service.restart);
        config.flag("stdin_open", service.stdinOpen);
        config.text("stop_grace_period", service.stopGracePeriod);
        config.text("stop_signal", service.stopSignal);
        config.map("sysctls", service.sysctls);
        config.list("tmpfs", service.tmpfs);
        config.flag("tty", service.tty);
        config.text("user", service.user);
        config.mounts(service.volumes);
        config.text("working_dir", service.workingDir);
        return config.out.toString();
    }

    private void healthcheck(ComposeProject.@org.jspecify.annotations.Nullable Check check) {
        if (check == null) {
            return;
        }
        line(2, "healthcheck:");
        if (check.disabled()) {
            line(3, "disable: true");
            return;
        }
        line(3, "test:");
        check.test().forEach(word -> line(4, "- " + quoted(word)));
        setting(3, "timeout", check.timeout());
        setting(3, "interval", check.interval());
        if (check.retries() != 0) {
            line(3, "retries: " + check.retries());
        }
        setting(3, "start_period", check.startPeriod());
        setting(3, "start_interval", check.startInterval());
    }

    private void networks(ComposeProject.Service service) {
        if (service.networks.isEmpty()) {
            return;
        }
        line(2, "networks:");
        new TreeMap<>(service.networks).forEach((name, attachment) -> {
            if (attachment.isNull()) {
                line(3, name + ": null");
                return;
            }
            line(3, name + ":");
            if (!attachment.aliases().isEmpty()) {
                line(4, "aliases:");
                attachment.aliases().forEach(alias -> line(5, "- " + quoted(alias)));
            }
            setting(4, "ipv4_address", attachment.ipv4Address());
            setting(4, "mac_address", attachment.macAddress());
            if (attachment.priority() != 0) {
                line(4, "gw_priority: " + attachment.priority());
            }
        });
    }

    private void mounts(List<ComposeProject.Mount> mounts) {
        if (mounts.isEmpty()) {
            return;
        }
        line(2, "volumes:");
        for (ComposeProject.Mount mount : mounts) {
            line(3, "- type: " + mount.type());
            setting(4, "source", mount.source());
            setting(4, "target", mount.target());
            if (mount.readOnly()) {
                line(4, "read_only: true");
            }
            if (mount.brief() && mount.type().equals("bind")) {
                line(4, "bind:");
                line(5, "create_host_path: true");
            } else if (mount.brief()) {
                line(4, "volume: {}");
            }
        }
    }

    private void ports(List<String> ports) {
        if (ports.isEmpty()) {
            return;
        }
        line(2, "ports:");
        for (String spec : ports) {
            Map<Port, List<PortBinding>> bindings = PortSpecs.none();
            try {
                PortSpecs.publish(spec, bindings);
            } catch (FlagException e) {
                line(3, "- " + quoted(spec));
                continue;
            }
            bindings.forEach((port, hosts) -> hosts.forEach(binding -> {
                line(3, "- mode: ingress");
                setting(4, "host_ip", binding.hostIp());
                line(4, "target: " + port.number());
                setting(4, "published", binding.hostPort());
                line(4, "protocol: " + port.protocol());
            }));
        }
    }

    private void network(String key, ComposeProject.Net network) {
        line(1, key + ":");
        line(2, "name: " + quoted(network.name()));
        text("driver", network.driver());
        if (!network.options().isEmpty()) {
            map("driver_opts", network.options());
        }
        if (!network.pools().isEmpty()) {
            line(2, "ipam:");
            line(3, "config:");
            for (ComposeProject.Pool pool : network.pools()) {
                line(4, "- subnet: " + pool.subnet());
                setting(5, "gateway", pool.gateway());
                setting(5, "ip_range", pool.ipRange());
            }
        }
        flag("external", network.external());
        flag("internal", network.internal());
        flag("attachable", network.attachable());
    }

    // ---- YAML ----

    private void line(int level, String text) {
        out.append("  ".repeat(level)).append(text).append('\n');
    }

    private void setting(int level, String key, String value) {
        if (!value.isEmpty()) {
            line(level, key + ": " + quoted(value));
        }
    }

    private void text(String key, String value) {
        setting(2, key, value);
    }

    private void flag(String key, boolean value) {
        if (value) {
            line(2, key + ": true");
        }
    }

    private void list(String key, List<String> items) {
        if (!items.isEmpty()) {
            line(2, key + ":");
            items.forEach(item -> line(3, "- " + quoted(item)));
        }
    }

    private void map(String key, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            line(2, key + ":");
            new TreeMap<>(entries).forEach((name, value) -> line(3, name + ": " + quoted(value)));
        }
    }

    /** As YAML 1.1 writes a string: in quotes where it would be read as something else. */
    private static String quoted(String plain) {
        String text = plain.replace("$", "$$");
        boolean other = text.isEmpty() || text.matches("(?i)y|n|yes|no|on|off|true|false|null|~")
                || text.matches("[-+]?\\d[\\d_]*(\\.\\d*)?([eE][-+]?\\d+)?|0x[0-9a-fA-F]+|[-+]?\\d+(:\\d+)+");
        boolean special = text.matches("(?s)[-?:,\\[\\]{}#&*!|>'\"%@`\\s].*") && !text.matches("-\\S+") || text.contains(": ") || text.contains(" #")
                || text.endsWith(" ") || text.endsWith(":") || text.contains("\n");
        return other || special ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"' : text;
    }
}
