package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.template.Template;
import dev.vethlab.engine.command.docker.template.TemplateException;
import dev.vethlab.engine.docker.api.ContainerApi;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageApi;
import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** {@code version}, {@code info}, {@code system df}, and the prunes. */
final class SystemCommands {
    private static final int PARSE_ERROR = 64;
    private static final String FORMAT = "-f, --format string   Format output using a custom template: 'json': Print in JSON format 'TEMPLATE':"
            + " Print output using the given Go template. Refer to https://docs.docker.com/go/formatting/ for more information about"
            + " formatting output with templates\n";

    static final List<Command> ALL = List.of(
            new Command("[OPTIONS]", "Show the Docker version information", 0, 0, true, Flags.declare(FORMAT), List.of("version"),
                    call -> show(call, "version", EngineInfo.version(call.engine()), EngineInfo.versionText(call.engine()))),
            new Command("[OPTIONS]", "Display system-wide information", 0, 0, true, Flags.declare(FORMAT), List.of("system info", "info"),
                    call -> show(call, "", EngineInfo.info(call.engine()), EngineInfo.infoText(call.engine()))),
            new Command("[OPTIONS]", "Show docker disk usage", 0, 0, true, Flags.declare(ListCommands.FORMAT_FLAG
                    + "-v, --verbose   Show detailed information on space usage\n"), List.of("system df"), DiskUsage::show),
            new Command("[OPTIONS]", "Remove all stopped containers", 0, 0, true, Flags.declare("""
                    --filter filter   Provide filter values (e.g. "until=<timestamp>")
                    -f, --force   Do not prompt for confirmation
                    """), List.of("container prune"), SystemCommands::pruneContainers),
            new Command("[OPTIONS]", "Remove unused data", 0, 0, true, Flags.declare("""
                    -a, --all   Remove all unused images not just dangling ones
                    --filter filter   Provide filter values (e.g. "label=<key>=<value>")
                    -f, --force   Do not prompt for confirmation
                    --volumes   Prune anonymous volumes
                    """), List.of("system prune"), SystemCommands::prune),
            new Command("[OPTIONS]", "Remove build cache", 0, 0, true, Flags.declare("""
                    -a, --all   Remove all unused build cache, not just dangling ones
                    !--filter filter   Provide filter values (e.g. "until=24h")
                    -f, --force   Do not prompt for confirmation
                    !--keep-storage bytes   Amount of disk space to keep for cache
                    """), List.of("builder prune"), call -> {
                        if (agreed(call, "WARNING! This will remove all dangling build cache.")) {
                            call.println("Total reclaimed space: 0B");
                        }
                        return 0;
                    }),
            new Command("[OPTIONS]", "List contexts", 0, 0, true, Flags.declare(ListCommands.FORMAT_FLAG
                    + "-q, --quiet   Only show context names\n"), List.of("context ls", "context list"), SystemCommands::listContexts),
            new Command("", "Print the name of the current context", 0, 0, true, Flags.NONE, List.of("context show"), call -> {
                call.println("default");
                return 0;
            }),
            new Command("[OPTIONS]", "Remove unused images", 0, 0, true, Flags.declare("""
                    -a, --all   Remove all unused images, not just dangling ones
                    --filter filter   Provide filter values (e.g. "until=<timestamp>")
                    -f, --force   Do not prompt for confirmation
                    """), List.of("image prune"), SystemCommands::pruneImages));

    private SystemCommands() {}

    /** @param template what the client calls the template that {@code --format} gives */
    private static int show(Command.Call call, String template, Value value, String text) {
        String format = call.flags().text("format");
        if (format.isEmpty()) {
            call.self().print(text);
            return 0;
        }
        if (format.equals("json")) {
            call.println(Json.compact(value));
            return 0;
        }
        try {
            call.println(Template.parse(format).execute(TemplateData.of(value)));
            return 0;
        } catch (TemplateException e) {
            call.println(e.written());
            call.error((e.isParsing() ? "template parsing error: " : "") + e.named(template).getMessage());
            return e.isParsing() ? PARSE_ERROR : 1;
        }
    }

