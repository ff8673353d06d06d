package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.command.docker.compose.ComposeLoader;
import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.Collections;
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
        int run(ComposeCall call) throws ComposeException, EngineException;
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
                --volumes   Print the volume names, one per line
                """), true, ComposeCommands::config));
        subs.put("down", new Sub("[OPTIONS] [SERVICES]", "Stop and remove containers, networks", Flags.declare("""
                --remove-orphans   Remove containers for services not defined in the Compose file
                -v, --volumes   Remove named volumes declared in the "volumes" section of the Compose file
                """ + TIMEOUT), true, call -> done(() -> call.runner().down(call.arguments(), call.timeout(), call.flags().flag("volumes")))));
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
                call -> done(() -> call.runner().kill(call.arguments(), call.flags().text("signal")))));
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
                -d, --detach   Run container in background and print container ID
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
                true, call -> {
                    for (ComposeProject.Service service : call.project().inOrder(call.arguments())) {
                        if (service.build == null) {
                            new ComposeImages(call.self(), call.engine(), call.project()).pull(service);
                        }
                    }
                    return 0;
                }));
        subs.put("create", new Sub("[OPTIONS] [SERVICE...]", "Creates containers for a service", Flags.declare("""
                --build   Build images before starting containers
                --force-recreate   Recreate containers even if their configuration and image haven't changed
                --scale scale   Scale SERVICE to NUM instances. Overrides the `scale` setting in the Compose file if present.
                """), true, call -> done(() -> raise(call, true))));
        subs.put("scale", new Sub("[SERVICE=REPLICAS...]", "Scale services ", Flags.NONE, true, call -> {
            scale(call, call.arguments());
            call.runner().up(call.arguments().stream().map(a -> a.split("=", 2)[0]).toList(), false, false);
            return 0;
        }));
        subs.put("pause", new Sub("[SERVICE...]", "Pause services", Flags.NONE, true, call -> done(() -> call.runner().freeze(call.arguments(), true))));
        subs.put("unpause", new Sub("[SERVICE...]", "Unpause services", Flags.NONE, true,
                call -> done(() -> call.runner().freeze(call.arguments(), false))));
        subs.put("images", new Sub("[OPTIONS] [SERVICE...]", "List images used by the created containers",
                Flags.declare("!--format string   Format the output\n-q, --quiet   Only display IDs"), true,
                call -> ComposeListings.images(call.self(), call.engine(), chosen(call), call.flags().flag("quiet"))));
        subs.put("top", new Sub("[SERVICES...]", "Display the running processes", Flags.NONE, true,
                call -> ComposeListings.top(call.self(), call.engine(), chosen(call))));
        subs.put("volumes", new Sub("[OPTIONS] [SERVICE...]", "List volumes", Flags.declare("-q, --quiet   Only display volume names"), true,
                call -> ComposeListings.volumes(call, chosen(call))));
        subs.put("port", new Sub("[OPTIONS] SERVICE PRIVATE_PORT", "Print the public port for a port binding", Flags.declare("""
                --index int   Index of the container if service has multiple replicas
                --protocol string   tcp or udp (default "tcp")
                """), true, ComposeCommands::port));
    }

    /** The containers of the services named, or all. */
    private static List<ContainerView> chosen(ComposeCall call) throws ComposeException {
        call.project().inOrder(call.arguments());
        return call.runner().containers("", false).stream().filter(c -> call.arguments().isEmpty()
                || call.arguments().contains(c.config().labels.getOrDefault(ComposeServices.LABEL + "service", ""))).toList();
    }

    private static int build(ComposeCall call) throws ComposeException, EngineException {
        for (ComposeProject.Service service : call.project().inOrder(call.arguments())) {
            if (service.build != null) {
                new ComposeImages(call.self(), call.engine(), call.project()).build(service);
            }
        }
        return 0;
    }

    private static int port(ComposeCall call) throws ComposeException {
        if (call.arguments().size() < 2) {
            call.self().error("requires at least 2 arg(s), only received " + call.arguments().size());
            return 1;
        }
        String service = call.arguments().getFirst();
        ContainerView container = call.runner().containers(service, false).stream().skip(Math.max(0, call.flags().number("index", 1) - 1L)).findFirst()
                .orElseThrow(() -> ComposeException.of("service \"" + service + "\" is not running"));
        return ComposeListings.port(call.self(), container, call.arguments().get(1), call.flags().text("protocol", "tcp"));
    }

    /** Says how many containers services are to have: each {@code SERVICE=NUM}. */
    private static void scale(ComposeCall call, List<String> texts) throws ComposeException {
        for (String text : texts) {
            String[] parts = text.split("=", 2);
            if (parts.length < 2 || !parts[1].matches("\\d{1,4}")) {
                throw ComposeException.of("invalid scale specifier: " + text);
            }
            ComposeProject.Service service = call.project().services().get(parts[0]);
            if (service == null) {
                throw ComposeException.of("no such service: " + parts[0]);
            }
            service.scale = Integer.parseInt(parts[1]);
        }
    }

    private static void raise(ComposeCall call, boolean noStart) throws ComposeException, EngineException {
        scale(call, call.flags().texts("scale"));
        if (call.flags().flag("build")) {
            call.runner().provideImages(call.project().inOrder(call.arguments()), true);
        }
        call.runner().up(call.arguments(), call.flags().flag("force-recreate"), noStart);
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
        List<String> others = List.of("attach", "bridge", "commit", "cp", "events", "export", "publish", "push", "stats", "wait", "watch");
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
        try {
            ComposeProject project = project(self, engine, global, words.getFirst());
            check(project);
            return sub.action().run(new ComposeCall(self, engine, flags, project.enabling(flags.arguments())));
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
            return ComposeLoader.load(self, global.texts("file"), name, global.text("project-directory"), global.texts("profile"));
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
        var volumes = new TreeMap<String, ComposeProject.Vol>();
        engine.volumes().all().stream().filter(v -> name.equals(v.labels().get(ComposeServices.LABEL + "project"))).forEach(v -> volumes.put(v.name(),
                new ComposeProject.Vol(v.name(), v.name(), "", false, Collections.emptyMap(), Collections.emptyMap())));
        return ComposeProject.remembered(name, services, networks, volumes);
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

    private static int config(ComposeCall call) {
        if (call.flags().flag("services")) {
            call.project().services().keySet().forEach(call.self()::println);
        } else if (call.flags().flag("images")) {
            call.project().services().values().forEach(s -> call.self().println(s.imageName(call.project().name())));
        } else if (call.flags().flag("profiles")) {
            call.project().disabled().values().stream().flatMap(s -> s.profiles.stream()).distinct().sorted().forEach(call.self()::println);
        } else if (call.flags().flag("volumes")) {
            call.project().volumes().keySet().forEach(call.self()::println);
        } else if (call.flags().flag("networks")) {
            call.project().networks().keySet().forEach(call.self()::println);
        } else if (!call.flags().flag("quiet")) {
            call.self().print(ComposeConfig.project(call.project()));
        }
        return 0;
    }

    private static int up(ComposeCall call) throws ComposeException, EngineException {
        ComposeRunner runner = call.runner();
        boolean noStart = call.flags().flag("no-start");
        boolean detached = call.flags().flag("detach");
        raise(call, noStart || !detached);
        if (detached || noStart) {
            return 0;
        }
        List<ContainerView> containers = chosen(call);
        var log = new ComposeLog(call, containers);
        call.self().println("Attaching to " + String.join(", ", containers.stream().map(c -> log.name(c)).toList()));
        boolean[] interrupted = new boolean[1];
        call.self().onSignal(Signal.INT, () -> interrupted[0] = true);
        runner.startQuietly(call.arguments());
        log.print(true, () -> interrupted[0]);
        if (interrupted[0]) {
            call.self().println("Gracefully Stopping... press Ctrl+C again to force");
            runner.stop(List.of(), call.timeout());
            return Signal.INT.exitStatus();
        }
        containers.forEach(c -> call.self().println("\r\u001b[K" + log.name(c) + " exited with code " + c.state().exitCode()));
        return 0;
    }

    private static int logs(ComposeCall call) throws ComposeException {
        new ComposeLog(call, chosen(call)).print(call.flags().flag("follow"), () -> false);
        return 0;
    }

    private static int exec(ComposeCall call) throws ComposeException, EngineException {
        if (call.arguments().size() < 2) {
            call.self().error("requires at least 2 arg(s), only received " + call.arguments().size());
            return 1;
        }
        String service = call.arguments().getFirst();
        ContainerView container = call.runner().containers(service, false).stream().filter(c -> c.state().isRunning()).findFirst()
                .orElseThrow(() -> ComposeException.of("service \"" + service + "\" is not running"));
        boolean terminal = !call.flags().flag("no-TTY") && call.self().descriptor(0).isTerminal();
        var words = new ArrayList<String>();
        if (call.flags().flag("detach")) {
            words.add("-d");
        } else {
            words.add(terminal ? "-it" : "-i");
        }
        call.flags().texts("env").forEach(variable -> words.addAll(List.of("-e", variable)));
        if (call.flags().flag("privileged")) {
            words.add("--privileged");
        }
        if (call.flags().has("workdir")) {
            words.addAll(List.of("-w", call.flags().text("workdir")));
        }
        words.add(container.id());
        words.addAll(call.arguments().subList(1, call.arguments().size()));
        return ContainerCommands.execute(call.self(), call.engine(), words);
    }

    private static int run(ComposeCall call) throws ComposeException, EngineException {
        if (call.arguments().isEmpty()) {
            call.self().error("requires at least 1 arg(s), only received 0");
            return 1;
        }
        ComposeProject.Service service = call.project().services().get(call.arguments().getFirst());
        if (service == null) {
            throw ComposeException.of("no such service: " + call.arguments().getFirst());
        }
        List<String> command = call.arguments().subList(1, call.arguments().size());
        boolean detached = call.flags().flag("detach");
        boolean terminal = !detached && !call.flags().flag("no-TTY") && call.self().descriptor(0).isTerminal();
        ContainerView container = call.runner().once(service, command, call.flags().text("name"), terminal, call.flags().flag("rm"));
        if (detached) {
            call.engine().containers().start(container.id());
            call.self().println(container.id());
            return 0;
        }
        var attachment = new Attachment(call.self(), call.engine(), container);
        attachment.prepare(true, terminal);
        if (!terminal) {
            attachment.forwardSignals();
        }
        call.engine().containers().start(container.id());
        return attachment.follow();
    }
}
