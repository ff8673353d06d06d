package dev.vethlab.engine.command.docker.compose;

import dev.vethlab.engine.docker.api.GoDuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one service of a compose file. */
final class ServiceReader {
    private static final List<String> KNOWN = List.of("image", "container_name", "command", "entrypoint", "environment", "ports", "expose",
            "networks", "network_mode", "depends_on", "extra_hosts", "dns", "dns_search", "dns_opt", "cap_add", "cap_drop", "labels", "sysctls",
            "hostname", "domainname", "restart", "working_dir", "stop_signal", "stop_grace_period", "mac_address", "privileged", "init", "tty",
            "stdin_open", "healthcheck", "pull_policy", "build", "env_file", "profiles", "scale", "deploy", "user", "volumes", "tmpfs", "read_only");
    private static final List<String> NOT_EMULATED = List.of("annotations", "attach", "blkio_config", "cgroup", "cgroup_parent",
            "configs", "cpu_count", "cpu_percent", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "cpus", "cpuset",
            "credential_spec", "develop", "device_cgroup_rules", "devices", "extends", "external_links", "gpus",
            "group_add", "ipc", "isolation", "label_file", "links", "logging", "mem_limit", "mem_reservation", "mem_swappiness",
            "memswap_limit", "models", "oom_kill_disable", "oom_score_adj", "pid", "pids_limit", "platform", "post_start", "pre_stop",
            "provider", "runtime", "secrets", "security_opt", "shm_size", "storage_opt", "ulimits",
            "use_api_socket", "userns_mode", "uts", "volumes_from");

    private final Yaml yaml;
    private final Map<String, String> environment;
    private final ComposeProject.Service service;
    private final String directory;

    ServiceReader(String name, Yaml yaml, Map<String, String> environment, String directory) {
        this.directory = directory;
        this.yaml = yaml;
        this.environment = environment;
        this.service = new ComposeProject.Service(name);
    }

    /** Complains of keys that no service has. */
    static void check(Yaml yaml) throws ComposeException {
        yaml.allow(KNOWN, NOT_EMULATED);
    }

    ComposeProject.Service read() throws ComposeException {
        for (Map.Entry<String, Yaml> entry : yaml.entries().entrySet()) {
            read(entry.getKey(), entry.getValue());
        }
        return service;
    }

    private void read(String key, Yaml value) throws ComposeException {
        switch (key) {
            case "image" -> service.image = value.isNull() ? "" : value.string();
            case "container_name" -> {
                service.containerName = value.text();
                if (!service.containerName.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
                    throw ComposeException.of("validating " + value.file() + ": " + value.path() + " '" + service.containerName
                            + "' does not match pattern '[a-zA-Z0-9][a-zA-Z0-9_.-]+'");
                }
            }
            case "command" -> service.command = value.isNull() ? null : words(value);
            case "entrypoint" -> service.entrypoint = value.isNull() ? null : words(value);
            case "environment" -> value.pairs("=").forEach((name, text) ->
                    service.environment.put(name, text == null ? environment.get(name) : text));
            case "build" -> build(value);
            case "profiles" -> service.profiles = value.listOfTexts();
            case "scale" -> {
                service.scale = value.number();
                service.scaleSaid = true;
            }
            case "user" -> service.user = value.text();
            case "deploy" -> {
                value.allow(List.of("replicas", "mode"), List.of("endpoint_mode", "labels", "placement", "resources", "restart_policy",
                        "rollback_config", "update_config"));
                Yaml replicas = value.entries().get("replicas");
                service.scale = replicas == null ? service.scale : replicas.number();
            }
            case "ports" -> service.ports = ports(value);
            case "expose" -> service.expose = value.listOfTexts();
            case "networks" -> networks(value);
            case "network_mode" -> service.networkMode = value.text();
            case "depends_on" -> dependencies(value);
            case "extra_hosts" -> {
                var hosts = new ArrayList<String>();
                value.pairs("=:").forEach((name, address) -> hosts.add(name + "=" + address));
                service.extraHosts = hosts;
            }
            case "dns" -> service.dns = value.texts();
            case "dns_search" -> service.dnsSearch = value.texts();
            case "dns_opt" -> service.dnsOptions = value.listOfTexts();
            case "cap_add" -> service.capAdd = value.listOfTexts();
            case "cap_drop" -> service.capDrop = value.listOfTexts();
            case "labels" -> value.pairs("=").forEach((name, text) -> service.labels.put(name, text == null ? "" : text));
            case "sysctls" -> value.pairs("=").forEach((name, text) -> service.sysctls.put(name, text == null ? "" : text));
            case "hostname" -> service.hostname = value.text();
            case "domainname" -> service.domainname = value.text();
            case "restart" -> service.restart = value.text();
            case "pull_policy" -> service.pullPolicy = value.text();
            case "working_dir" -> service.workingDir = value.text();
            case "stop_signal" -> service.stopSignal = value.text();
            case "stop_grace_period" -> service.stopGracePeriod = value.text();
            case "mac_address" -> service.macAddress = value.text();
            case "volumes" -> service.volumes = volumes(value);
            case "tmpfs" -> service.tmpfs = value.texts();
            case "read_only" -> service.readOnly = value.flag();
            case "privileged" -> service.privileged = value.flag();
            case "init" -> service.init = value.flag();
            case "tty" -> service.tty = value.flag();
            case "stdin_open" -> service.stdinOpen = value.flag();
            case "healthcheck" -> healthcheck(value);
            default -> {}
        }
    }

