package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ShortId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code ps}. */
final class ListCommands {
    static final String FORMAT_FLAG = "--format string   Format output using a custom template: 'table': Print output in table format with"
            + " column headers (default) 'table TEMPLATE': Print output in table format using the given Go template 'json': Print in JSON"
            + " format 'TEMPLATE': Print output using the given Go template. Refer to https://docs.docker.com/go/formatting/ for more"
            + " information about formatting output with templates\n";

    private static final Table TABLE = table();
    private static final int SHORT_COMMAND = 20;
    private static final int SHORT_MOUNT = 15;

    static final List<Command> ALL = List.of(new Command("[OPTIONS]", "List containers", 0, 0, true, Flags.declare("""
            -a, --all   Show all containers (default shows just running)
            -f, --filter filter   Filter output based on conditions provided
            """ + FORMAT_FLAG + """
            -n, --last int   Show n last created containers (includes all states) (default -1)
            -l, --latest   Show the latest created container (includes all states)
            --no-trunc   Don't truncate output
            -q, --quiet   Only display container IDs
            -s, --size   Display total file sizes
            """), List.of("container ls", "container list", "container ps", "ps"), ListCommands::ps));

    private ListCommands() {}

    private static Table table() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ID", "CONTAINER ID");
        headers.put("Image", "IMAGE");
        headers.put("Command", "COMMAND");
        headers.put("CreatedAt", "CREATED AT");
        headers.put("RunningFor", "CREATED");
        headers.put("Status", "STATUS");
        headers.put("State", "STATE");
        headers.put("Ports", "PORTS");
        headers.put("Names", "NAMES");
        headers.put("Size", "SIZE");
        headers.put("Labels", "LABELS");
        headers.put("Mounts", "MOUNTS");
        headers.put("LocalVolumes", "LOCAL VOLUMES");
        headers.put("Networks", "NETWORKS");
        headers.put("Platform", "PLATFORM");
        return new Table("*formatter.ContainerContext", headers,
                "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}");
    }

    private static int ps(Command.Call call) throws EngineException {
        EngineApi engine = call.engine();
        ParsedFlags flags = call.flags();
        String complaint = TABLE.complaintOf(flags.text("format"));
        if (!complaint.isEmpty()) {
            call.error(complaint);
            return 1;
        }
        ContainerFilter filter = ContainerFilter.parse(flags.texts("filter"), engine);
        int last = flags.flag("latest") ? 1 : flags.number("last", -1);
        boolean all = flags.flag("all") || last > 0 || filter.asksForStates();
        var chosen = new ArrayList<ContainerView>();
        for (ContainerView container : engine.containers().all()) {
            boolean shown = (all || container.state().isRunning()) && filter.accepts(container);
            if (shown && (last <= 0 || chosen.size() < last)) {
                chosen.add(container);
            }
        }
        boolean full = flags.flag("no-trunc");
        if (flags.flag("quiet") && !flags.has("format")) {
            chosen.forEach(c -> call.println(full ? c.id() : ShortId.of(c.id())));
            return 0;
        }
        String format = flags.text("format");
        if (format.isEmpty() && flags.flag("size")) {
            format = "table " + TABLE.standard() + "\t{{.Size}}";
        }
        if (flags.flag("quiet")) {
            call.error("WARNING: Ignoring custom format, because both --format and --quiet are set.");
        }
        format = RawFormat.expand(TABLE.type(), format, flags.flag("quiet"), flags.flag("size"));
        boolean size = flags.flag("size") || format.contains(".Size") || format.equals("{{json .}}");
        var rows = new ArrayList<Table.Row>();
        for (ContainerView container : chosen) {
            long written = size ? engine.containers().writtenSize(container.id()) : 0;
            rows.add(row(container, call.self().now(), full, Units.size(written)
                    + (size ? " (virtual " + Units.size(written + container.imageSize()) + ")" : "")));
        }
        return TABLE.print(call.self(), rows, format);
    }

    static Table.Row row(ContainerView container, long now, boolean full, String size) {
        String command = command(container);
        var labels = new ArrayList<String>();
        container.config().labels.forEach((key, value) -> labels.add(key + "=" + value));
        return new Table.Row()
                .put("Command", '"' + (full ? command : ellipsis(command, SHORT_COMMAND)) + '"')
                .put("CreatedAt", DockerTime.spoken(container.created()))
                .put("ID", full ? container.id() : ShortId.of(container.id()))
                .put("Image", full || !container.imageName().startsWith("sha256:") ? container.imageName() : ShortId.of(container.imageName()))
                .put("Labels", String.join(",", labels))
                .put("LocalVolumes", Long.toString(container.mountNames().stream().filter(m -> !m.startsWith("/")).count()))
                .put("Mounts", String.join(",", container.mountNames().stream().map(m -> full ? m : ellipsis(m, SHORT_MOUNT)).toList()))
                .put("Names", String.join(",", full ? container.names() : List.of(container.name())))
                .put("Networks", String.join(",", new TreeSet<>(container.networks().keySet())))
                .put("Platform", "")
                .put("Ports", PortList.of(container))
                .put("RunningFor", Units.ago(now - container.created()))
                .put("Size", size)
                .put("State", container.state().status())
                .put("Status", status(container, now))
                .method("Label", arguments -> arguments.isEmpty() ? ""
                : container.config().labels.getOrDefault(String.valueOf(arguments.getFirst()), ""));
    }

    /** The command line in one string, arguments with blanks in quotes ({@code daemon/list.go}). */
    static String command(ContainerView container) {
        List<String> line = container.commandLine();
        var text = new StringBuilder(line.getFirst());
        for (String argument : line.subList(1, line.size())) {
            text.append(argument.contains(" ") ? " '" + argument + "'" : " " + argument);
        }
        return text.toString();
    }

    /** {@code Up 3 minutes (Paused)}, {@code Exited (0) 5 seconds ago} ({@code container/state.go}). */
    static String status(ContainerView container, long now) {
        ContainerView.State state = container.state();
        if (state.isRestarting()) {
            return "Restarting (" + state.exitCode() + ") " + Units.ago(now - state.finishedAt());
        }
        if (state.isRunning()) {
            String up = "Up " + Units.duration(now - state.startedAt());
            String health = container.healthStatus();
            if (state.isPaused()) {
                return up + " (Paused)";
            }
            return health == null ? up : up + " (" + (health.equals("starting") ? "health: starting" : health) + ")";
        }
        return switch (state.status()) {
            case "removing" -> "Removal In Progress";
            case "created" -> "Created";
            case "dead" -> "Dead";
            default -> "Exited (" + state.exitCode() + ") " + Units.ago(now - state.finishedAt());
        };
    }

    /** At most so many characters, the last a … if some are missing. */
    static String ellipsis(String text, int length) {
        return text.codePointCount(0, text.length()) <= length ? text : text.substring(0, length - 1) + "…";
    }
}
