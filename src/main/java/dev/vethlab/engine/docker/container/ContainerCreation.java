package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.ContainerUpdate;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.Resources;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.docker.image.Image;
import dev.vethlab.engine.docker.network.AddressPool;
import dev.vethlab.engine.docker.network.Network;
import dev.vethlab.engine.docker.network.Networks;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.Capability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code POST /containers/create} checks and fills in ({@code daemon/create.go}, {@code daemon/container.go}). */
final class ContainerCreation {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

    private static final long LEAST_MEMORY = 6 << 20;
    private static final long PROCESSORS = 2;

    private static final long MILLISECOND = 1_000_000;

    private static final List<String> OTHER_LOG_DRIVERS =
            List.of("awslogs", "etwlogs", "fluentd", "gcplogs", "gelf", "journald", "splunk", "syslog");

    private ContainerCreation() {}

    /** {@code validateHealthCheck}. */
    static void checkHealth(ContainerConfig config) throws EngineException {
        ContainerConfig.Healthcheck check = config.healthcheck;
        if (check == null) {
            return;
        }
        String field = tooShort(check.interval()) ? "Interval" : tooShort(check.timeout()) ? "Timeout"
                : tooShort(check.startPeriod()) ? "StartPeriod" : tooShort(check.startInterval()) ? "StartInterval" : "";
        if (!field.isEmpty()) {
            throw EngineException.badRequest(field + " in Healthcheck cannot be less than 1ms");
        }
        if (check.retries() < 0) {
            throw EngineException.badRequest("Retries in Healthcheck cannot be negative");
        }
    }

    private static boolean tooShort(long nanos) {
        return nanos != 0 && nanos < MILLISECOND;
    }

    /** Found out at the start ({@code logger.GetLogDriver}). */
    static void checkLogDriver(String driver) throws EngineException {
        if (OTHER_LOG_DRIVERS.contains(driver)) {
            throw EngineException.notEmulated("the logging driver " + driver + " is not emulated");
        }
        if (!List.of("", "json-file", "local", "none").contains(driver)) {
            throw EngineException.internal("error looking up logging plugin " + driver + ": plugin \"" + driver + "\" not found");
        }
    }

