package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerUpdate;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.Resources;
import java.util.List;

/** {@code diff}, {@code commit} and {@code update}: what became of a container, and what it is to be from now on. */
final class ChangeCommands {
    static final List<Command> ALL = List.of(
            new Command("CONTAINER", "Inspect changes to files or directories on a container's filesystem", 1, 1, true, Flags.NONE,
                    List.of("container diff", "diff"), ChangeCommands::diff),
            new Command("[OPTIONS] CONTAINER [REPOSITORY[:TAG]]", "Create a new image from a container's changes", 1, 2, true, Flags.declare("""
                    -a, --author string   Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")
                    -c, --change list   Apply Dockerfile instruction to the created image
                    -m, --message string   Commit message
                    -p, --pause   Pause container during commit (default true)
                    """), List.of("container commit", "commit"), ChangeCommands::commit),
            new Command("[OPTIONS] CONTAINER [CONTAINER...]", "Update configuration of one or more containers", 1, -1, true, Flags.declare("""
                    !--blkio-weight uint16   Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)
                    --cpu-period int   Limit CPU CFS (Completely Fair Scheduler) period
                    --cpu-quota int   Limit CPU CFS (Completely Fair Scheduler) quota
                    !--cpu-rt-period int   Limit the CPU real-time period in microseconds
                    !--cpu-rt-runtime int   Limit the CPU real-time runtime in microseconds
                    -c, --cpu-shares int   CPU shares (relative weight)
                    --cpus decimal   Number of CPUs
                    --cpuset-cpus string   CPUs in which to allow execution (0-3, 0,1)
                    --cpuset-mems string   MEMs in which to allow execution (0-3, 0,1)
                    -m, --memory bytes   Memory limit
                    --memory-reservation bytes   Memory soft limit
                    --memory-swap bytes   Swap limit equal to memory plus swap: -1 to enable unlimited swap
                    --pids-limit int   Tune container pids limit (set -1 for unlimited)
                    --restart string   Restart policy to apply when a container exits
                    """), List.of("container update", "update"), ChangeCommands::update));

    private static final List<String> UPDATES = List.of("cpu-period", "cpu-quota", "cpu-shares", "cpus", "cpuset-cpus", "cpuset-mems",
            "memory", "memory-reservation", "memory-swap", "pids-limit", "restart");

    private ChangeCommands() {}

    private static int diff(Command.Call call) throws EngineException {
        call.engine().containers().changes(call.argument(0)).forEach(change -> call.println(change.kind() + " " + change.path()));
        return 0;
    }

    private static int commit(Command.Call call) throws EngineException {
        Reference name = null;
        if (call.arguments().size() > 1) {
            name = Reference.parse(call.argument(1)).orElse(null);
            if (name == null) {
                call.error(Reference.complaint(call.argument(1)));
                return 1;
            }
        }
        ImageView image = call.engine().images().commit(call.argument(0), name, call.flags().text("author"), call.flags().text("message"),
                call.flags().texts("change"));
        call.println(image.id());
        return 0;
    }

    private static int update(Command.Call call) {
        if (UPDATES.stream().noneMatch(call.flags()::has)) {
            call.error("you must provide one or more flags when using this command");
            return 1;
        }
        var resources = new Resources();
        String policy = "";
        int retries = 0;
        try {
            ResourceFlags.limits(call.flags(), resources);
            if (call.flags().has("restart")) {
                RestartPolicy parsed = RestartPolicy.parse(call.flags().text("restart"));
                policy = parsed.name();
                retries = parsed.maximumRetryCount();
            }
        } catch (FlagException e) {
            call.error(e.message());
            return 1;
        }
        var update = new ContainerUpdate(resources, policy, retries);
        return ContainerCommands.forEach(call, true, (term, container) -> call.engine().containers().update(container.id(), update));
    }
}