    private void build(Yaml value) throws ComposeException {
        if (!value.isMap()) {
            service.build = new ComposeProject.Build(absolute(value.text()), "", new LinkedHashMap<>(), "");
            return;
        }
        value.allow(List.of("context", "dockerfile", "args", "target"), List.of("additional_contexts", "cache_from", "cache_to",
                "dockerfile_inline", "entitlements", "extra_hosts", "isolation", "labels", "network", "no_cache", "platforms", "privileged",
                "pull", "secrets", "shm_size", "ssh", "tags", "ulimits"));
        Map<String, Yaml> entries = value.entries();
        String context = text(entries, "context");
        service.build = new ComposeProject.Build(absolute(context.isEmpty() ? "." : context), text(entries, "dockerfile"),
                entries.containsKey("args") ? entries.get("args").pairs("=") : new LinkedHashMap<>(), text(entries, "target"));
    }

    private String absolute(String path) {
        String bare = path.replaceFirst("^\\./*", "").replaceFirst("/+$", "");
        return path.startsWith("/") ? path : bare.isEmpty() ? directory : directory.replaceFirst("/*$", "/") + bare;
    }

    /** The files that {@code env_file} names, in order; each may be absent only if it says so. */
    List<EnvFile> envFiles() throws ComposeException {
        Yaml value = yaml.entries().get("env_file");
        var files = new ArrayList<EnvFile>();
        if (value == null) {
            return files;
        }
        for (Yaml item : value.isList() ? value.items() : List.of(value)) {
            if (item.isMap()) {
                item.allow(List.of("path", "required", "format"), List.of());
                Yaml required = item.entries().get("required");
                files.add(new EnvFile(absolute(text(item.entries(), "path")), required == null || required.flag()));
            } else {
                files.add(new EnvFile(absolute(item.text()), true));
            }
        }
        return files;
    }

    /** A file of environment variables. */
    record EnvFile(String path, boolean required) {}

    /** One string is split as a shell would; a sequence is taken as it is. */
    private static List<String> words(Yaml value) throws ComposeException {
        if (value.isList()) {
            return value.texts();
        }
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (char c : (value.text() + " ").toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                open = true;
            } else if (Character.isWhitespace(c)) {
                if (open || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                open = false;
            } else {
                word.append(c);
            }
        }
        return words;
    }

    /** The short form as it is; the long one in the short form's shape. */
    private static List<String> ports(Yaml value) throws ComposeException {
        var ports = new ArrayList<String>();
        for (Yaml item : value.items()) {
            if (!item.isMap()) {
                ports.add(item.text());
                continue;
            }
            item.allow(List.of("target", "published", "protocol", "host_ip", "mode", "name", "app_protocol"), List.of());
            Map<String, Yaml> entries = item.entries();
            Yaml target = entries.get("target");
            if (target == null) {
                throw ComposeException.of("validating " + item.file() + ": " + item.path() + " missing property 'target'");
            }
            String published = entries.containsKey("published") ? entries.get("published").text() : "";
            String host = entries.containsKey("host_ip") ? entries.get("host_ip").text() : "";
            String protocol = entries.containsKey("protocol") ? "/" + entries.get("protocol").text() : "";
            ports.add((host.isEmpty() ? "" : host + ":") + (published.isEmpty() && host.isEmpty() ? "" : published + ":") + target.text() + protocol);
        }
        return ports;
    }

    private List<ComposeProject.Mount> volumes(Yaml value) throws ComposeException {
        var mounts = new ArrayList<ComposeProject.Mount>();
        for (Yaml item : value.items()) {
            mounts.add(item.isMap() ? longMount(item) : shortMount(item.text()));
        }
        return mounts;
    }