    static void checkName(String name, String context) throws EngineException {
        if (!NAME.matcher(name.startsWith("/") ? name.substring(1) : name).matches()) {
            throw EngineException.badRequest(
                    context + "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        }
    }

    static void check(ContainerConfig config, HostConfig host, Map<String, EndpointSettings> endpoints, Networks networks)
            throws EngineException {
        if (!config.stopSignal.isEmpty() && SignalNumber.parse(config.stopSignal) == 0) {
            throw EngineException.badRequest("invalid signal: " + config.stopSignal);
        }
        checkRestartPolicy(host.restartPolicy, host.maximumRetryCount, host.autoRemove);
        checkResources(host.resources);
        if (host.resources.memory > 0 && host.resources.memorySwap == 0) {
            host.resources.memorySwap = host.resources.memory * 2;
        }
        for (String capability : host.capAdd) {
            checkCapability(capability, "CapAdd");
        }
        for (String capability : host.capDrop) {
            checkCapability(capability, "CapDrop");
        }
        for (String sysctl : host.sysctls.keySet()) {
            // handleSysctlBC: from API 1.48 on what is one interface's belongs to the network it is connected to
            if (sysctl.matches("net\\.(ipv4|ipv6|mpls)\\.[^.]+\\.eth[^.]*\\..+")) {
                throw EngineException.badRequest("interface specific sysctl setting \"" + sysctl
                        + "\" must be supplied using driver option 'com.docker.network.endpoint.sysctls'");
            }
        }
        if (host.isContainerNetwork()) {
            checkSharedNetwork(config, host);
        }
        if (host.isHostNetwork() && !host.links.isEmpty()) {
            throw EngineException.badRequest(
                    "conflicting options: host type networking can't be used with links. This would result in undefined behavior");
        }
        for (Map.Entry<String, EndpointSettings> entry : endpoints.entrySet()) {
            try {
                checkEndpoint(entry.getKey(), networks.lookup(entry.getKey()), entry.getValue());
            } catch (EngineException e) {
                throw EngineException.badRequest("invalid config for network " + entry.getKey() + ": " + e.message());
            }
        }
    }

    /** {@code verifyPlatformContainerResources}, for a machine of two processors. */
    private static void checkResources(Resources limits) throws EngineException {
        if (limits.memory != 0 && limits.memory < LEAST_MEMORY) {
            throw EngineException.badRequest("Minimum memory limit allowed is 6MB");
        }
        if (limits.memory > 0 && limits.memorySwap > 0 && limits.memorySwap < limits.memory) {
            throw EngineException.badRequest("Minimum memoryswap limit should be larger than memory limit, see usage");
        }
        if (limits.memory == 0 && limits.memorySwap > 0) {
            throw EngineException.badRequest("You should always set the Memory limit when using Memoryswap limit, see usage");
        }
        if (limits.nanoCpus < 0 || limits.nanoCpus > PROCESSORS * 1_000_000_000L) {
            throw EngineException.badRequest("range of CPUs is from 0.01 to " + PROCESSORS + ".00, as there are only " + PROCESSORS
                    + " CPUs available");
        }
    }

    /** {@code container.UpdateContainer}. */
    static void update(Container container, ContainerUpdate update) throws EngineException {
        HostConfig host = container.hostConfig();
        Resources wanted = update.resources();
        Resources limits = host.resources;
        String refused = "Cannot update container " + container.id() + ": ";
        checkResources(wanted);
        if (wanted.memory != 0 && wanted.memorySwap == 0 && wanted.memory > limits.memorySwap) {
            throw EngineException.conflict(refused
                    + "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time");
        }
        if (!update.restartPolicy().isEmpty()) {
            if (host.autoRemove) {
                throw EngineException.conflict(refused
                        + "Restart policy cannot be updated because AutoRemove is enabled for the container");
            }
            checkRestartPolicy(update.restartPolicy(), update.maximumRetryCount(), false);
            host.restartPolicy = update.restartPolicy();
            host.maximumRetryCount = update.maximumRetryCount();
        }
        limits.take(wanted);
    }

    static void checkRestartPolicy(String policy, int maximumRetryCount, boolean autoRemove) throws EngineException {
        switch (policy) {
            case "", "no", "always", "unless-stopped" -> {
                if (maximumRetryCount != 0) {
                    throw EngineException.badRequest(
                            "invalid restart policy: maximum retry count can only be used with 'on-failure'");
                }
            }
            case "on-failure" -> {
                if (maximumRetryCount < 0) {
                    throw EngineException.badRequest("invalid restart policy: maximum retry count cannot be negative");
                }
            }
            default -> throw EngineException.badRequest("invalid restart policy: unknown policy '" + policy
                    + "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
        }
        if (autoRemove && !policy.equals("no") && !policy.isEmpty()) {
            throw EngineException.badRequest("can't create 'AutoRemove' container with restart policy");
        }
    }

    private static void checkCapability(String text, String field) throws EngineException {
        String name = capabilityName(text);
        boolean known = name.equals("ALL")
                || List.of(Capability.values()).stream().anyMatch(c -> c.name().equals(name));
        if (!known) {
            throw EngineException.badRequest("invalid " + field + ": unknown capability: \"CAP_" + name + "\"");
        }
    }

    static String capabilityName(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        return name.startsWith("CAP_") ? name.substring(4) : name;
    }

    private static void checkSharedNetwork(ContainerConfig config, HostConfig host) throws EngineException {
        if (host.connectedContainer().isEmpty()) {
            throw EngineException.badRequest("invalid network mode: invalid container format container:<name|id>");
        }
        if (!config.hostname.isEmpty()) {
            throw EngineException.badRequest("conflicting options: hostname and the network mode");
        }
        if (!host.links.isEmpty()) {
            throw EngineException.badRequest(
                    "conflicting options: container type network can't be used with links. This would result in undefined behavior");
        }
        if (!host.dns.isEmpty()) {
            throw EngineException.badRequest("conflicting options: dns and the network mode");
        }
        if (!host.extraHosts.isEmpty()) {
            throw EngineException.badRequest("conflicting options: custom host-to-IP mapping and the network mode");
        }
        if (!host.portBindings.isEmpty() || host.publishAllPorts) {
            throw EngineException.badRequest("conflicting options: port publishing and the container type network mode");
        }
        if (!config.exposedPorts.isEmpty()) {
            throw EngineException.badRequest("conflicting options: port exposing and the container type network mode");
        }
    }

    /** {@code validateEndpointSettings}; {@code network} is null if it does not exist, or not yet. */
    static void checkEndpoint(String name, @Nullable Network network, EndpointSettings settings) throws EngineException {
        var complaints = new ArrayList<String>();
        boolean address = !settings.ipv4Address.isEmpty();
        if (NetworkView.isPredefined(name) || name.startsWith("container:")) {
            if (address) {
                complaints.add("user specified IP address is supported on user defined networks only");
            }
            if (!settings.aliases.isEmpty()) {
                complaints.add("network-scoped alias is supported only for containers in user defined networks");
            }
        }
        if (address && Ipv4.parse(settings.ipv4Address).isEmpty()) {
            complaints.add("invalid IPv4 address: " + settings.ipv4Address);
        }
        for (String local : settings.linkLocalIps) {
            if (Ipv4.parse(local).isEmpty()) {
                complaints.add("invalid link-local IP address: " + local);
            }
        }
        AddressPool pool = network == null ? null : network.pool();
        if (address && (network == null ? NetworkView.isPredefined(name) : network.request().ipam.isEmpty())) {
            complaints.add("user specified IP address is supported only when connecting to networks with user configured subnets");
        } else if (address && pool != null && !pool.subnet().contains(Ipv4.parse(settings.ipv4Address).orElse(0))) {
            complaints.add("no configured subnet or ip-range contain the IP address " + settings.ipv4Address);
        }
        raise(complaints);
    }

    static void raise(List<String> complaints) throws EngineException {
        if (!complaints.isEmpty()) {
            throw EngineException.badRequest("invalid endpoint settings:\n"
                    + (complaints.size() == 1 ? complaints.getFirst() : "* " + String.join("\n* ", complaints)));
        }
    }

    /** Fills in what the image says ({@code daemon/commit.go}, {@code merge}). */
    static void merge(ContainerConfig config, HostConfig host, Image image, String id, String hostHostname) throws EngineException {
        List<String> entrypoint = config.entrypoint;
        List<String> command = config.cmd;
        if (entrypoint == null || entrypoint.isEmpty()) {
            if (command == null || command.isEmpty()) {
                config.cmd = image.command().isEmpty() ? null : image.command();
            }
            if (entrypoint == null) {
                config.entrypoint = image.entrypoint().isEmpty() ? null : image.entrypoint();
            }
        }
        entrypoint = config.entrypoint;
        if (entrypoint != null && entrypoint.equals(List.of(""))) {
            config.entrypoint = null;
        }
        if ((config.cmd == null || config.cmd.isEmpty()) && (config.entrypoint == null || config.entrypoint.isEmpty())) {
            throw EngineException.badRequest("no command specified");
        }
        config.env = mergeEnvironment(image.environment(), config.env);
        config.exposedPorts.addAll(image.exposedPorts());
        config.exposedPorts.addAll(host.portBindings.keySet());
        var labels = new TreeMap<>(image.labels());
        labels.putAll(config.labels);
        config.labels = labels;
        if (config.healthcheck == null) {
            config.healthcheck = image.config().healthcheck;
        }
        if (config.shell.isEmpty()) {
            config.shell = image.config().shell;
        }
        if (config.stopSignal.isEmpty()) {
            config.stopSignal = image.config().stopSignal;
        }
        config.volumes.addAll(image.config().volumes);
        if (config.user.isEmpty()) {
            config.user = image.config().user;
        }
        if (config.workingDir.isEmpty()) {
            config.workingDir = image.workingDirectory();
        }
        if (config.hostname.isEmpty() && !host.isContainerNetwork()) {
            config.hostname = host.isHostNetwork() ? hostHostname : ShortId.of(id);
        }
    }

    /** Whoever comes later wins; {@code NAME} alone takes a variable away. */
    private static List<String> mergeEnvironment(List<String> image, List<String> own) {
        var merged = new ArrayList<>(own);
        for (String variable : image) {
            String name = variable.substring(0, variable.indexOf('=') + 1);
            if (own.stream().noneMatch(v -> v.startsWith(name))) {
                merged.add(variable);
            }
        }
        return merged;
    }

    /** The environment that its processes see. */
    static Map<String, String> environment(ContainerConfig config) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOSTNAME", config.hostname);
        if (config.tty) {
            environment.put("TERM", "xterm");
        }
        for (String variable : config.env) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            } else {
                environment.remove(variable);
            }
        }
        return environment;
    }

    /** The text of a conflict over a name. */
    static EngineException nameTaken(String name, String holder) {
        return EngineException.conflict("Conflict. The container name \"/" + name + "\" is already in use by container \"" + holder
                + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }

    static String created(Container container) {
        return DockerTime.rfc3339(container.created());
    }
}
