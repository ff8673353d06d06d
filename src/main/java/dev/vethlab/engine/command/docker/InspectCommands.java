package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.template.Template;
import dev.vethlab.engine.command.docker.template.TemplateException;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code inspect} of anything, of containers, images and networks ({@code cli/command/inspect/inspector.go}). */
final class InspectCommands {
    private static final Map<String, Value> IMAGE_CONFIG = imageConfig();

    private static final int PARSE_ERROR = 64;
    private static final String FLAGS = "-f, --format string   Format output using a custom template: 'json': Print in JSON format 'TEMPLATE':"
            + " Print output using the given Go template. Refer to https://docs.docker.com/go/formatting/ for more information about"
            + " formatting output with templates\n";

    static final List<Command> ALL = List.of(
            new Command("[OPTIONS] NAME|ID [NAME|ID...]", "Return low-level information on Docker objects", 1, -1, true,
                    Flags.declare(FLAGS + """
                            -s, --size   Display total file sizes if the type is container
                            --type string   Only inspect objects of the given type
                            """), List.of("inspect"), InspectCommands::any),
            new Command("[OPTIONS] CONTAINER [CONTAINER...]", "Display detailed information on one or more containers", 1, -1, true,
                    Flags.declare(FLAGS + "-s, --size   Display total file sizes\n"), List.of("container inspect"),
                    call -> inspect(call, container(call))),
            new Command("[OPTIONS] IMAGE [IMAGE...]", "Display detailed information on one or more images", 1, -1, true,
                    Flags.declare(FLAGS), List.of("image inspect"), call -> inspect(call, InspectCommands::image)),
            new Command("[OPTIONS] NETWORK [NETWORK...]", "Display detailed information on one or more networks", 1, -1, true,
                    Flags.declare(FLAGS + "-v, --verbose   Verbose output for diagnostics\n"), List.of("network inspect"),
                    call -> inspect(call, InspectCommands::network)),
            new Command("[OPTIONS] VOLUME [VOLUME...]", "Display detailed information on one or more volumes", 1, -1, true,
                    Flags.declare(FLAGS), List.of("volume inspect"), call -> inspect(call, InspectCommands::volume)));

    private InspectCommands() {}

    /** Finds what a name means. */
    private interface Finder {
        Value.Struct find(EngineApi engine, String term) throws EngineException;
    }

    private static Value.Struct image(EngineApi engine, String term) throws EngineException {
        return engine.images().inspect(term);
    }

    private static Value.Struct network(EngineApi engine, String term) throws EngineException {
        return engine.networks().inspect(term);
    }

    private static Value.Struct volume(EngineApi engine, String term) throws EngineException {
        return engine.volumes().inspect(term);
    }

    private static int any(Command.Call call) throws EngineException {
        String type = call.flags().text("type");
        return switch (type) {
            case "" -> inspect(call, (engine, term) -> firstOf(container(call), engine, term));
            case "container" -> inspect(call, container(call));
            case "image" -> inspect(call, InspectCommands::image);
            case "network" -> inspect(call, InspectCommands::network);
            case "node", "plugin", "secret", "service", "task", "volume", "config" ->
                    throw EngineException.notEmulated("--type " + type + " is not emulated");
            default -> {
                call.error("unknown type: \"" + type + "\": must be one of \"config\", \"container\", \"image\", \"network\", \"node\","
                        + " \"plugin\", \"secret\", \"service\", \"task\", \"volume\"");
                yield 1;
            }
        };
    }

    private static Finder container(Command.Call call) {
        boolean size = call.flags().flag("size");
        return (engine, term) -> engine.containers().inspect(term, size);
    }

    private static Value.Struct firstOf(Finder container, EngineApi engine, String term) throws EngineException {
        for (Finder finder : List.<Finder>of(container, InspectCommands::image, InspectCommands::network)) {
            try {
                return finder.find(engine, term);
            } catch (EngineException e) {
                if (e.status() != 404) {
                    throw e;
                }
            }
        }
        throw EngineException.notFound("");
    }

    private static int inspect(Command.Call call, Finder finder) {
        String format = call.flags().text("format");
        Template template = null;
        if (!format.isEmpty() && !format.equals("json")) {
            try {
                template = Template.parse(format);
            } catch (TemplateException e) {
                call.error("template parsing error: " + e.getMessage());
                return PARSE_ERROR;
            }
        }
        var found = new ArrayList<Value>();
        var complaints = new ArrayList<String>();
        var text = new StringBuilder();
        for (String term : call.arguments()) {
            try {
                Value.Struct value = finder.find(call.engine(), term);
                found.add(value);
                if (template != null) {
                    text.append(template.executeWithRawFallback(TemplateData.of(typed(value)), TemplateData.of(value))).append('\n');
                }
            } catch (EngineException e) {
                complaints.add(e.message().isEmpty() ? "Error: No such object: " + term : "Error response from daemon: " + e.message());
            } catch (TemplateException e) {
                text.append('\n');
                complaints.add("template parsing error: " + e.getMessage());
                break;
            }
        }
        print(call, found, template, format, text.toString());
        complaints.forEach(call::error);
        return complaints.isEmpty() ? 0 : 1;
    }

    /**
     * What the client has after reading an answer into its types. Only an image's configuration is another then: its fields are in the
     * order of {@code DockerOCIImageConfig}, and those that are empty are left out.
     */
    private static Value.Struct typed(Value.Struct answer) {
        if (!answer.type().equals("image.InspectResponse")) {
            return answer;
        }
        var image = Value.struct(answer.type());
        for (Value.Field field : answer.fields()) {
            Value value = field.value();
            if (field.name().equals("Config") && value instanceof Value.Entries config) {
                var fields = Value.struct("dockerspec.DockerOCIImageConfig");
                IMAGE_CONFIG.forEach((name, zero) -> fields.omitEmpty(name, config.entries().getOrDefault(name, zero)));
                value = fields.build();
            }
            image.put(field.name(), field.json(), value);
        }
        return image.build();
    }

    private static Map<String, Value> imageConfig() {
        Map<String, Value> zeros = new LinkedHashMap<>();
        zeros.put("User", Value.of(""));
        zeros.put("ExposedPorts", Value.NULL_MAP);
        zeros.put("Env", Value.NULL_SLICE);
        zeros.put("Entrypoint", Value.NULL_SLICE);
        zeros.put("Cmd", Value.NULL_SLICE);
        zeros.put("Volumes", Value.NULL_MAP);
        zeros.put("WorkingDir", Value.of(""));
        zeros.put("Labels", Value.NULL_MAP);
        zeros.put("StopSignal", Value.of(""));
        zeros.put("Healthcheck", Value.NULL);
        zeros.put("OnBuild", Value.NULL_SLICE);
        zeros.put("Shell", Value.NULL_SLICE);
        return zeros;
    }

    private static void print(Command.Call call, List<Value> found, @Nullable Template template, String format, String text) {
        if (template != null) {
            call.self().print(text.isEmpty() ? "\n" : text);
        } else if (format.equals("json")) {
            call.println(Json.compact(new Value.Items(found)));
        } else {
            call.println(Json.indented(new Value.Items(found)));
        }
    }
}
