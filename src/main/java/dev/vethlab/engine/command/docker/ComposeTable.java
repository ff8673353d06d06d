package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.docker.api.EngineException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The subcommands of {@code docker compose}: their words in help, their flags, and what does their work. */
final class ComposeTable {
    private static final String TIMEOUT = "-t, --timeout int   Specify a shutdown timeout in seconds\n";

    private ComposeTable() {}

    /** What all of them understand. */
    static final Flags DRY_RUN = Flags.declare("--dry-run   Execute command in dry run mode");

    /** A subcommand: what help says, its flags, whether flags may follow arguments, and what it does. */
    record Sub(String usage, String summary, Flags flags, boolean interspersed, Action action) {
        Sub {
            flags = flags.and(DRY_RUN);
        }
    }

    interface Action {
        int run(ComposeCall call) throws ComposeException, EngineException;
    }

    /** By name. */
    static Map<String, Sub> subs() {
        Map<String, Sub> subs = new LinkedHashMap<>();
        subs.put("config", new Sub("[OPTIONS] [SERVICE...]", "Parse, resolve and render compose file in canonical format", ComposeConfigCommand.FLAGS,
                true, ComposeConfigCommand::config));
        subs.put("down", new Sub("[OPTIONS] [SERVICES]", "Stop and remove containers, networks", Flags.declare("""
                --remove-orphans   Remove containers for services not defined in the Compose file
                -v, --volumes   Remove named volumes declared in the "volumes" section of the Compose file
                --rmi string   Remove images used by services. "local" remove only images that don't have a custom tag ("local"|"all")
                """ + TIMEOUT), true, ComposeCommands::down));
        subs.put("exec", new Sub("[OPTIONS] SERVICE COMMAND [ARGS...]", "Execute a command in a running container", Flags.declare("""
                -d, --detach   Detached mode: Run command in the background
                -e, --env stringArray   Set environment variables
                --index int   Index of the container if service has multiple replicas
                -T, --no-TTY   Disable pseudo-TTY allocation. By default 'docker compose exec' allocates a TTY. (default true)
                --privileged   Give extended privileges to the process
                -u, --user string   Run the command as this user
                -w, --workdir string   Path to workdir directory for this command
                """), false, ComposeCommands::exec));
        subs.put("kill", new Sub("[OPTIONS] [SERVICE...]", "Force stop service containers",
                Flags.declare("-s, --signal string   SIGNAL to send to the container (default \"SIGKILL\")"), true,
                call -> done(() -> call.runner().kill(call.arguments(), call.flags().text("signal")))));
        subs.put("logs", new Sub("[OPTIONS] [SERVICE...]", "View output from containers", Flags.declare("""
                -f, --follow   Follow log output
                --no-color   Produce monochrome output
                --no-log-prefix   Don't print prefix in logs
                --index int   index of the container if service has multiple replicas
                --since string   Show logs since timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)
                -t, --timestamps   Show timestamps
                --until string   Show logs before a timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)
                -n, --tail string   Number of lines to show from the end of the logs for each container (default "all")
                """), true, ComposeCommands::logs));
        subs.put("ps", new Sub("[OPTIONS] [SERVICE...]", "List containers", Flags.declare("""
                -a, --all   Show all stopped containers (including those created by the run command)
                --filter string   Filter services by a property (supported filters: status)
                --format string   Format output using a custom template
                --no-trunc   Don't truncate output
                --orphans   Include orphaned services (not declared by project) (default true)
                -q, --quiet   Only display IDs
                --services   Display services
                --status stringArray   Filter services by status. Values: [paused | restarting | removing | running | dead | created | exited]
                """), true, ComposeListings::containers));
        subs.put("restart", new Sub("[OPTIONS] [SERVICE...]", "Restart service containers",
                Flags.declare("--no-deps   Don't restart dependent services\n" + TIMEOUT), true,
                call -> done(() -> call.runner().restart(call.arguments(), call.timeout(), call.flags().flag("no-deps")))));
        subs.put("rm", new Sub("[OPTIONS] [SERVICE...]", "Removes stopped service containers", Flags.declare("""
                -f, --force   Don't ask to confirm removal
                -s, --stop   Stop the containers, if required, before removing
                -v, --volumes   Remove any anonymous volumes attached to containers
                """), true, call -> done(() -> call.runner().remove(call.arguments(), call.flags().flag("stop")))));
        subs.put("run", new Sub("[OPTIONS] SERVICE [COMMAND] [ARGS...]", "Run a one-off command on a service", Flags.declare("""
                --build   Build image before starting container
                --cap-add list   Add Linux capabilities
                --cap-drop list   Drop Linux capabilities
                -d, --detach   Run container in background and print container ID
                --entrypoint string   Override the entrypoint of the image
                -e, --env stringArray   Set environment variables
                !--env-from-file stringArray   Set environment variables from file
                !-i, --interactive   Keep STDIN open even if not attached (default true)
                -l, --label stringArray   Add or override a label
                --no-deps   Don't start linked services
                -p, --publish stringArray   Publish a container's port(s) to the host
                !--pull string   Pull image before running ("always"|"missing"|"never") (default "policy")
                -q, --quiet   Don't print anything to STDOUT
                --quiet-build   Suppress progress output from the build process
                --quiet-pull   Pull without printing progress information
                --remove-orphans   Remove containers for services not defined in the Compose file
                -P, --service-ports   Run command with all service's ports enabled and mapped to the host
                !--use-aliases   Use the service's network useAliases in the network(s) the container connects to
                -u, --user string   Run as specified username or uid
                !-v, --volume stringArray   Bind mount a volume
                -w, --workdir string   Working directory inside the container
                --name string   Assign a name to the container
                -T, --no-TTY   Disable pseudo-TTY allocation (default true)
                --rm   Automatically remove the container when it exits
                """), false, ComposeCommands::run));
        subs.put("start", new Sub("[SERVICE...]", "Start services", Flags.NONE, true,
                call -> done(() -> call.runner().startExisting(call.arguments()))));
        subs.put("stop", new Sub("[OPTIONS] [SERVICE...]", "Stop services", Flags.declare(TIMEOUT), true,
                call -> done(() -> call.runner().stop(call.arguments(), call.timeout()))));
        subs.put("up", new Sub("[OPTIONS] [SERVICE...]", "Create and start containers", Flags.declare("""
                -d, --detach   Detached mode: Run containers in the background
                --build   Build images before starting containers
                !--abort-on-container-exit   Stops all containers if any container was stopped. Incompatible with -d
                !--abort-on-container-failure   Stops all containers if any container exited with failure. Incompatible with -d
                !--always-recreate-deps   Recreate dependent containers. Incompatible with --no-recreate.
                !--attach stringArray   Restrict attaching to the specified services. Incompatible with --attach-dependencies.
                !--attach-dependencies   Automatically attach to log output of dependent services
                !--exit-code-from string   Return the exit code of the selected service container. Implies --abort-on-container-exit
                --force-recreate   Recreate containers even if their configuration and image haven't changed
                !--menu   Enable interactive shortcuts when running attached. Incompatible with --detach.
                !--no-attach stringArray   Do not attach (stream logs) to the specified services
                --no-build   Don't build an image, even if it's policy
                --no-color   Produce monochrome output
                --no-deps   Don't start linked services
                --no-log-prefix   Don't print prefix in logs
                --no-recreate   If containers already exist, don't recreate them. Incompatible with --force-recreate.
                --pull string   Pull image before running ("always"|"missing"|"never") (default "policy")
                --quiet-build   Suppress the build output
                --quiet-pull   Pull without printing progress information
                !-V, --renew-anon-volumes   Recreate anonymous volumes instead of retrieving data from the previous containers
                --scale scale   Scale SERVICE to NUM instances. Overrides the `scale` setting in the Compose file if present.
                !--timestamps   Show timestamps
                --wait   Wait for services to be running|healthy. Implies detached mode.
                !--wait-timeout int   Maximum duration in seconds to wait for the project to be running|healthy
                !-w, --watch   Watch source code and rebuild/refresh containers when files are updated.
                --no-start   Don't start the services after creating them
                --remove-orphans   Remove containers for services not defined in the Compose file
                """ + TIMEOUT), true, ComposeCommands::up));
        more(subs);
        return subs;
    }

