package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.NetworkCreate;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.ShortId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docker network …}. */
final class NetworkCommands {
    private static final long CREATE_COST = 80_000_000;

    private static final Table TABLE = table();

    static final List<Command> ALL = List.of(
            new Command("[OPTIONS] NETWORK", "Create a network", 1, 1, true, Flags.declare("""
                    --attachable   Enable manual container attachment
                    --aux-address map   Auxiliary IPv4 or IPv6 addresses used by Network driver (default map[])
                    --config-from string   The network from which to copy the configuration
                    --config-only   Create a configuration only network
                    -d, --driver string   Driver to manage the Network (default "bridge")
                    --gateway strings   IPv4 or IPv6 Gateway for the master subnet
                    --ingress   Create swarm routing-mesh network
                    --internal   Restrict external access to the network
                    --ip-range strings   Allocate container ip from a sub-range
                    --ipam-driver string   IP Address Management Driver (default "default")
                    --ipam-opt map   Set IPAM driver specific options (default map[])
                    --ipv4   Enable or disable IPv4 address assignment (default true)
                    --ipv6   Enable or disable IPv6 address assignment
                    --label list   Set metadata on a network
                    -o, --opt map   Set driver specific options (default map[])
                    --scope string   Control the network's scope
                    --subnet strings   Subnet in CIDR format that represents a network segment
                    """), List.of("network create"), NetworkCommands::create),
            new Command("[OPTIONS]", "List networks", 0, 0, true, Flags.declare("""
                    -f, --filter filter   Provide filter values (e.g. "driver=bridge")
                    """ + ListCommands.FORMAT_FLAG + """
                    --no-trunc   Do not truncate the output
                    -q, --quiet   Only display network IDs
                    """), List.of("network ls", "network list"), NetworkCommands::list),
            new Command("NETWORK [NETWORK...]", "Remove one or more networks", 1, -1, true,
                    Flags.declare("-f, --force   Do not error if the network does not exist"), List.of("network rm", "network remove"),
                    NetworkCommands::remove),
            new Command("[OPTIONS] NETWORK CONTAINER", "Connect a container to a network", 2, 2, true, Flags.declare("""
                    --alias strings   Add network-scoped alias for the container
                    --driver-opt strings   driver options for the network
                    --gw-priority int   Highest gw-priority provides the default gateway. Accepts positive and negative values.
                    --ip string   IPv4 address (e.g., "172.30.100.104")
                    !--ip6 string   IPv6 address (e.g., "2001:db8::33")
                    --link list   Add link to another container
                    --link-local-ip strings   Add a link-local address for the container
                    """), List.of("network connect"), NetworkCommands::connect),
            new Command("[OPTIONS] NETWORK CONTAINER", "Disconnect a container from a network", 2, 2, true,
                    Flags.declare("-f, --force   Force the container to disconnect from a network"), List.of("network disconnect"),
                    NetworkCommands::disconnect),
            new Command("[OPTIONS]", "Remove all unused networks", 0, 0, true, Flags.declare("""
                    --filter filter   Provide filter values (e.g. "until=<timestamp>")
                    -f, --force   Do not prompt for confirmation
                    """), List.of("network prune"), NetworkCommands::prune));

    private NetworkCommands() {}

