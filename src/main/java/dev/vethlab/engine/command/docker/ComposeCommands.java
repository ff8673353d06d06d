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
import java.util.Comparator;
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
            --dry-run   Execute command in dry run mode
            --ansi string   Control when to print ANSI control characters ("never"|"always"|"auto") (default "auto")
            --progress string   Set type of progress output (auto, tty, plain, json, quiet)
            """);
    private static final String COMPOSE_VERSION = "2.40.3-3";
    private static final Flags VERSION = Flags.declare("--short   Shows only Compose's version number").and(ComposeTable.DRY_RUN);
    private static final Flags LS = Flags.declare("-a, --all   Show all stopped Compose projects\n--filter filter   Filter output based on conditions provided\n"
            + "--format string   Format the output. Values: [table | json] (default \"table\")\n-q, --quiet   Only display project names").and(ComposeTable.DRY_RUN);

    private static final List<String> WITHOUT_FILE = List.of("attach", "cp", "down", "events", "exec", "images", "kill", "logs", "pause", "port", "ps", "restart", "rm", "start",
            "stats", "stop", "top", "unpause", "wait");

    private static final Map<String, ComposeTable.Sub> SUBS = ComposeTable.subs();

    private ComposeCommands() {}

    /** The commands that there are. */
    static List<String> names() {
        return List.copyOf(SUBS.keySet());
    }

    /** The flags of a command; null if there is none of that name. */
    static @Nullable Flags flags(String name) {
        ComposeTable.Sub sub = SUBS.get(name);
        return sub == null ? null : sub.flags();
    }

    /** The containers of the services named, or all. */
    static List<ContainerView> chosen(ComposeCall call) throws ComposeException {
        call.project().inOrder(call.arguments());
        return call.runner().containers("", false).stream().filter(c -> call.arguments().isEmpty()
                || call.arguments().contains(c.config().labels.getOrDefault(ComposeServices.LABEL + "service", ""))).toList();
    }

    static int build(ComposeCall call) throws ComposeException, EngineException {
        for (ComposeProject.Service service : call.project().inOrder(call.arguments())) {
            if (service.build != null) {
                new ComposeImages(call.self(), call.engine(), call.project(), call.dry()).build(service);
            }
        }
        return 0;
    }

    static int push(ComposeCall call) throws ComposeException, EngineException {
        List<ComposeProject.Service> services = new ArrayList<>(call.project().inOrder(call.arguments()));
        services.sort(Comparator.comparing(s -> s.name));
        for (ComposeProject.Service service : services) {
            if (service.build != null) {
                throw EngineException.notEmulated("docker compose push: there is no registry");
            }
            call.progress(" " + service.name + " Skipped ");
        }
        return 0;
    }

    static int port(ComposeCall call) throws ComposeException {
        if (call.arguments().size() < 2) {
            call.self().error("requires at least 2 arg(s), only received " + call.arguments().size());
            return 1;
        }
        String service = call.arguments().getFirst();
        ContainerView container = call.runner().running(service, call.flags().number("index", 0));
        return ComposeListings.port(call.self(), container, call.arguments().get(1), call.flags().text("protocol", "tcp"));
    }

    /** Says how many containers services are to have: each {@code SERVICE=NUM}. */
    static void scale(ComposeCall call, List<String> texts) throws ComposeException {
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

    static int down(ComposeCall call) throws ComposeException, EngineException {
        String images = call.flags().text("rmi");
        if (!images.isEmpty() && !images.equals("all") && !images.equals("local")) {
            throw ComposeException.of("invalid value for --rmi: \"" + images + "\"");
        }
        call.runner().down(call.arguments(), call.timeout(), call.flags().flag("volumes"));
        if (!images.isEmpty()) {
            new ComposeImages(call.self(), call.engine(), call.project(), call.dry()).remove(images.equals("all"));
        }
        return 0;
    }

    static void raise(ComposeCall call, boolean noStart) throws ComposeException, EngineException {
        scale(call, call.flags().texts("scale"));
        if (call.flags().has("pull")) {
            call.project().services().values().forEach(service -> service.pullPolicy = call.flags().text("pull"));
        }
        if (call.flags().flag("build")) {
            call.runner().provideImages(call.project().inOrder(call.arguments()), true);
        }
        ComposeRunner.Recreation recreation = call.flags().flag("force-recreate") ? ComposeRunner.Recreation.ALWAYS
                : call.flags().flag("no-recreate") ? ComposeRunner.Recreation.NEVER : ComposeRunner.Recreation.DIVERGED;
        if (call.flags().flag("no-deps")) {
            call.runner().upAlone(call.arguments(), recreation, noStart);
        } else {
            call.runner().up(call.arguments(), recreation, noStart);
        }
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
                    return ComposeListings.projects(self, engine, flags);
                }
                default -> {}
            }
            ComposeTable.Sub sub = SUBS.get(rest.getFirst());
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
        List<String> others = List.of("bridge", "commit", "export", "publish", "watch");
        if (others.contains(name)) {
            return Unsupported.answer(self, "docker compose " + name + " is not emulated");
        }
        self.print(help());
        self.error("unknown docker command: \"compose " + name + "\"");
        return 1;
    }

    static int run(EmulatedProcess self, EngineApi engine, ComposeTable.Sub sub, ParsedFlags global, List<String> words)
            throws FlagException {
        ParsedFlags flags = sub.flags().parse(words.subList(1, words.size()), sub.interspersed());
        if (flags.asksForHelp()) {
            self.print("Usage:  docker compose " + words.getFirst() + " " + sub.usage() + "\n\n" + sub.summary() + options(sub.flags()));
            return 0;
        }
        for (FlagSpec spec : flags.given()) {
            if (!spec.emulated()) {
                return Unsupported.answer(self, "docker compose " + words.getFirst() + ": --" + spec.name() + " is not emulated");
            }
        }
        try {
            if (words.getFirst().equals("config") && flags.flag("variables")) {
                return ComposeConfigCommand.variables(self, global, flags);
            }
            ComposeProject project = project(self, engine, global, words.getFirst());
            check(project);
            boolean dry = global.flag("dry-run") || flags.flag("dry-run");
            EngineApi asked = dry ? new ComposeDryRun(engine) : engine;
            return sub.action().run(new ComposeCall(self, asked, flags, project.enabling(flags.arguments()), dry));
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

    // ---- subcommands ----

    static int up(ComposeCall call) throws ComposeException, EngineException {
        ComposeRunner runner = call.runner();
        boolean noStart = call.flags().flag("no-start");
        boolean wait = call.flags().flag("wait");
        boolean detached = call.flags().flag("detach") || wait;
        raise(call, noStart || !detached);
        if (wait && !noStart) {
            runner.awaitReady(call.arguments());
        }
        if (detached || noStart) {
            return 0;
        }
        if (call.dry()) {
            call.self().println("end of 'compose up' output, interactive run is not supported in dry-run mode");
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

    static int logs(ComposeCall call) throws ComposeException, EngineException {
        List<ContainerView> containers = chosen(call);
        int index = call.flags().number("index", 0);
        if (index > 0 && !call.arguments().isEmpty()) {
            containers = List.of(call.runner().numbered(call.arguments().getFirst(), index, true));
        }
        new ComposeLog(call, containers).print(call.flags().flag("follow"), () -> false);
        return 0;
    }

    static int exec(ComposeCall call) throws ComposeException, EngineException {
        if (call.arguments().size() < 2) {
            call.self().error("requires at least 2 arg(s), only received " + call.arguments().size());
            return 1;
        }
        String service = call.arguments().getFirst();
        ContainerView container = call.runner().running(service, call.flags().number("index", 0));
        if (call.dry()) {
            throw ComposeException.of("interactive exec is not supported in dry-run mode");
        }
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
        if (call.flags().has("user")) {
            words.addAll(List.of("-u", call.flags().text("user")));
        }
        if (call.flags().has("workdir")) {
            words.addAll(List.of("-w", call.flags().text("workdir")));
        }
        words.add(container.id());
        words.addAll(call.arguments().subList(1, call.arguments().size()));
        return ContainerCommands.execute(call.self(), call.engine(), words);
    }

    static int run(ComposeCall call) throws ComposeException, EngineException {
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
        ContainerView container = call.runner().once(service, command, call.flags(), terminal);
        if (detached) {
            call.engine().containers().start(container.id());
            call.self().println(container.id());
            return 0;
        }
        if (call.dry()) {
            throw ComposeException.of("interactive run is not supported in dry-run mode");
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
