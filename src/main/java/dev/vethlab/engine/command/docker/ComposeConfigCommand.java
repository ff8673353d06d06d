package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.command.docker.compose.ComposeLoader;
import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.command.docker.compose.Interpolation;
import dev.vethlab.engine.docker.api.Json;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code docker compose config}: the project in canonical form, or parts of it ({@code cmd/compose/config.go}). */
final class ComposeConfigCommand {
    static final Flags FLAGS = Flags.declare("""
            -q, --quiet   Only validate the configuration, don't print anything
            --environment   Print environment used for interpolation.
            --format string   Format the output. Values: [yaml | json]
            --hash string   Print the service config hash, one per line.
            !--lock-image-digests   Produces an override file with image digests
            --models   Print the model names, one per line.
            !--no-consistency   Don't check model consistency - warning: may produce invalid Compose output
            !--no-env-resolution   Don't resolve service env files
            !--no-interpolate   Don't interpolate environment variables
            !--no-normalize   Don't normalize compose model
            !--no-path-resolution   Don't resolve file paths
            -o, --output string   Save to file (default to stdout)
            !--resolve-image-digests   Pin image tags to digests
            --variables   Print model variables and default values.
            --services   Print the service names, one per line.
            --networks   Print the network names, one per line.
            --images   Print the image names, one per line.
            --profiles   Print the profile names, one per line.
            --volumes   Print the volume names, one per line.
            """);

    private ComposeConfigCommand() {}

    static int config(ComposeCall call) throws ComposeException {
        EmulatedProcess self = call.self();
        ParsedFlags flags = call.flags();
        if (flags.has("hash")) {
            return hashes(call, flags.text("hash"));
        }
        if (flags.flag("services")) {
            call.project().servicesByLevel().forEach(self::println);
        } else if (flags.flag("volumes")) {
            call.project().volumes().keySet().forEach(self::println);
        } else if (flags.flag("networks")) {
            call.project().networks().keySet().forEach(self::println);
        } else if (flags.flag("profiles")) {
            call.project().disabled().values().stream().flatMap(s -> s.profiles.stream()).distinct().sorted().forEach(self::println);
        } else if (flags.flag("images")) {
            call.project().reducedTo(call.arguments()).services().values().forEach(s -> self.println(s.imageName(call.project().name())));
        } else if (flags.flag("environment")) {
            new TreeMap<>(call.project().environment()).forEach((name, value) -> self.println(name + "=" + value));
        } else if (!flags.flag("models")) {
            show(call, call.project().reducedTo(call.arguments()));
        }
        return 0;
    }

    private static void show(ComposeCall call, ComposeProject project) throws ComposeException {
        String format = call.flags().text("format", "yaml");
        if (!format.equals("yaml") && !format.equals("json")) {
            throw ComposeException.of("unsupported format \"" + format + "\"");
        }
        String text = format.equals("yaml") ? ComposeConfig.yaml(project) : ComposeConfig.json(project) + "\n";
        if (call.flags().has("output")) {
            String file = call.flags().text("output");
            String path = file.startsWith("/") ? file : call.self().context().directory().replaceFirst("/*$", "/") + file;
            try {
                call.self().context().files().writeAll(call.self(), path, Bytes.of(text));
            } catch (KernelException e) {
                throw ComposeException.of("open " + file + ": " + e.errno().message().toLowerCase(Locale.ROOT));
            }
        } else if (!call.flags().flag("quiet")) {
            call.self().print(text);
        }
    }

    private static int hashes(ComposeCall call, String wanted) throws ComposeException {
        var services = new ComposeServices(call.project());
        List<String> names = wanted.equals("*") ? call.project().services().keySet().stream().sorted().toList() : List.of(wanted.split(","));
        for (String name : names) {
            ComposeProject.Service service = call.project().services().get(name);
            if (service == null) {
                throw ComposeException.of("no such service: " + name + ": not found");
            }
            call.self().println(name + " " + services.hash(service));
        }
        return 0;
    }

    /** {@code --variables}: what the files leave open, whether or not they can be read as a project then. */
    static int variables(EmulatedProcess self, ParsedFlags global, ParsedFlags flags) throws ComposeException {
        Map<String, Interpolation.Variable> variables = ComposeLoader.variables(self, global.texts("file"), global.text("project-directory"));
        if (flags.text("format").equals("json")) {
            var shown = new TreeMap<String, Value>();
            variables.forEach((name, variable) -> shown.put(name, Value.struct("template.Variable").put("Name", name)
                    .put("DefaultValue", variable.otherwise()).put("PresenceValue", variable.present())
                    .put("Required", variable.required()).build()));
            self.println(Json.marshalled(new Value.Entries(shown), "    "));
            return 0;
        }
        var table = new StringBuilder("NAME\tREQUIRED\tDEFAULT VALUE\tALTERNATE VALUE\n");
        variables.forEach((name, variable) -> table.append(name).append('\t').append(variable.required())
                .append('\t').append(variable.otherwise()).append('\t').append(variable.present()).append('\n'));
        self.print(TabWriter.align(table.toString(), 20, 3));
        return 0;
    }
}
