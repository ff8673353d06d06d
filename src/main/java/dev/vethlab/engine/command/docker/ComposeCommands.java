package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.command.docker.compose.ComposeLoader;
import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Output;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code docker compose …}. */
final class ComposeCommands {
    private static final Flags GLOBAL = Flags.declare("""
            -f, --file stringArray   Compose configuration files
            --project-directory string   Specify an alternate working directory
            -p, --project-name string   Project name
            !--env-file stringArray   Specify an alternate environment file
            --profile stringArray   Specify a profile to enable
            --ansi string   Control when to print ANSI control characters ("never"|"always"|"auto") (default "auto")
            --progress string   Set type of progress output (auto, tty, plain, json, quiet)
            """);
    private static final String COMPOSE_VERSION = "2.40.3-3";
    private static final Flags VERSION = Flags.declare("--short   Shows only Compose's version number");
    private static final Flags LS = Flags.declare("-a, --all   Show all stopped Compose projects\n-q, --quiet   Only display project names");
    private static final String TIMEOUT = "-t, --timeout int   Specify a shutdown timeout in seconds\n";

    /** A subcommand: what help says, its flags, whether flags may follow arguments, and what it does. */
    private record Sub(String usage, String summary, Flags flags, boolean interspersed, Action action) {}

    private interface Action {
        int run(Use use) throws ComposeException, EngineException;
    }

    /** One use of a subcommand. */
    private record Use(EmulatedProcess self, EngineApi engine, ParsedFlags flags, ComposeProject project) {
        ComposeRunner runner() {
            return new ComposeRunner(self, engine, project);
        }

        List<String> arguments() {
            return flags.arguments();
        }

        @org.jspecify.annotations.Nullable Integer timeout() {
            return flags.has("timeout") ? Integer.valueOf(flags.number("timeout", 0)) : null;
        }
    }

    private static final List<String> WITHOUT_FILE = List.of("down", "exec", "images", "kill", "logs", "pause", "port", "ps", "restart", "rm", "start",
            "stop", "top", "unpause");

    private static final Map<String, Sub> SUBS = subs();

    private ComposeCommands() {}

    /** The commands that there are. */
    static List<String> names() {
        return List.copyOf(SUBS.keySet());
    }

    /** The flags of a command; null if there is none of that name. */
    static @Nullable Flags flags(String name) {
        Sub sub = SUBS.get(name);
        return sub == null ? null : sub.flags();
    }

