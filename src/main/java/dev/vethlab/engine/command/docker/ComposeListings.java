package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.PortSummary;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.docker.api.VolumeView;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code docker compose} lists of projects and containers: {@code ls}, {@code ps}, {@code images}, {@code top}, {@code port}. */
final class ComposeListings {
    /** The columns of {@code formatter.ContainerContext} that have a header. */
    private static final Map<String, String> HEADERS = headers();

    private ComposeListings() {}

    private static Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ID", "CONTAINER ID");
        headers.put("CreatedAt", "CREATED AT");
        headers.put("RunningFor", "CREATED");
        for (String same : List.of("Name", "Image", "Command", "Service", "Ports", "State", "Status", "Size", "Labels", "Project")) {
            headers.put(same, same.toUpperCase(Locale.ROOT));
        }
        return headers;
    }

    /** {@code docker compose ls}: projects, by the labels of their containers. */
    static int projects(EmulatedProcess self, EngineApi engine, ParsedFlags flags) {
        String format = flags.text("format", "table");
        if (!isKnown(self, format)) {
            return 1;
        }
        var patterns = new ArrayList<String>();
        for (String filter : flags.texts("filter")) {
            String[] pair = filter.split("=", 2);
            if (!pair[0].equals("name")) {
                self.error("invalid filter '" + pair[0] + "'");
                return 1;
            }
            patterns.add(pair[1]);
        }
        boolean all = flags.flag("all");
        var states = new TreeMap<String, Map<String, Integer>>();
        var files = new TreeMap<String, String>();
        for (ContainerView container : engine.containers().all()) {
            Map<String, String> labels = container.config().labels;
            String project = labels.get(ComposeServices.LABEL + "project");
            if (project != null && (all || container.state().isRunning())
                    && (patterns.isEmpty() || patterns.stream().anyMatch(p -> ContainerFilter.matches(project, p)))) {
                states.computeIfAbsent(project, p -> new TreeMap<>()).merge(container.state().status(), 1, Integer::sum);
                files.put(project, labels.getOrDefault(ComposeServices.LABEL + "project.config_files", ""));
            }
        }
        if (flags.flag("quiet")) {
            states.keySet().forEach(self::println);
            return 0;
        }
        var rows = new ArrayList<List<String>>();
        states.forEach((project, counts) -> rows.add(List.of(project,
                String.join(", ", counts.entrySet().stream().map(e -> e.getKey() + "(" + e.getValue() + ")").toList()),
                files.getOrDefault(project, ""))));
        if (format.equals("json")) {
            self.println(Json.compact(new Value.Items(rows.stream().<Value>map(row -> Value.struct("formatter.Stack").put("Name", row.get(0))
                    .put("Status", row.get(1)).put("ConfigFiles", row.get(2)).build()).toList())));
            return 0;
        }
        rows.addFirst(List.of("NAME", "STATUS", "CONFIG FILES"));
        print(self, rows);
        return 0;
    }

    private static boolean isKnown(EmulatedProcess self, String format) {
        boolean known = List.of("table", "json").contains(format);
        if (!known) {
            self.error("format value \"" + format + "\" could not be parsed: parsing failed");
        }
        return known;
    }

    /** {@code docker compose ps}. */
    static int containers(ComposeCall call) throws ComposeException {
        boolean all = call.flags().flag("all");
        List<ContainerView> shown = new ArrayList<>(call.runner().containers("", all));
        List<String> states = new ArrayList<>(call.flags().texts("status"));
        String filter = call.flags().text("filter");
        if (filter.startsWith("status=")) {
            states.add(filter.substring("status=".length()));
        } else if (!filter.isEmpty()) {
            call.self().error(filter.contains("=") ? "unknown filter " + filter.split("=", 2)[0] : "arguments to --filter should be in form KEY=VAL");
            return 1;
        }
        if (!call.flags().flag("orphans", true)) {
            shown.removeIf(c -> !call.project().services().containsKey(c.config().labels.getOrDefault(ComposeServices.LABEL + "service", "")));
        }
        for (String name : call.arguments()) {
            if (!call.project().services().containsKey(name)) {
                throw ComposeException.of("no such service: " + name);
            }
        }
        shown.removeIf(c -> !states.isEmpty() && !states.contains(c.state().status()));
        shown.removeIf(c -> !all && states.isEmpty() && !c.state().isRunning()
                || !call.arguments().isEmpty() && !call.arguments().contains(c.config().labels.get(ComposeServices.LABEL + "service")));
        if (call.flags().flag("quiet")) {
            shown.forEach(c -> call.self().println(c.id()));
            return 0;
        }
        if (call.flags().flag("services")) {
            shown.stream().map(c -> c.config().labels.getOrDefault(ComposeServices.LABEL + "service", "")).distinct().forEach(call.self()::println);
            return 0;
        }
        boolean full = call.flags().flag("no-trunc");
        if (call.flags().text("format").equals("json")) {
            shown.forEach(c -> call.self().println(Json.compact(new Value.Entries(fields(call, c, full)))));
            return 0;
        }
        var table = new Table("*formatter.ContainerContext", HEADERS,
                "{{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}");
        return table.print(call.self(), shown.stream().map(c -> {
            var row = new Table.Row();
            fields(call, c, full).forEach((name, value) -> row.method(name, arguments -> TemplateData.of(value)));
            return row.method("Label", arguments -> c.config().labels.getOrDefault(String.valueOf(arguments.getFirst()), ""));
        }).toList(), call.flags().text("format"));
    }

    /** {@code formatter.ContainerContext} of Compose. */
    private static TreeMap<String, Value> fields(ComposeCall call, ContainerView container, boolean full) {
        long now = call.self().now();
        var publishers = new ArrayList<Value>();
        container.ports().stream().sorted(Comparator.comparingInt(PortSummary::privatePort).thenComparing(PortSummary::ip)).forEach(port ->
                publishers.add(Value.struct("api.PortPublisher").put("URL", port.ip()).put("TargetPort", port.privatePort())
                        .put("PublishedPort", port.publicPort()).put("Protocol", port.type()).build()));
        var labels = new ArrayList<String>();
        container.config().labels.forEach((name, value) -> labels.add(name + "=" + value));
        var fields = new TreeMap<String, Value>();
        String command = ListCommands.command(container);
        fields.put("Command", Value.of('"' + (full ? command : ListCommands.ellipsis(command, 20)) + '"'));
        fields.put("CreatedAt", Value.of(DockerTime.spoken(container.created())));
        fields.put("ExitCode", Value.of(container.state().exitCode()));
        fields.put("Health", Value.of(container.healthStatus() == null ? "" : container.healthStatus()));
        fields.put("ID", Value.of(ShortId.of(container.id())));
        fields.put("Image", Value.of(container.config().image));
        fields.put("Labels", Value.of(String.join(",", labels)));
        fields.put("LocalVolumes", Value.of(Long.toString(container.mountNames().stream().filter(m -> !m.startsWith("/")).count())));
        fields.put("Mounts", Value.of(String.join(",", container.mountNames())));
        fields.put("Name", Value.of(container.name()));
        fields.put("Names", Value.of(container.name()));
        fields.put("Networks", Value.of(String.join(",", new TreeSet<>(container.networks().keySet()))));
        fields.put("Ports", Value.of(PortList.of(container)));
        fields.put("Project", Value.of(call.project().name()));
        fields.put("Publishers", new Value.Items(publishers));
        fields.put("RunningFor", Value.of(Units.ago(now - container.created())));
        fields.put("Service", Value.of(container.config().labels.getOrDefault(ComposeServices.LABEL + "service", "")));
        fields.put("Size", Value.of("0B"));
        fields.put("State", Value.of(container.state().status()));
        fields.put("Status", Value.of(ListCommands.status(container, now)));
        return fields;
    }

    /** Columns of at least 20 characters, as Compose's own tables are. */
    private static void print(EmulatedProcess self, List<List<String>> rows) {
        var text = new StringBuilder();
        rows.forEach(row -> text.append(String.join("\t", row)).append('\n'));
        self.print(TabWriter.align(text.toString(), 20, 1));
    }

    /** {@code docker compose images}. */
    static int images(ComposeCall call, List<ContainerView> containers) throws EngineException {
        EmulatedProcess self = call.self();
        EngineApi engine = call.engine();
        boolean quiet = call.flags().flag("quiet");
        String format = call.flags().text("format", "table");
        if (!isKnown(self, format)) {
            return 1;
        }
        var ids = new LinkedHashSet<String>();
        var objects = new ArrayList<Value>();
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("CONTAINER", "REPOSITORY", "TAG", "PLATFORM", "IMAGE ID", "SIZE", "CREATED"));
        for (ContainerView container : containers) {
            ImageView image = engine.images().find(container.imageId());
            Reference name = Reference.parse(container.config().image).orElse(null);
            ids.add(image.id().replaceFirst("^sha256:", ""));
            objects.add(Value.struct("api.ImageSummary").put("ID", image.id()).put("ContainerName", container.name())
                    .put("Repository", name == null ? "" : name.repository()).put("Tag", name == null ? "" : name.tag())
                    .put("Platform", "linux/amd64").put("Size", image.size())
                    .put("Created", DockerTime.rfc3339(image.created())).put("LastTagTime", DockerTime.rfc3339(image.created())).build());
            rows.add(List.of(container.name(), name == null ? "<none>" : name.repository(), name == null ? "<none>" : name.tag(), "linux/amd64",
                    ShortId.of(image.id()), Units.size(image.size()), Units.ago(self.now() - image.created())));
        }
        if (quiet) {
            ids.forEach(self::println);
        } else if (format.equals("json")) {
            self.println(Json.compact(new Value.Items(objects)));
        } else {
            print(self, rows);
        }
        return 0;
    }

    /** {@code docker compose volumes}: those of the project that its containers have. */
    static int volumes(ComposeCall call, List<ContainerView> containers) {
        boolean quiet = call.flags().flag("quiet");
        var text = new StringBuilder(quiet ? "" : "DRIVER\tVOLUME NAME\n");
        for (VolumeView volume : call.engine().volumes().all()) {
            boolean ours = call.project().name().equals(volume.labels().get(ComposeServices.LABEL + "project"));
            if (ours && containers.stream().anyMatch(container -> container.mountNames().contains(volume.name()))) {
                text.append(quiet ? "" : "local\t").append(volume.name()).append('\n');
            }
        }
        call.self().print(TabWriter.align(text.toString(), 10, 3));
        return 0;
    }

    /** {@code docker compose top}. */
    static int top(EmulatedProcess self, EngineApi engine, List<ContainerView> containers) throws EngineException {
        var text = new StringBuilder("SERVICE\t#\tUID\tPID\tPPID\tC\tSTIME\tTTY\tTIME\tCMD\n");
        for (ContainerView container : containers) {
            if (container.state().isRunning()) {
                Map<String, String> labels = container.config().labels;
                String head = labels.getOrDefault(ComposeServices.LABEL + "service", "") + "\t"
                        + labels.getOrDefault(ComposeServices.LABEL + "container-number", "1") + "\t";
                engine.containers().top(self, container.id(), "").processes()
                        .forEach(row -> text.append(head).append(String.join("\t", row)).append('\n'));
            }
        }
        if (text.indexOf("\n") < text.length() - 1) {
            self.print(TabWriter.align(text.toString(), 4, 2));
        }
        return 0;
    }

    /** {@code docker compose port SERVICE PRIVATE_PORT}. */
    static int port(EmulatedProcess self, ContainerView container, String text, String protocol) throws ComposeException {
        String[] parts = text.split("/", 2);
        if (!parts[0].matches("\\d{1,5}")) {
            throw ComposeException.of("strconv.ParseUint: parsing \"" + parts[0] + "\": invalid syntax");
        }
        int number = Integer.parseInt(parts[0]);
        String wanted = parts.length > 1 ? parts[1] : protocol;
        var known = new LinkedHashMap<String, Boolean>();
        var ports = container.ports().stream().sorted(Comparator.comparingInt(PortSummary::privatePort)).toList();
        for (PortSummary port : ports) {
            if (port.privatePort() == number && port.type().equals(wanted)) {
                self.println(port.host() + ":" + port.publicPort());
                return 0;
            }
            known.put(port.publicPort() + "/" + port.type(), true);
        }
        throw ComposeException.of("no port " + number + "/" + wanted + " for container " + container.name() + ": " + String.join(", ", known.keySet()));
    }
}