    /** {@code [SOURCE:]TARGET[:MODE]}; a source that begins as a path does is one. */
    private ComposeProject.Mount shortMount(String text) throws ComposeException {
        String[] parts = text.split(":", -1);
        if (parts.length > 3 || text.isEmpty()) {
            throw ComposeException.of("services." + service.name + ".volumes: invalid spec: " + text);
        }
        // one letter before a colon is taken for a drive of Windows
        if (parts.length == 1 || parts[0].matches("[A-Za-z]")) {
            return new ComposeProject.Mount("volume", "", text, false, true);
        }
        boolean readOnly = parts.length > 2 && List.of(parts[2].split(",")).contains("ro");
        boolean path = parts[0].startsWith("/") || parts[0].startsWith(".") || parts[0].startsWith("~");
        String home = environment.getOrDefault("HOME", "/root");
        return new ComposeProject.Mount(path ? "bind" : "volume", path ? absolute(parts[0].replaceFirst("^~", home)) : parts[0], parts[1], readOnly, true);
    }

    private ComposeProject.Mount longMount(Yaml item) throws ComposeException {
        item.allow(List.of("type", "source", "target", "read_only"), List.of("bind", "volume", "tmpfs", "consistency", "image"));
        Map<String, Yaml> entries = item.entries();
        String type = text(entries, "type");
        String source = text(entries, "source");
        return new ComposeProject.Mount(type, type.equals("bind") ? absolute(source) : source, text(entries, "target"),
                entries.containsKey("read_only") && entries.get("read_only").flag(), false);
    }

    private void networks(Yaml value) throws ComposeException {
        if (value.isList()) {
            for (String name : value.texts()) {
                service.networks.put(name, ComposeProject.Attachment.PLAIN);
            }
            return;
        }
        for (Map.Entry<String, Yaml> entry : value.entries().entrySet()) {
            entry.getValue().allow(List.of("aliases", "ipv4_address", "gw_priority", "priority", "mac_address"),
                    List.of("ipv6_address", "link_local_ips", "driver_opts", "interface_name"));
            Map<String, Yaml> settings = entry.getValue().entries();
            service.networks.put(entry.getKey(), new ComposeProject.Attachment(
                    settings.containsKey("aliases") ? settings.get("aliases").listOfTexts() : List.of(),
                    settings.containsKey("ipv4_address") ? settings.get("ipv4_address").text() : "",
                    settings.containsKey("gw_priority") ? settings.get("gw_priority").number() : 0,
                    settings.containsKey("priority") ? settings.get("priority").number() : 0,
                    settings.containsKey("mac_address") ? settings.get("mac_address").text() : "",
                    settings.isEmpty()));
        }
    }

    private void dependencies(Yaml value) throws ComposeException {
        if (value.isList()) {
            value.texts().forEach(name -> service.dependsOn.put(name, "service_started"));
            return;
        }
        for (Map.Entry<String, Yaml> entry : value.entries().entrySet()) {
            entry.getValue().allow(List.of("condition", "required", "restart"), List.of());
            Yaml condition = entry.getValue().entries().get("condition");
            Yaml restart = entry.getValue().entries().get("restart");
            if (restart != null && restart.flag()) {
                service.restartsWith.add(entry.getKey());
            }
            service.dependsOn.put(entry.getKey(), condition == null ? "service_started" : condition.text());
        }
    }

    private void healthcheck(Yaml value) throws ComposeException {
        value.allow(List.of("test", "interval", "timeout", "retries", "start_period", "start_interval", "disable"), List.of());
        Map<String, Yaml> entries = new LinkedHashMap<>(value.entries());
        List<String> test = List.of();
        if (entries.containsKey("test")) {
            Yaml yamlTest = entries.get("test");
            test = yamlTest.isList() ? yamlTest.texts() : List.of("CMD-SHELL", yamlTest.text());
        }
        for (String key : List.of("interval", "timeout", "start_period", "start_interval")) {
            String duration = entries.containsKey(key) ? entries.get(key).string() : "";
            if (!duration.isEmpty() && GoDuration.parse(duration).isEmpty()) {
                throw ComposeException.of("decoding failed due to the following error(s):\n\n'services[" + service.name + "].healthcheck." + key
                        + "' " + GoDuration.complaint(duration));
            }
        }
        boolean disabled = entries.containsKey("disable") && entries.get("disable").flag() || test.equals(List.of("NONE"));
        service.healthcheck = new ComposeProject.Check(test, text(entries, "interval"), text(entries, "timeout"),
                text(entries, "start_period"), text(entries, "start_interval"),
                entries.containsKey("retries") ? entries.get("retries").number() : 0, disabled);
    }

    private static String text(Map<String, Yaml> entries, String key) throws ComposeException {
        Yaml yaml = entries.get(key);
        return yaml == null ? "" : yaml.text();
    }
}