    private static Map<String, Sub> subs() {
        Map<String, Sub> subs = new LinkedHashMap<>();
        subs.put("config", new Sub("[OPTIONS] [SERVICE...]", "Parse, resolve and render compose file in canonical format", Flags.declare("""
                -q, --quiet   Only validate the configuration, don't print anything
                --services   Print the service names, one per line
                --networks   Print the network names, one per line
                --images   Print the image names, one per line
                --profiles   Print the profile names, one per line
                """), true, ComposeCommands::config));
        subs.put("down", new Sub("[OPTIONS] [SERVICES]", "Stop and remove containers, networks", Flags.declare("""
                --remove-orphans   Remove containers for services not defined in the Compose file
                -v, --volumes   Remove named volumes declared in the "volumes" section of the Compose file
                """ + TIMEOUT), true, use -> done(() -> use.runner().down(use.arguments(), use.timeout()))));
        subs.put("exec", new Sub("[OPTIONS] SERVICE COMMAND [ARGS...]", "Execute a command in a running container", Flags.declare("""
                -d, --detach   Detached mode: Run command in the background
                -e, --env stringArray   Set environment variables
                --index int   Index of the container if service has multiple replicas
                -T, --no-TTY   Disable pseudo-TTY allocation. By default 'docker compose exec' allocates a TTY. (default true)
                --privileged   Give extended privileges to the process
                -w, --workdir string   Path to workdir directory for this command
                """), false, ComposeCommands::exec));
        subs.put("kill", new Sub("[OPTIONS] [SERVICE...]", "Force stop service containers",
                Flags.declare("-s, --signal string   SIGNAL to send to the container (default \"SIGKILL\")"), true,
                use -> done(() -> use.runner().kill(use.arguments(), use.flags().text("signal")))));
        subs.put("logs", new Sub("[OPTIONS] [SERVICE...]", "View output from containers", Flags.declare("""
                -f, --follow   Follow log output
                --no-color   Produce monochrome output
                --no-log-prefix   Don't print prefix in logs
                -n, --tail string   Number of lines to show from the end of the logs for each container (default "all")
                """), true, ComposeCommands::logs));
        subs.put("ps", new Sub("[OPTIONS] [SERVICE...]", "List containers", Flags.declare("""
                -a, --all   Show all stopped containers (including those created by the run command)
                --format string   Format output using a custom template
                -q, --quiet   Only display IDs
                --services   Display services
                --status stringArray   Filter services by status. Values: [paused | restarting | removing | running | dead | created | exited]
                """), true, ComposeCommands::ps));
        subs.put("restart", new Sub("[OPTIONS] [SERVICE...]", "Restart service containers", Flags.declare(TIMEOUT), true,
                use -> done(() -> use.runner().restart(use.arguments(), use.timeout()))));
        subs.put("rm", new Sub("[OPTIONS] [SERVICE...]", "Removes stopped service containers", Flags.declare("""
                -f, --force   Don't ask to confirm removal
                -s, --stop   Stop the containers, if required, before removing
                -v, --volumes   Remove any anonymous volumes attached to containers
                """), true, use -> done(() -> use.runner().remove(use.arguments(), use.flags().flag("stop")))));
        subs.put("run", new Sub("[OPTIONS] SERVICE [COMMAND] [ARGS...]", "Run a one-off command on a service", Flags.declare("""
                -d, --detach   Run container in background and print container ID
                --name string   Assign a name to the container
                -T, --no-TTY   Disable pseudo-TTY allocation (default true)
                --rm   Automatically remove the container when it exits
                """), false, ComposeCommands::run));
        subs.put("start", new Sub("[SERVICE...]", "Start services", Flags.NONE, true,
                use -> done(() -> use.runner().startExisting(use.arguments()))));
        subs.put("stop", new Sub("[OPTIONS] [SERVICE...]", "Stop services", Flags.declare(TIMEOUT), true,
                use -> done(() -> use.runner().stop(use.arguments(), use.timeout()))));
        subs.put("up", new Sub("[OPTIONS] [SERVICE...]", "Create and start containers", Flags.declare("""
                -d, --detach   Detached mode: Run containers in the background
                --build   Build images before starting containers
                --force-recreate   Recreate containers even if their configuration and image haven't changed
                --scale scale   Scale SERVICE to NUM instances. Overrides the `scale` setting in the Compose file if present.
                --no-start   Don't start the services after creating them
                --remove-orphans   Remove containers for services not defined in the Compose file
                """ + TIMEOUT), true, ComposeCommands::up));
        more(subs);
        return subs;
    }

    private static void more(Map<String, Sub> subs) {
        subs.put("build", new Sub("[OPTIONS] [SERVICE...]", "Build or rebuild services", Flags.declare("""
                --no-cache   Do not use cache when building the image
                -q, --quiet   Suppress the build output
                """), true, ComposeCommands::build));
        subs.put("pull", new Sub("[OPTIONS] [SERVICE...]", "Pull service images", Flags.declare("-q, --quiet   Pull without printing progress information"),
                true, use -> {
                    for (ComposeProject.Service service : use.project().inOrder(use.arguments())) {
                        if (service.build == null) {
                            new ComposeImages(use.self(), use.engine(), use.project()).pull(service);
                        }
                    }
                    return 0;
                }));
        subs.put("create", new Sub("[OPTIONS] [SERVICE...]", "Creates containers for a service", Flags.declare("""
                --build   Build images before starting containers
                --force-recreate   Recreate containers even if their configuration and image haven't changed
                --scale scale   Scale SERVICE to NUM instances. Overrides the `scale` setting in the Compose file if present.
                """), true, use -> done(() -> raise(use, true))));
        subs.put("scale", new Sub("[SERVICE=REPLICAS...]", "Scale services ", Flags.NONE, true, use -> {
            scale(use, use.arguments());
            use.runner().up(use.arguments().stream().map(a -> a.split("=", 2)[0]).toList(), false, false);
            return 0;
        }));
        subs.put("pause", new Sub("[SERVICE...]", "Pause services", Flags.NONE, true, use -> done(() -> use.runner().freeze(use.arguments(), true))));
        subs.put("unpause", new Sub("[SERVICE...]", "Unpause services", Flags.NONE, true,
                use -> done(() -> use.runner().freeze(use.arguments(), false))));
        subs.put("images", new Sub("[OPTIONS] [SERVICE...]", "List images used by the created containers",
                Flags.declare("!--format string   Format the output\n-q, --quiet   Only display IDs"), true,
                use -> ComposeListings.images(use.self(), use.engine(), chosen(use), use.flags().flag("quiet"))));
        subs.put("top", new Sub("[SERVICES...]", "Display the running processes", Flags.NONE, true,
                use -> ComposeListings.top(use.self(), use.engine(), chosen(use))));
        subs.put("port", new Sub("[OPTIONS] SERVICE PRIVATE_PORT", "Print the public port for a port binding", Flags.declare("""
                --index int   Index of the container if service has multiple replicas
                --protocol string   tcp or udp (default "tcp")
                """), true, ComposeCommands::port));
    }

