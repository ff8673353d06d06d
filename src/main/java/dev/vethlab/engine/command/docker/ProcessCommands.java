package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerApi;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.PortSummary;
import dev.vethlab.engine.docker.api.ShortId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Looking into running containers: {@code port}, {@code top}, {@code stats}. */
final class ProcessCommands {
    private static final int TOP_WIDTH = 20;
    private static final long SECOND = 1_000_000_000L;

    private static final Table STATS = stats();

    static final Flags STATS_FLAGS = Flags.declare("-a, --all   Show all containers (default shows just running)\n" + ListCommands.FORMAT_FLAG + """
            --no-stream   Disable streaming stats and only pull the first result
            --no-trunc   Do not truncate output
            """);

    static final List<Command> ALL = List.of(
            new Command("CONTAINER [PRIVATE_PORT[/PROTO]]", "List port mappings or a specific mapping for the container", 1, 2, true,
                    Flags.NONE, List.of("container port", "port"), ProcessCommands::port),
            new Command("CONTAINER [ps OPTIONS]", "Display the running processes of a container", 1, -1, false, Flags.NONE,
                    List.of("container top", "top"), ProcessCommands::top),
            new Command("[OPTIONS] [CONTAINER...]", "Display a live stream of container(s) resource usage statistics", 0, -1, true,
                    STATS_FLAGS, List.of("container stats", "stats"), ProcessCommands::stats));

    private ProcessCommands() {}

    // ---- port ----

    private static int port(Command.Call call) throws EngineException {
        ContainerView container = call.engine().containers().find(call.argument(0));
        List<PortSummary> published = new ArrayList<>(container.ports());
        published.removeIf(p -> !p.isPublished());
        published.sort(Comparator.comparingInt(PortSummary::privatePort).thenComparing(PortSummary::type)
                .thenComparing(ProcessCommands::address, NaturalOrder.INSTANCE));
        if (call.arguments().size() == 1) {
            published.forEach(p -> call.println(p.privatePort() + "/" + p.type() + " -> " + address(p)));
            return 0;
        }
        String wanted = call.argument(1);
        int slash = wanted.indexOf('/');
        String number = slash < 0 ? wanted : wanted.substring(0, slash);
        String protocol = slash < 0 ? "tcp" : wanted.substring(slash + 1);
        if (!number.matches("\\d{1,5}")) {
            call.error("Error: invalid port (" + number + "): strconv.ParseUint: parsing \"" + number + "\": invalid syntax");
            return 1;
        }
        boolean found = false;
        for (PortSummary mapping : published) {
            if (mapping.privatePort() == Integer.parseInt(number) && mapping.type().equals(protocol)) {
                call.println(address(mapping));
                found = true;
            }
        }
        if (!found) {
            call.error("Error: No public port '" + wanted + "' published for " + call.argument(0));
            return 1;
        }
        return 0;
    }

    private static String address(PortSummary mapping) {
        return mapping.host() + ":" + (mapping.publicPort() == 0 ? "" : mapping.publicPort());
    }

    // ---- top ----

    private static int top(Command.Call call) throws EngineException {
        String options = String.join(" ", call.arguments().subList(1, call.arguments().size()));
        ContainerApi.Processes processes = call.engine().containers().top(call.self(), call.argument(0), options);
        var text = new StringBuilder(String.join("\t", processes.titles())).append('\n');
        processes.processes().forEach(row -> text.append(String.join("\t", row)).append('\n'));
        call.self().print(TabWriter.align(text.toString(), TOP_WIDTH, 3));
        return 0;
    }

    // ---- stats ----

    private static Table stats() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ID", "CONTAINER ID");
        headers.put("Container", "CONTAINER");
        headers.put("Name", "NAME");
        headers.put("CPUPerc", "CPU %");
        headers.put("MemUsage", "MEM USAGE / LIMIT");
        headers.put("MemPerc", "MEM %");
        headers.put("NetIO", "NET I/O");
        headers.put("BlockIO", "BLOCK I/O");
        headers.put("PIDs", "PIDS");
        return new Table("*container.statsContext", headers,
                "{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}");
    }

    private static int stats(Command.Call call) throws EngineException {
        var containers = new ArrayList<ContainerView>();
        for (String term : call.arguments()) {
            containers.add(call.engine().containers().find(term));
        }
        return stats(call, () -> !containers.isEmpty() ? containers : call.engine().containers().all().stream()
                .filter(c -> call.flags().flag("all") || c.state().isRunning()).toList());
    }

    /** Shows those that are {@code chosen}, asked for anew each second. */
    static int stats(Command.Call call, Supplier<List<? extends ContainerView>> chosen) throws EngineException {
        boolean once = call.flags().flag("no-stream");
        while (true) {
            List<? extends ContainerView> shown = chosen.get();
            if (!once) {
                call.self().print("\033[H\033[2J");
            }
            var rows = new ArrayList<Table.Row>();
            for (ContainerView container : shown) {
                rows.add(row(call, container));
            }
            int status = STATS.print(call.self(), rows, call.flags().text("format"));
            if (once || status != 0) {
                return status;
            }
            call.self().sleep(SECOND);
        }
    }

    /** Neither processor nor memory is emulated: they are nothing, as the engine shows what it cannot measure. */
    private static Table.Row row(Command.Call call, ContainerView container) throws EngineException {
        ContainerApi.Stats stats = call.engine().containers().stats(container.id());
        boolean full = call.flags().flag("no-trunc");
        return new Table.Row()
                .put("BlockIO", "0B / 0B")
                .put("CPUPerc", "0.00%")
                .put("Container", container.name())
                .put("ID", full ? container.id() : ShortId.of(container.id()))
                .put("MemPerc", "0.00%")
                .put("MemUsage", "0B / " + Units.binarySize(stats.memoryLimit()))
                .put("Name", container.name())
                .put("NetIO", Units.size(stats.received()) + " / " + Units.size(stats.sent()))
                .put("PIDs", Integer.toString(stats.processes()));
    }
}