    private static void more(Map<String, Sub> subs) {
        subs.put("attach", new Sub("[OPTIONS] SERVICE", "Attach local standard input, output, and error streams to a service's running container",
                ComposeObserving.ATTACH, true, ComposeObserving::attach));
        subs.put("cp", new Sub(ComposeCopy.USAGE, "Copy files/folders between a service container and the local filesystem", ComposeCopy.FLAGS, true,
                ComposeCopy::copy));
        subs.put("events", new Sub("[OPTIONS] [SERVICE...]", "Receive real time events from containers", ComposeObserving.EVENTS, true,
                ComposeObserving::events));
        subs.put("stats", new Sub("[OPTIONS] [SERVICE]", "Display a live stream of container(s) resource usage statistics",
                ProcessCommands.STATS_FLAGS, true, ComposeObserving::stats));
        subs.put("wait", new Sub("SERVICE [SERVICE...] [OPTIONS]", "Block until containers of all (or specified) services stop.",
                ComposeObserving.WAIT, true, ComposeObserving::await));
        subs.put("build", new Sub("[OPTIONS] [SERVICE...]", "Build or rebuild services", Flags.declare("""
                --no-cache   Do not use cache when building the image
                -q, --quiet   Suppress the build output
                """), true, ComposeCommands::build));
        subs.put("pull", new Sub("[OPTIONS] [SERVICE...]", "Pull service images", Flags.declare("-q, --quiet   Pull without printing progress information"),
                true, call -> {
                    for (ComposeProject.Service service : call.project().inOrder(call.arguments())) {
                        if (service.build == null) {
                            new ComposeImages(call.self(), call.engine(), call.project(), call.dry()).pull(service);
                        }
                    }
                    return 0;
                }));
        subs.put("push", new Sub("[OPTIONS] [SERVICE...]", "Push service images", Flags.declare("""
                !--ignore-push-failures   Push what it can and ignores images with push failures
                !--include-deps   Also push images of services declared as dependencies
                -q, --quiet   Push without printing progress information
                """), true, ComposeCommands::push));
        subs.put("create", new Sub("[OPTIONS] [SERVICE...]", "Creates containers for a service", Flags.declare("""
                --build   Build images before starting containers
                --force-recreate   Recreate containers even if their configuration and image haven't changed
                --scale scale   Scale SERVICE to NUM instances. Overrides the `scale` setting in the Compose file if present.
                """), true, call -> done(() -> ComposeCommands.raise(call, true))));
        subs.put("scale", new Sub("[SERVICE=REPLICAS...]", "Scale services ", Flags.NONE, true, call -> {
            ComposeCommands.scale(call, call.arguments());
            call.runner().up(call.arguments().stream().map(a -> a.split("=", 2)[0]).toList(), ComposeRunner.Recreation.DIVERGED, false);
            return 0;
        }));
        subs.put("pause", new Sub("[SERVICE...]", "Pause services", Flags.NONE, true, call -> done(() -> call.runner().freeze(call.arguments(), true))));
        subs.put("unpause", new Sub("[SERVICE...]", "Unpause services", Flags.NONE, true,
                call -> done(() -> call.runner().freeze(call.arguments(), false))));
        subs.put("images", new Sub("[OPTIONS] [SERVICE...]", "List images used by the created containers",
                Flags.declare("--format string   Format the output. Values: [table | json] (default \"table\")\n-q, --quiet   Only display IDs"), true,
                call -> ComposeListings.images(call, ComposeCommands.chosen(call))));
        subs.put("top", new Sub("[SERVICES...]", "Display the running processes", Flags.NONE, true,
                call -> ComposeListings.top(call.self(), call.engine(), ComposeCommands.chosen(call))));
        subs.put("volumes", new Sub("[OPTIONS] [SERVICE...]", "List volumes", Flags.declare("-q, --quiet   Only display volume names"), true,
                call -> ComposeListings.volumes(call, ComposeCommands.chosen(call))));
        subs.put("port", new Sub("[OPTIONS] SERVICE PRIVATE_PORT", "Print the public port for a port binding", Flags.declare("""
                --index int   Index of the container if service has multiple replicas
                --protocol string   tcp or udp (default "tcp")
                """), true, ComposeCommands::port));
    }

    private interface Work {
        void run() throws ComposeException, EngineException;
    }

    private static int done(Work work) throws ComposeException, EngineException {
        work.run();
        return 0;
    }
}