    /** The containers of the services named, or all. */
    private static List<ContainerView> chosen(Use use) throws ComposeException {
        use.project().inOrder(use.arguments());
        return use.runner().containers("", false).stream().filter(c -> use.arguments().isEmpty()
                || use.arguments().contains(c.config().labels.getOrDefault(ComposeServices.LABEL + "service", ""))).toList();
    }

    private static int build(Use use) throws ComposeException, EngineException {
        for (ComposeProject.Service service : use.project().inOrder(use.arguments())) {
            if (service.build != null) {
                new ComposeImages(use.self(), use.engine(), use.project()).build(service);
            }
        }
        return 0;
    }

    private static int port(Use use) throws ComposeException {
        if (use.arguments().size() < 2) {
            use.self().error("requires at least 2 arg(s), only received " + use.arguments().size());
            return 1;
        }
        String service = use.arguments().getFirst();
        ContainerView container = use.runner().containers(service, false).stream().skip(Math.max(0, use.flags().number("index", 1) - 1L)).findFirst()
                .orElseThrow(() -> ComposeException.of("service \"" + service + "\" is not running"));
        return ComposeListings.port(use.self(), container, use.arguments().get(1), use.flags().text("protocol", "tcp"));
    }

    /** Says how many containers services are to have: each {@code SERVICE=NUM}. */
    private static void scale(Use use, List<String> texts) throws ComposeException {
        for (String text : texts) {
            String[] parts = text.split("=", 2);
            if (parts.length < 2 || !parts[1].matches("\\d{1,4}")) {
                throw ComposeException.of("invalid scale specifier: " + text);
            }
            ComposeProject.Service service = use.project().services().get(parts[0]);
            if (service == null) {
                throw ComposeException.of("no such service: " + parts[0]);
            }
            service.scale = Integer.parseInt(parts[1]);
        }
    }

    private static void raise(Use use, boolean noStart) throws ComposeException, EngineException {
        scale(use, use.flags().texts("scale"));
        if (use.flags().flag("build")) {
            use.runner().provideImages(use.project().inOrder(use.arguments()), true);
        }
        use.runner().up(use.arguments(), use.flags().flag("force-recreate"), noStart);
    }

    // ---- dispatching ----

    static int main(EmulatedProcess self, EngineApi engine, List<String> words) {
        try {
            ParsedFlags global = GLOBAL.parse(words, false);
            for (FlagSpec spec : global.given()) {
                if (!spec.emulated()) {
                    return Unsupported.answer(self, "docker compose: --" + spec.name() + " is not emulated");
                }
            }
            List<String> rest = global.arguments();
            if (rest.isEmpty() || global.asksForHelp()) {
                self.print(help());
                return 0;
            }
            switch (rest.getFirst()) {
                case "version" -> {
                    ParsedFlags flags = VERSION.parse(rest.subList(1, rest.size()), true);
                    boolean bare = flags.flag("short");
                    self.println((bare ? "" : "Docker Compose version ") + COMPOSE_VERSION);
                    return 0;
                }
                case "ls" -> {
                    ParsedFlags flags = LS.parse(rest.subList(1, rest.size()), true);
                    return ComposeListings.projects(self, engine, flags.flag("all"), flags.flag("quiet"));
                }
                default -> {}
            }
            Sub sub = SUBS.get(rest.getFirst());
            if (sub == null) {
                return unknown(self, rest.getFirst());
            }
            return run(self, engine, sub, global, rest);
        } catch (FlagException e) {
            self.error(e.message());
            return 1;
        }
    }