    private static int pruneContainers(Command.Call call) throws EngineException {
        if (!agreed(call, "WARNING! This will remove all stopped containers.")) {
            return 0;
        }
        ContainerApi.Pruned pruned = call.engine().containers().prune(call.self(), PruneFilter.containers(call));
        listed(call, "Deleted Containers:", pruned.ids());
        call.println("Total reclaimed space: " + Units.exactSize(pruned.bytes()));
        return 0;
    }

    private static int pruneImages(Command.Call call) throws EngineException {
        boolean all = call.flags().flag("all");
        Predicate<ImageView> wanted = PruneFilter.images(call);
        if (!agreed(call, all ? "WARNING! This will remove all images without at least one container associated to them."
                : "WARNING! This will remove all dangling images.")) {
            return 0;
        }
        ImageApi.Pruned pruned = call.engine().images().prune(all, wanted);
        listed(call, pruned);
        call.println("Total reclaimed space: " + Units.size(pruned.bytes()));
        return 0;
    }

    private static int prune(Command.Call call) throws EngineException {
        boolean all = call.flags().flag("all");
        boolean volumes = call.flags().flag("volumes");
        List<String> filters = call.flags().texts("filter");
        if (volumes && filters.stream().anyMatch(filter -> filter.startsWith("until="))) {
            call.error("ERROR: The \"until\" filter is not supported with \"--volumes\"");
            return 1;
        }
        String warning = "WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n"
                + (volumes ? "  - all anonymous volumes not used by at least one container\n" : "")
                + (all ? "  - all images without at least one container associated to them\n  - all build cache\n"
                        : "  - all dangling images\n  - unused build cache\n")
                + (filters.isEmpty() ? "" : "\n  Items to be pruned will be filtered with:\n"
                        + String.join("", filters.stream().sorted().map(filter -> "  - " + filter + "\n").toList()));
        if (!agreed(call, warning)) {
            return 0;
        }
        EngineApi engine = call.engine();
        ContainerApi.Pruned containers = engine.containers().prune(call.self(), PruneFilter.containers(call));
        listed(call, "Deleted Containers:", containers.ids());
        listed(call, "Deleted Networks:", engine.networks().prune(PruneFilter.networks(call)));
        if (volumes) {
            listed(call, "Deleted Volumes:", engine.volumes().prune(false));
        }
        ImageApi.Pruned images = engine.images().prune(all, PruneFilter.images(call));
        listed(call, images);
        call.println("Total reclaimed space: " + Units.exactSize(containers.bytes() + images.bytes()));
        return 0;
    }

    private static void listed(Command.Call call, ImageApi.Pruned images) {
        listed(call, "Deleted Images:", images.removals().stream().map(removal ->
                removal.deleted().isEmpty() ? "untagged: " + removal.untagged() : "deleted: " + removal.deleted()).toList());
    }

    private static void listed(Command.Call call, String head, List<String> removed) {
        if (!removed.isEmpty()) {
            call.println(head);
            removed.forEach(call::println);
            call.println("");
        }
    }

    private static int listContexts(Command.Call call) {
        if (call.flags().flag("quiet")) {
            call.println("default");
            return 0;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Name", "NAME");
        headers.put("Description", "DESCRIPTION");
        headers.put("DockerEndpoint", "DOCKER ENDPOINT");
        headers.put("Error", "ERROR");
        var table = new Table("*formatter.clientContextContext", headers,
                "{{.Name}}\t{{.Description}}\t{{.DockerEndpoint}}\t{{.Error}}");
        var row = new Table.Row().put("Current", "true").put("Description", "Current DOCKER_HOST based configuration")
                .put("DockerEndpoint", "unix:///var/run/docker.sock").put("Error", "").put("Name", call.flags().has("format") ? "default" : "default *");
        return table.print(call.self(), List.of(row), call.flags().text("format"));
    }

    /** Whether {@code --force} was given, or whoever was asked says yes. */
    static boolean agreed(Command.Call call, String warning) {
        if (call.flags().flag("force")) {
            return true;
        }
        call.self().print(warning + "\nAre you sure you want to continue? [y/N] ");
        String answer = call.self().read(100).text().strip();
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }
}
