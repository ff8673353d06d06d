package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.VolumeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code volume}. */
final class VolumeCommands {
    private static final Table TABLE = table();

    static final List<Command> ALL = List.of(
            new Command("[OPTIONS] [VOLUME]", "Create a volume", 0, 1, true, Flags.declare("""
                    -d, --driver string   Specify volume driver name (default "local")
                    --label list   Set metadata for a volume
                    --name string   Specify volume name
                    -o, --opt map   Set driver specific options (default map[])
                    """), List.of("volume create"), VolumeCommands::create),
            new Command("[OPTIONS]", "List volumes", 0, 0, true, Flags.declare("""
                    -f, --filter filter   Provide filter values (e.g. "dangling=true")
                    """ + ListCommands.FORMAT_FLAG + "-q, --quiet   Only display volume names\n"), List.of("volume ls", "volume list"),
                    VolumeCommands::list),
            new Command("[OPTIONS] VOLUME [VOLUME...]", "Remove one or more volumes", 1, -1, true,
                    Flags.declare("-f, --force   Force the removal of one or more volumes"), List.of("volume rm", "volume remove"),
                    VolumeCommands::remove),
            new Command("[OPTIONS]", "Remove unused local volumes", 0, 0, true, Flags.declare("""
                    -a, --all   Remove all unused volumes, not just anonymous ones
                    !--filter filter   Provide filter values (e.g. "label=<label>")
                    -f, --force   Do not prompt for confirmation
                    """), List.of("volume prune"), VolumeCommands::prune));

    private VolumeCommands() {}

    private static Table table() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Driver", "DRIVER");
        headers.put("Name", "VOLUME NAME");
        headers.put("Scope", "SCOPE");
        headers.put("Mountpoint", "MOUNTPOINT");
        headers.put("Labels", "LABELS");
        return new Table("*formatter.volumeContext", headers, "{{.Driver}}\t{{.Name}}");
    }

    private static int create(Command.Call call) throws EngineException {
        String name = call.arguments().isEmpty() ? call.flags().text("name") : call.argument(0);
        call.println(call.engine().volumes().create(name, call.flags().text("driver"), NetworkCommands.map(call.flags().texts("label")),
                NetworkCommands.map(call.flags().texts("opt"))).name());
        return 0;
    }

    private static int list(Command.Call call) throws EngineException {
        Map<String, List<String>> wanted = ContainerFilter.pairs(call.flags().texts("filter"),
                List.of("dangling", "driver", "label", "name"));
        List<VolumeView> shown = call.engine().volumes().all().stream().filter(volume -> wanted.entrySet().stream()
                .allMatch(e -> e.getValue().stream().anyMatch(value -> matches(call, volume, e.getKey(), value)))).toList();
        if (call.flags().flag("quiet") && !call.flags().has("format")) {
            shown.forEach(volume -> call.println(volume.name()));
            return 0;
        }
        return TABLE.print(call.self(), shown.stream().map(volume -> new Table.Row()
                .put("Driver", "local")
                .put("Labels", String.join(",", volume.labels().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList()))
                .put("Mountpoint", volume.mountpoint())
                .put("Name", volume.name())
                .put("Scope", "local")
                .method("Label", arguments -> arguments.isEmpty() ? "" : volume.labels().getOrDefault(String.valueOf(arguments.getFirst()), ""))).toList(),
                RawFormat.expand(TABLE.type(), call.flags().text("format"), call.flags().flag("quiet"), false));
    }

    private static boolean matches(Command.Call call, VolumeView volume, String key, String value) {
        return switch (key) {
            case "dangling" -> call.engine().volumes().isUsed(volume.name()) != (value.equals("true") || value.equals("1"));
            case "driver" -> value.equals("local");
            case "label" -> ContainerFilter.hasLabel(volume.labels(), value);
            default -> volume.name().contains(value);
        };
    }

    private static int remove(Command.Call call) {
        var failures = new Failures();
        for (String name : call.arguments()) {
            try {
                call.engine().volumes().remove(name, call.flags().flag("force"));
                call.println(name);
            } catch (EngineException e) {
                failures.add(e);
            }
        }
        return failures.answer(call);
    }

    private static int prune(Command.Call call) throws EngineException {
        boolean all = call.flags().flag("all");
        if (!SystemCommands.agreed(call, all ? "WARNING! This will remove all local volumes not used by at least one container."
                : "WARNING! This will remove anonymous local volumes not used by at least one container.")) {
            return 0;
        }
        Map<String, Long> sizes = new LinkedHashMap<>();
        call.engine().volumes().all().forEach(volume -> sizes.put(volume.name(), call.engine().volumes().size(volume.name())));
        List<String> removed = call.engine().volumes().prune(all);
        if (!removed.isEmpty()) {
            call.println("Deleted Volumes:");
            removed.forEach(call::println);
            call.println("");
        }
        call.println("Total reclaimed space: " + Units.exactSize(removed.stream().mapToLong(name -> sizes.getOrDefault(name, 0L)).sum()));
        return 0;
    }
}