    private static int unknown(EmulatedProcess self, String name) {
        List<String> others = List.of("attach", "bridge", "commit", "cp", "events", "export", "publish", "push", "stats", "volumes", "wait", "watch");
        if (others.contains(name)) {
            return Unsupported.answer(self, "docker compose " + name + " is not emulated");
        }
        self.print(help());
        self.error("unknown docker command: \"compose " + name + "\"");
        return 1;
    }

    private static int run(EmulatedProcess self, EngineApi engine, Sub sub, ParsedFlags global, List<String> words) throws FlagException {
        ParsedFlags flags = sub.flags().parse(words.subList(1, words.size()), sub.interspersed());
        if (flags.asksForHelp()) {
            self.print("Usage:  docker compose " + words.getFirst() + " " + sub.usage() + "\n\n" + sub.summary() + options(sub.flags()));
            return 0;
        }
        if (global.texts("file").size() > 1) {
            return Unsupported.answer(self, "docker compose: more than one --file is not emulated");
        }
        try {
            ComposeProject project = project(self, engine, global, words.getFirst());
            check(project);
            return sub.action().run(new Use(self, engine, flags, project.enabling(flags.arguments())));
        } catch (ComposeException e) {
            if (e.isNotEmulated()) {
                return Unsupported.answer(self, "docker compose: " + e.message());
            }
            self.error(e.message());
            return 1;
        } catch (EngineException e) {
            return DockerCommand.answer(self, "docker compose", e);
        }
    }

    /** The project that a file describes; or, for what needs no more, the one whose containers have a label that says its name. */
    private static ComposeProject project(EmulatedProcess self, EngineApi engine, ParsedFlags global, String command)
            throws ComposeException {
        String name = global.text("project-name");
        try {
            return ComposeLoader.load(self, global.text("file"), name, global.text("project-directory"), global.texts("profile"));
        } catch (ComposeException e) {
            if (name.isEmpty() || !e.message().equals(ComposeLoader.ABSENT) || !WITHOUT_FILE.contains(command)) {
                throw e;
            }
        }
        var services = new TreeMap<String, List<String>>();
        for (ContainerView container : engine.containers().all()) {
            Map<String, String> labels = container.config().labels;
            if (name.equals(labels.get(ComposeServices.LABEL + "project"))) {
                String dependencies = labels.getOrDefault(ComposeServices.LABEL + "depends_on", "");
                services.put(labels.getOrDefault(ComposeServices.LABEL + "service", ""),
                        List.of(dependencies.split(",")).stream().map(d -> d.split(":", 2)[0]).toList());
            }
        }
        var networks = new TreeMap<String, String>();
        engine.networks().all().stream().filter(n -> name.equals(n.labels().get(ComposeServices.LABEL + "project")))
                .forEach(n -> networks.put(n.labels().getOrDefault(ComposeServices.LABEL + "network", n.name()), n.name()));
        return ComposeProject.remembered(name, services, networks);
    }

    /** What can only be told of the whole: ports that are none, services that wait for each other. */
    private static void check(ComposeProject project) throws ComposeException {
        for (ComposeProject.Service service : project.services().values()) {
            for (String port : service.ports) {
                try {
                    PortSpecs.publish(port, PortSpecs.none());
                } catch (FlagException e) {
                    throw ComposeException.of(e.message());
                }
            }
        }
        project.inOrder(List.of());
    }

    /** The flags that do something here, as help lists them. */
    private static String options(Flags flags) {
        List<FlagSpec> shown = flags.sorted().specs().stream().filter(FlagSpec::emulated).toList();
        return "\n" + (shown.isEmpty() ? "" : "\nOptions:\n" + HelpText.options(shown));
    }

    private static String help() {
        var text = new StringBuilder("Usage:  docker compose [OPTIONS] COMMAND\n\nDefine and run multi-container applications with Docker");
        text.append(options(GLOBAL)).append("\nCommands:\n");
        var commands = new TreeMap<String, String>();
        SUBS.forEach((name, sub) -> commands.put(name, sub.summary()));
        commands.put("ls", "List running compose projects");
        commands.put("version", "Show the Docker Compose version information");
        commands.forEach((name, summary) -> text.append(String.format("  %-11s %s", name, summary)).append('\n'));
        return text.append("\nRun 'docker compose COMMAND --help' for more information on a command.\n").toString();
    }

