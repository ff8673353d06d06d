package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.PortSummary;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.docker.api.VolumeView;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What {@code docker compose} lists of projects and containers: {@code ls}, {@code ps}, {@code images}, {@code top}, {@code port}. */
final class ComposeListings {
    private ComposeListings() {}

    /** {@code docker compose ls}: projects, by the labels of their containers. */
    static int projects(EmulatedProcess self, EngineApi engine, boolean all, boolean quiet) {
        var states = new TreeMap<String, Map<String, Integer>>();
        var files = new TreeMap<String, String>();
        for (ContainerView container : engine.containers().all()) {
            Map<String, String> labels = container.config().labels;
            String project = labels.get(ComposeServices.LABEL + "project");
            if (project != null && (all || container.state().isRunning())) {
                states.computeIfAbsent(project, p -> new TreeMap<>()).merge(container.state().status(), 1, Integer::sum);
                files.put(project, labels.getOrDefault(ComposeServices.LABEL + "project.config_files", ""));
            }
        }
        if (quiet) {
            states.keySet().forEach(self::println);
            return 0;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("NAME", "STATUS", "CONFIG FILES"));
        states.forEach((project, counts) -> rows.add(List.of(project,
                String.join(", ", counts.entrySet().stream().map(e -> e.getKey() + "(" + e.getValue() + ")").toList()),
                files.getOrDefault(project, ""))));
        print(self, rows);
        return 0;
    }

    /** {@code docker compose ps}. */
    static int containers(ComposeCall call) {
        boolean all = call.flags().flag("all");
        List<ContainerView> shown = new ArrayList<>(call.runner().containers("", all));
        List<String> states = call.flags().texts("status");
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
        Map<String, String> headers = new LinkedHashMap<>();
        for (String column : List.of("Name", "Image", "Command", "Service", "Created", "Status", "Ports")) {
            headers.put(column, column.toUpperCase(Locale.ROOT));
        }
        var table = new Table("*formatter.ContainerContext", headers,
                "{{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.Created}}\t{{.Status}}\t{{.Ports}}");
        long now = call.self().now();
        return table.print(call.self(), shown.stream().map(c -> new Table.Row()
                .put("Name", c.name())
                .put("Image", c.config().image)
                .put("Command", '"' + ListCommands.ellipsis(ListCommands.command(c), 20) + '"')
                .put("Service", c.config().labels.getOrDefault(ComposeServices.LABEL + "service", ""))
                .put("Created", Units.ago(now - c.created()))
                .put("Status", ListCommands.status(c, now))
                .put("Ports", PortList.of(c))
                .method("ID", arguments -> ShortId.of(c.id()))
                .method("Names", arguments -> c.name())
                .method("Networks", arguments -> String.join(",", c.networks().keySet()))
                .method("Project", arguments -> call.project().name())
                .method("State", arguments -> c.state().status())
                .method("ExitCode", arguments -> (long) c.state().exitCode())
                .method("RunningFor", arguments -> Units.ago(now - c.created()))
                .method("Health", arguments -> c.healthStatus() == null ? "" : c.healthStatus())).toList(), call.flags().text("format"));
    }

    /** Columns of at least 20 characters, as Compose's own tables are. */
    private static void print(EmulatedProcess self, List<List<String>> rows) {
        var text = new StringBuilder();
        rows.forEach(row -> text.append(String.join("\t", row)).append('\n'));
        self.print(TabWriter.align(text.toString(), 20, 1));
    }

    /** {@code docker compose images}. */
    static int images(EmulatedProcess self, EngineApi engine, List<ContainerView> containers, boolean quiet) throws EngineException {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("CONTAINER", "REPOSITORY", "TAG", "PLATFORM", "IMAGE ID", "SIZE", "CREATED"));
        for (ContainerView container : containers) {
            ImageView image = engine.images().find(container.imageId());
            Reference name = Reference.parse(container.config().image).orElse(null);
            if (quiet) {
                self.println(ShortId.of(image.id()));
                continue;
            }
            rows.add(List.of(container.name(), name == null ? "<none>" : name.repository(), name == null ? "<none>" : name.tag(), "linux/amd64",
                    ShortId.of(image.id()), Units.size(image.size()), Units.ago(self.now() - image.created())));
        }
        if (!quiet) {
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
        self.print(TabWriter.align(text.toString(), 4, 2));
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
