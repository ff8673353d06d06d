package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What the containers of a project write, as {@code docker compose logs} and {@code up} show it. */
final class ComposeLog {
    private final ComposeCall call;
    private final List<ContainerView> containers;

    ComposeLog(ComposeCall call, List<ContainerView> containers) {
        this.call = call;
        this.containers = containers;
    }

    /** What it calls a container: its name without the project's. */
    String name(ContainerView container) {
        String start = call.project().name() + "-";
        return container.name().startsWith(start) ? container.name().substring(start.length()) : container.name();
    }

    /** Prints what the containers wrote, each line with who wrote it; while they run and nobody interrupts it, if {@code follow}. */
    void print(boolean follow, BooleanSupplier interrupted) throws EngineException {
        int width = containers.stream().mapToInt(c -> name(c).length()).max().orElse(0);
        boolean plain = call.flags().flag("no-log-prefix");
        boolean stamped = call.flags().flag("timestamps");
        long since = ClientTime.nanos(call.flags().text("since"), call.self().now(), Long.MIN_VALUE, "since");
        long until = ClientTime.nanos(call.flags().text("until"), call.self().now(), Long.MAX_VALUE, "until");
        long[] positions = new long[containers.size()];
        while (true) {
            boolean over = !follow || interrupted.getAsBoolean() || containers.stream().noneMatch(c -> c.state().isRunning());
            for (int i = 0; i < positions.length; i++) {
                ContainerView container = containers.get(i);
                String head = plain ? "" : String.format("%-" + width + "s  | ", name(container));
                List<String> lines = OutputCommands.lines(container.log().from(positions[i])).stream()
                        .filter(line -> line.time() >= since && line.time() <= until)
                        .map(line -> (stamped ? DockerTime.rfc3339Fixed(line.time()) + " " : "") + line.data().text().replaceFirst("\\r?\\n$", "")).toList();
                positions[i] = container.log().end();
                String tail = call.flags().text("tail", "all");
                int from = tail.matches("\\d{1,6}") ? Math.max(0, lines.size() - Integer.parseInt(tail)) : 0;
                lines.subList(from, lines.size()).forEach(line -> call.self().println(head + line));
            }
            if (over) {
                return;
            }
            var queues = new ArrayList<WaitQueue>();
            containers.forEach(c -> {
                queues.add(c.log().changed());
                queues.add(c.changed());
            });
            call.self().await(queues, () -> interrupted.getAsBoolean() || hasNews(positions), EmulatedProcess.FOREVER);
        }
    }

    private boolean hasNews(long[] positions) {
        for (int i = 0; i < positions.length; i++) {
            if (containers.get(i).log().end() > positions[i]) {
                return true;
            }
        }
        return containers.stream().noneMatch(c -> c.state().isRunning());
    }
}