    private interface Work {
        void run() throws ComposeException, EngineException;
    }

    private static int done(Work work) throws ComposeException, EngineException {
        work.run();
        return 0;
    }

    // ---- subcommands ----

    private static int config(Use use) {
        if (use.flags().flag("services")) {
            use.project().services().keySet().forEach(use.self()::println);
        } else if (use.flags().flag("images")) {
            use.project().services().values().forEach(s -> use.self().println(s.imageName(use.project().name())));
        } else if (use.flags().flag("profiles")) {
            use.project().disabled().values().stream().flatMap(s -> s.profiles.stream()).distinct().sorted().forEach(use.self()::println);
        } else if (use.flags().flag("networks")) {
            use.project().networks().keySet().forEach(use.self()::println);
        } else if (!use.flags().flag("quiet")) {
            use.self().print(ComposeConfig.project(use.project()));
        }
        return 0;
    }

    private static int up(Use use) throws ComposeException, EngineException {
        ComposeRunner runner = use.runner();
        boolean noStart = use.flags().flag("no-start");
        boolean detached = use.flags().flag("detach");
        raise(use, noStart || !detached);
        if (detached || noStart) {
            return 0;
        }
        List<ContainerView> containers = chosen(use);
        use.self().println("Attaching to " + String.join(", ", containers.stream().map(c -> prefix(use, c)).toList()));
        boolean[] interrupted = new boolean[1];
        use.self().onSignal(Signal.INT, () -> interrupted[0] = true);
        runner.startQuietly(use.arguments());
        show(use, containers, true, interrupted);
        if (!interrupted[0]) {
            containers.forEach(c -> use.self().println("\r\u001b[K" + prefix(use, c) + " exited with code " + c.state().exitCode()));
        }
        if (interrupted[0]) {
            use.self().println("Gracefully Stopping... press Ctrl+C again to force");
            runner.stop(List.of(), use.timeout());
            return Signal.INT.exitStatus();
        }
        return 0;
    }

    private static int logs(Use use) throws ComposeException {
        use.project().inOrder(use.arguments());
        List<ContainerView> containers = new ArrayList<>(use.runner().containers("", false));
        containers.removeIf(c -> !use.arguments().isEmpty()
                && !use.arguments().contains(c.config().labels.getOrDefault(ComposeServices.LABEL + "service", "")));
        show(use, containers, use.flags().flag("follow"), new boolean[1]);
        return 0;
    }

    private static String prefix(Use use, ContainerView container) {
        String start = use.project().name() + "-";
        return container.name().startsWith(start) ? container.name().substring(start.length()) : container.name();
    }

    /** Prints what the containers wrote, each line with who wrote it; while they run, if {@code follow}. */
    private static void show(Use use, List<ContainerView> containers, boolean follow, boolean[] interrupted) {
        int width = containers.stream().mapToInt(c -> prefix(use, c).length()).max().orElse(0);
        boolean plain = use.flags().flag("no-log-prefix");
        long[] positions = new long[containers.size()];
        while (true) {
            boolean over = !follow || interrupted[0] || containers.stream().noneMatch(c -> c.state().isRunning());
            for (int i = 0; i < positions.length; i++) {
                ContainerView container = containers.get(i);
                String head = plain ? "" : String.format("%-" + width + "s  | ", prefix(use, container));
                var text = new StringBuilder();
                for (Output.Entry entry : container.log().from(positions[i])) {
                    text.append(entry.data().text());
                }
                positions[i] = container.log().end();
                List<String> lines = text.toString().lines().toList();
                String tail = use.flags().text("tail", "all");
                int from = tail.matches("\\d{1,6}") ? Math.max(0, lines.size() - Integer.parseInt(tail)) : 0;
                lines.subList(from, lines.size()).forEach(line -> use.self().println(head + line));
            }
            if (over) {
                return;
            }
            var queues = new ArrayList<dev.vethlab.engine.sim.WaitQueue>();
            containers.forEach(c -> {
                queues.add(c.log().changed());
                queues.add(c.changed());
            });
            use.self().await(queues, () -> interrupted[0] || hasNews(containers, positions), EmulatedProcess.FOREVER);
        }
    }