    private static Table table() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ID", "NETWORK ID");
        headers.put("Name", "NAME");
        headers.put("Driver", "DRIVER");
        headers.put("Scope", "SCOPE");
        headers.put("IPv4", "IPV4");
        headers.put("IPv6", "IPV6");
        headers.put("Internal", "INTERNAL");
        headers.put("Labels", "LABELS");
        headers.put("CreatedAt", "CREATED AT");
        return new Table("*network.networkContext", headers, "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}");
    }

    // ---- create ----

    private static int create(Command.Call call) throws EngineException {
        var request = new NetworkCreate();
        ParsedFlags flags = call.flags();
        request.name = call.argument(0);
        if (request.name.isBlank()) {
            throw EngineException.badRequest("invalid name: name is empty");
        }
        request.driver = flags.text("driver", "bridge");
        request.internal = flags.flag("internal");
        request.configOnly = flags.flag("config-only");
        request.configFrom = flags.text("config-from");
        request.attachable = flags.flag("attachable");
        request.ingress = flags.flag("ingress");
        request.ipamDriver = flags.text("ipam-driver", "default");
        request.enableIpv4 = flags.flag("ipv4", true);
        request.enableIpv6 = flags.flag("ipv6");
        if (!request.enableIpv4 && !request.enableIpv6) {
            throw EngineException.badRequest("IPv4 or IPv6 must be enabled");
        }
        request.scope = flags.text("scope").isEmpty() ? "local" : flags.text("scope");
        request.options.putAll(map(flags.texts("opt")));
        request.ipamOptions.putAll(map(flags.texts("ipam-opt")));
        request.labels.putAll(map(flags.texts("label")));
        try {
            request.ipam.addAll(SubnetOptions.consolidate(flags));
        } catch (FlagException e) {
            call.error(e.message());
            return 1;
        }
        call.self().spend(CREATE_COST);
        call.println(call.engine().networks().create(request).id());
        return 0;
    }

    static Map<String, String> map(List<String> texts) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            map.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
        }
        return map;
    }

    // ---- list ----

    private static int list(Command.Call call) throws EngineException {
        ParsedFlags flags = call.flags();
        Map<String, List<String>> wanted = ContainerFilter.pairs(flags.texts("filter"),
                List.of("driver", "type", "name", "id", "label", "dangling", "scope", "idOrName"));
        for (String type : wanted.getOrDefault("type", List.of())) {
            if (!type.equals("custom") && !type.equals("builtin")) {
                throw EngineException.badRequest("invalid filter: 'type'='" + type + "'");
            }
        }
        for (String dangling : wanted.getOrDefault("dangling", List.of())) {
            if (!List.of("true", "1", "false", "0").contains(dangling)) {
                throw EngineException.badRequest(
                        "invalid value for filter 'dangling', must be \"true\" (or \"1\"), or \"false\" (or \"0\")");
            }
        }
        List<? extends NetworkView> networks = call.engine().networks().all().stream()
                .filter(n -> wanted.entrySet().stream().allMatch(e -> e.getValue().stream().anyMatch(v -> matches(n, e.getKey(), v))))
                .sorted(Comparator.comparing(NetworkView::name)).toList();
        boolean full = flags.flag("no-trunc");
        if (flags.flag("quiet") && !flags.has("format")) {
            networks.forEach(n -> call.println(full ? n.id() : ShortId.of(n.id())));
            return 0;
        }
        return TABLE.print(call.self(), networks.stream().map(n -> row(n, full)).toList(),
                RawFormat.expand(TABLE.type(), flags.text("format"), flags.flag("quiet"), false));
    }

    private static boolean matches(NetworkView network, String key, String value) {
        return switch (key) {
            case "driver" -> network.driver().equals(value);
            case "type" -> network.isUserDefined() == value.equals("custom");
            case "name" -> ContainerFilter.matches(network.name(), value);
            case "id" -> ContainerFilter.matches(network.id(), value);
            case "label" -> ContainerFilter.hasLabel(network.labels(), value);
            // the list is made without the endpoints, so that none seems to have any
            case "dangling" -> network.isUserDefined() == (value.equals("true") || value.equals("1"));
            case "scope" -> value.equals(network.scope());
            default -> network.name().equals(value) || network.id().startsWith(value);
        };
    }

    private static Table.Row row(NetworkView network, boolean full) {
        var labels = new ArrayList<String>();
        network.labels().forEach((key, value) -> labels.add(key + "=" + value));
        return new Table.Row()
                .put("CreatedAt", DockerTime.spokenExactly(network.created()))
                .put("Driver", network.driver())
                .put("ID", full ? network.id() : ShortId.of(network.id()))
                .put("IPv4", "true")
                .put("IPv6", "false")
                .put("Internal", Boolean.toString(network.isInternal()))
                .put("Labels", String.join(",", labels))
                .put("Name", network.name())
                .put("Scope", network.scope())
                .method("Label", arguments -> arguments.isEmpty() ? ""
                : network.labels().getOrDefault(String.valueOf(arguments.getFirst()), ""));
    }

    // ---- remove ----

    private static int remove(Command.Call call) {
        int status = 0;
        for (String term : call.arguments()) {
            try {
                call.engine().networks().remove(term);
                call.println(term);
            } catch (EngineException e) {
                if (call.flags().flag("force") && e.status() == 404) {
                    continue;
                }
                call.error("Error response from daemon: " + e.message());
                status = 1;
            }
        }
        if (status != 0) {
            call.error("exit status 1");
        }
        return status;
    }

    private static int prune(Command.Call call) throws EngineException {
        if (!call.flags().flag("force")) {
            call.self().print("WARNING! This will remove all custom networks not used by at least one container.\n"
                    + "Are you sure you want to continue? [y/N] ");
            String answer = call.self().read(100).text().strip();
            if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
                return 0;
            }
        }
        List<String> removed = call.engine().networks().prune(PruneFilter.networks(call));
        if (!removed.isEmpty()) {
            call.println("Deleted Networks:");
            removed.forEach(call::println);
            call.println("");
        }
        return 0;
    }

    // ---- connect ----

    private static int connect(Command.Call call) throws EngineException {
        ParsedFlags flags = call.flags();
        var settings = new EndpointSettings();
        settings.explicit = true;
        settings.hasIpamConfig = true;
        settings.aliases.addAll(split(flags.texts("alias")));
        settings.links.addAll(flags.texts("link"));
        settings.gatewayPriority = flags.number("gw-priority", 0);
        for (String option : split(flags.texts("driver-opt"))) {
            int equals = option.indexOf('=');
            if (equals <= 0) {
                call.error("invalid key/value pair format in driver options");
                return 1;
            }
            settings.driverOpts.put(option.substring(0, equals), option.substring(equals + 1));
        }
        if (flags.has("ip")) {
            settings.ipv4Address = flags.text("ip");
        }
        settings.linkLocalIps.addAll(split(flags.texts("link-local-ip")));
        call.self().spend(CREATE_COST);
        call.engine().networks().connect(call.argument(0), call.argument(1), settings);
        return 0;
    }

    private static List<String> split(List<String> texts) {
        return texts.stream().flatMap(t -> List.of(t.split(",")).stream()).toList();
    }

    private static int disconnect(Command.Call call) throws EngineException {
        call.self().spend(CREATE_COST);
        call.engine().networks().disconnect(call.argument(0), call.argument(1), call.flags().flag("force"));
        return 0;
    }
}
