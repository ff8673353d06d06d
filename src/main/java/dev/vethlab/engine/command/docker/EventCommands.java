package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.template.Template;
import dev.vethlab.engine.command.docker.template.TemplateException;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.EventStream;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.CalendarTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code events}: what happened in the engine, as lines or by a template ({@code cli/command/system/events.go}). */
final class EventCommands {
    private static final int PARSE_ERROR = 64;
    private static final long SECOND = 1_000_000_000L;

    static final List<Command> ALL = List.of(new Command("[OPTIONS]", "Get real time events from the server", 0, 0, true, Flags.declare("""
            -f, --filter filter   Filter output based on conditions provided
            --format string   Format output using a custom template: 'json': Print in JSON format 'TEMPLATE': Print output using the given Go\
             template. Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
            --since string   Show all events created since timestamp
            --until string   Stream events until this timestamp
            """), List.of("system events", "events"), EventCommands::events));

    /** Seen from the beginning of virtual time; as a bound of events it bounds nothing ({@code daemon/events/events.go}). */
    private static final long UNIX_EPOCH = -CalendarTime.seconds(0) * SECOND;

    private EventCommands() {}

    private static int events(Command.Call call) throws EngineException {
        EmulatedProcess self = call.self();
        EventStream log = call.engine().events();
        ParsedFlags flags = call.flags();
        long since;
        long until;
        Template template;
        try {
            template = template(flags.text("format"));
            since = ClientTime.nanos(flags.text("since"), self.now(), Long.MIN_VALUE, "");
            until = ClientTime.nanos(flags.text("until"), self.now(), Long.MAX_VALUE, "");
        } catch (TemplateException e) {
            call.error("Error parsing format: " + e.getMessage());
            return PARSE_ERROR;
        } catch (EngineException e) {
            call.error(e.message());
            return 1;
        }
        if (until < since && until != UNIX_EPOCH) {
            throw EngineException.badRequest("`since` time (" + ClientTime.parse(flags.text("since"), self.now()).sent()
                    + ") cannot be after `until` time (" + ClientTime.parse(flags.text("until"), self.now()).sent() + ")");
        }
        Map<String, List<String>> wanted = filters(flags.texts("filter"));
        // with an end but no beginning the engine shows all that it remembers
        long position = flags.text("since").isEmpty() && flags.text("until").isEmpty() ? log.end() : 0;
        while (true) {
            for (EventStream.Event event : log.from(position)) {
                if (event.time() >= since && (event.time() <= until || until == UNIX_EPOCH) && matches(event, wanted)) {
                    self.println(line(event, template, flags.text("format")));
                }
            }
            position = log.end();
            if (self.now() >= until) {
                return 0;
            }
            long seen = position;
            long left = until == Long.MAX_VALUE ? EmulatedProcess.FOREVER : until - self.now();
            self.await(log.changed(), () -> log.end() > seen, left);
        }
    }

    /** Parses a format, and tries it, as the client does before it asks; null for none. */
    private static @Nullable Template template(String format) throws TemplateException {
        if (format.isEmpty() || format.equals("json")) {
            return null;
        }
        Template template = Template.parse(format);
        template.execute(TemplateData.of(value(new EventStream.Event(0, "", "", "", new TreeMap<>()))));
        return template;
    }

    /** The engine ignores keys that it does not know. */
    private static Map<String, List<String>> filters(List<String> texts) {
        var wanted = new LinkedHashMap<String, List<String>>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            wanted.computeIfAbsent(text.substring(0, equals), k -> new ArrayList<>()).add(text.substring(equals + 1));
        }
        return wanted;
    }

    private static boolean matches(EventStream.Event event, Map<String, List<String>> wanted) {
        return wanted.entrySet().stream().allMatch(entry -> entry.getValue().stream().anyMatch(value -> switch (entry.getKey()) {
            case "type" -> event.type().equals(value);
            case "event" -> event.action().equals(value) || event.action().startsWith(value + ":");
            case "label" -> ContainerFilter.hasLabel(event.attributes(), value);
            case "image" -> value.equals(event.attributes().get(event.type().equals("image") ? "name" : "image"));
            case "scope" -> value.equals("local");
            case "container", "network", "volume" -> event.type().equals(entry.getKey())
                    && (event.actor().startsWith(value) || value.equals(event.attributes().get("name")));
            default -> true;
        }));
    }

    // ---- showing ----

    private static String line(EventStream.Event event, @Nullable Template template, String format) {
        if (format.equals("json")) {
            return Json.compact(value(event));
        }
        if (template == null) {
            return text(event);
        }
        try {
            return template.execute(TemplateData.of(value(event)));
        } catch (TemplateException e) {
            throw new IllegalStateException(e); // it was tried before
        }
    }

    /** {@code events.Message}. */
    private static Value value(EventStream.Event event) {
        long seconds = CalendarTime.seconds(event.time());
        var message = Value.struct("*events.Message");
        boolean old = event.type().equals("container") || event.type().equals("image");
        message.omitEmpty("Status", "status", Value.of(old ? event.action() : ""))
                .omitEmpty("ID", "id", Value.of(old ? event.actor() : ""))
                .omitEmpty("From", "from", Value.of(event.attributes().getOrDefault("image", "")));
        return message.put("Type", event.type()).put("Action", event.action())
                .put("Actor", Value.struct("events.Actor").put("ID", event.actor()).put("Attributes", Value.map(event.attributes())).build())
                .put("Scope", "scope", Value.of("local")).put("Time", "time", Value.of(seconds))
                .put("TimeNano", "timeNano", Value.of(seconds * SECOND + Math.floorMod(event.time(), SECOND))).build();
    }

    private static String text(EventStream.Event event) {
        var attributes = new ArrayList<String>();
        event.attributes().forEach((key, value) -> attributes.add(key + "=" + value));
        return DockerTime.rfc3339Fixed(event.time()) + " " + event.type() + " " + event.action() + " " + event.actor()
                + " (" + String.join(", ", attributes) + ")";
    }
}
