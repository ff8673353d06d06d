package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.EventStream;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looking on at a project: {@code docker compose attach}, {@code events}, {@code stats}, {@code wait} ({@code pkg/compose}). */
final class ComposeObserving {
    static final Flags ATTACH = Flags.declare("""
            !--detach-keys string   Override the key sequence for detaching from a container.
            --index int   index of the container if service has multiple replicas.
            --no-stdin   Do not attach STDIN
            --sig-proxy   Proxy all received signals to the process (default true)
            """);
    static final Flags EVENTS = Flags.declare("""
            --json   Output events as a stream of json objects
            --since string   Show all events created since timestamp
            --until string   Stream events until this timestamp
            """);
    static final Flags WAIT = Flags.declare("--down-project   Drops project when the first container stops");

    private ComposeObserving() {}

    static int attach(ComposeCall call) throws ComposeException, EngineException {
        ContainerView container = call.runner().running(call.arguments().isEmpty() ? "" : call.arguments().getFirst(), call.flags().number("index", 0));
        var attachment = new Attachment(call.self(), call.engine(), container);
        boolean input = container.config().openStdin && !call.flags().flag("no-stdin");
        attachment.prepare(input, container.config().tty && call.self().descriptor(0).isTerminal());
        if (call.flags().flag("sig-proxy", true)) {
            attachment.forwardSignals();
        }
        int status = attachment.follow();
        if (status != 0) {
            call.self().error("");
        }
        return status;
    }

    static int stats(ComposeCall call) throws EngineException {
        if (call.arguments().size() > 1) {
            call.self().error("accepts at most 1 arg(s), received " + call.arguments().size());
            return 1;
        }
        String service = call.arguments().isEmpty() ? "" : call.arguments().getFirst();
        return ProcessCommands.stats(new Command.Call(call.self(), call.engine(), call.flags(), "docker compose stats"),
                () -> call.runner().containers(service, true).stream()
                        .filter(c -> call.flags().flag("all") || c.state().isRunning()).toList());
    }

    /** Until the services' containers have ended; with the exit status of the last of them. */
    static int await(ComposeCall call) throws ComposeException, EngineException {
        EmulatedProcess self = call.self();
        if (call.arguments().isEmpty()) {
            self.error("docker: 'docker compose wait' requires at least 1 argument\n\nUsage:  docker compose wait SERVICE [SERVICE...] [OPTIONS]\n\n"
                    + "See 'docker compose wait --help' for more information");
            return 1;
        }
        var waiting = new ArrayList<ContainerView>();
        for (String service : call.arguments()) {
            waiting.addAll(call.runner().containers(service, false));
        }
        if (waiting.isEmpty()) {
            throw ComposeException.of("no containers for project \"" + call.project().name() + "\"");
        }
        int status = 0;
        while (!waiting.isEmpty()) {
            self.await(waiting.stream().map(ContainerView::changed).toList(), () -> waiting.stream().anyMatch(ComposeObserving::hasEnded),
                    EmulatedProcess.FOREVER);
            for (ContainerView container : List.copyOf(waiting)) {
                if (hasEnded(container)) {
                    waiting.remove(container);
                    status = container.state().exitCode();
                    self.println("container \"" + container.id() + "\" exited with status code " + status);
                }
            }
            if (call.flags().flag("down-project")) {
                call.runner().down(List.of(), null, false);
                return status;
            }
        }
        return status;
    }

    private static boolean hasEnded(ContainerView container) {
        return !container.state().isRunning() || container.isRemoved();
    }

    // ---- events ----

    static int events(ComposeCall call) throws EngineException {
        EmulatedProcess self = call.self();
        EventStream log = call.engine().events();
        long since = ClientTime.nanos(call.flags().text("since"), self.now(), Long.MAX_VALUE, "");
        long until = ClientTime.nanos(call.flags().text("until"), self.now(), Long.MAX_VALUE, "");
        // with an end but no beginning the engine shows all that it remembers
        long position = call.flags().has("since") || call.flags().has("until") ? 0 : log.end();
        while (true) {
            for (EventStream.Event event : log.from(position)) {
                boolean old = call.flags().has("since") && event.time() < since;
                if (!old && event.time() <= until && concerns(event, call)) {
                    self.println(call.flags().flag("json") ? json(event) : text(event));
                }
            }
            position = log.end();
            if (self.now() >= until) {
                self.error("EOF");
                return 1;
            }
            long seen = position;
            self.await(log.changed(), () -> log.end() > seen, until == Long.MAX_VALUE ? EmulatedProcess.FOREVER : until - self.now());
        }
    }

    private static boolean concerns(EventStream.Event event, ComposeCall call) {
        Map<String, String> about = event.attributes();
        return event.type().equals("container") && call.project().name().equals(about.get(ComposeServices.LABEL + "project"))
                && !"True".equals(about.get(ComposeServices.LABEL + "oneoff"))
                && (call.arguments().isEmpty() || call.arguments().contains(service(event)));
    }

    private static String service(EventStream.Event event) {
        return event.attributes().getOrDefault(ComposeServices.LABEL + "service", "");
    }

    /** What is known of the container, less Compose's own labels. */
    private static TreeMap<String, String> attributes(EventStream.Event event) {
        var shown = new TreeMap<>(event.attributes());
        shown.keySet().removeIf(name -> name.startsWith(ComposeServices.LABEL));
        return shown;
    }

    private static String json(EventStream.Event event) {
        var fields = new TreeMap<String, Value>();
        fields.put("action", Value.of(event.action()));
        fields.put("attributes", Value.map(attributes(event)));
        fields.put("id", Value.of(event.actor()));
        fields.put("service", Value.of(service(event)));
        fields.put("time", Value.of(DockerTime.rfc3339(event.time())));
        fields.put("type", Value.of("container"));
        return Json.compact(new Value.Entries(fields));
    }

    /** Go prints the newline of the text and one more. */
    private static String text(EventStream.Event event) {
        String stamp = DockerTime.rfc3339Fixed(event.time());
        var about = new ArrayList<String>();
        attributes(event).forEach((name, value) -> about.add(name + "=" + value));
        return stamp.substring(0, 10) + " " + stamp.substring(11, 26) + " container " + event.action() + " " + event.actor() + " ("
                + String.join(", ", about) + ")\n";
    }
}