    private static boolean hasNews(List<ContainerView> containers, long[] positions) {
        for (int i = 0; i < positions.length; i++) {
            if (containers.get(i).log().end() > positions[i]) {
                return true;
            }
        }
        return containers.stream().noneMatch(c -> c.state().isRunning());
    }

    private static int ps(Use use) {
        boolean all = use.flags().flag("all");
        List<ContainerView> shown = new ArrayList<>(use.runner().containers("", all));
        List<String> states = use.flags().texts("status");
        shown.removeIf(c -> !states.isEmpty() && !states.contains(c.state().status()));
        shown.removeIf(c -> !all && states.isEmpty() && !c.state().isRunning()
                || !use.arguments().isEmpty() && !use.arguments().contains(c.config().labels.get(ComposeServices.LABEL + "service")));
        if (use.flags().flag("quiet")) {
            shown.forEach(c -> use.self().println(c.id()));
            return 0;
        }
        if (use.flags().flag("services")) {
            shown.stream().map(c -> c.config().labels.getOrDefault(ComposeServices.LABEL + "service", "")).distinct().forEach(use.self()::println);
            return 0;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String column : List.of("Name", "Image", "Command", "Service", "Created", "Status", "Ports")) {
            headers.put(column, column.toUpperCase(java.util.Locale.ROOT));
        }
        var table = new Table("*formatter.ContainerContext", headers,
                "{{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.Created}}\t{{.Status}}\t{{.Ports}}");
        long now = use.self().now();
        return table.print(use.self(), shown.stream().map(c -> new Table.Row()
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
                .method("Project", arguments -> use.project().name())
                .method("State", arguments -> c.state().status())
                .method("ExitCode", arguments -> (long) c.state().exitCode())
                .method("RunningFor", arguments -> Units.ago(now - c.created()))
                .method("Health", arguments -> c.healthStatus() == null ? "" : c.healthStatus())).toList(), use.flags().text("format"));
    }

    private static int exec(Use use) throws ComposeException, EngineException {
        if (use.arguments().size() < 2) {
            use.self().error("requires at least 2 arg(s), only received " + use.arguments().size());
            return 1;
        }
        String service = use.arguments().getFirst();
        ContainerView container = use.runner().containers(service, false).stream().filter(c -> c.state().isRunning()).findFirst()
                .orElseThrow(() -> ComposeException.of("service \"" + service + "\" is not running"));
        boolean terminal = !use.flags().flag("no-TTY") && use.self().descriptor(0).isTerminal();
        var words = new ArrayList<String>();
        if (use.flags().flag("detach")) {
            words.add("-d");
        } else {
            words.add(terminal ? "-it" : "-i");
        }
        use.flags().texts("env").forEach(variable -> words.addAll(List.of("-e", variable)));
        if (use.flags().flag("privileged")) {
            words.add("--privileged");
        }
        if (use.flags().has("workdir")) {
            words.addAll(List.of("-w", use.flags().text("workdir")));
        }
        words.add(container.id());
        words.addAll(use.arguments().subList(1, use.arguments().size()));
        return ContainerCommands.execute(use.self(), use.engine(), words);
    }

    private static int run(Use use) throws ComposeException, EngineException {
        if (use.arguments().isEmpty()) {
            use.self().error("requires at least 1 arg(s), only received 0");
            return 1;
        }
        ComposeProject.Service service = use.project().services().get(use.arguments().getFirst());
        if (service == null) {
            throw ComposeException.of("no such service: " + use.arguments().getFirst());
        }
        List<String> command = use.arguments().subList(1, use.arguments().size());
        boolean detached = use.flags().flag("detach");
        boolean terminal = !detached && !use.flags().flag("no-TTY") && use.self().descriptor(0).isTerminal();
        ContainerView container = use.runner().once(service, command, use.flags().text("name"), terminal, use.flags().flag("rm"));
        if (detached) {
            use.engine().containers().start(container.id());
            use.self().println(container.id());
            return 0;
        }
        var attachment = new Attachment(use.self(), use.engine(), container);
        attachment.prepare(true, terminal);
        if (!terminal) {
            attachment.forwardSignals();
        }
        use.engine().containers().start(container.id());
        return attachment.follow();
    }
}
