package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.ContainerApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Output;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.NullFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docker top} asks for: the daemon runs the host's {@code ps} and keeps the container's lines ({@code daemon/top_unix.go}). */
final class ProcessList {
    private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Pattern TITLE = Pattern.compile("\\s+(\\S*)=\\s*(PID\\S*)");
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    private final EmulatedProcess daemon;
    private final EmulatedProcess client;
    private int status;

    ProcessList(EmulatedProcess daemon, EmulatedProcess client) {
        this.daemon = daemon;
        this.client = client;
    }

    /** Whether another column than PID would be called so. */
    static void check(String options) throws EngineException {
        Matcher titles = TITLE.matcher(options);
        while (titles.find()) {
            if (!titles.group(1).equals("pid")) {
                throw EngineException.badRequest("specifying \"" + titles.group(1) + "=" + titles.group(2) + "\" is not allowed");
            }
        }
    }

    /** The lines of {@code processes}. */
    ContainerApi.Processes of(List<EmulatedProcess> processes, String options) throws EngineException {
        List<String> words = List.of((options.isEmpty() ? "-ef" : options).split(" "));
        var picked = new ArrayList<String>(words);
        picked.add("-q" + String.join(",", processes.stream().map(process -> Integer.toString(process.pid())).toList()));
        OutputLog output = run(picked);
        if (status != 0) {
            // some options (f) do not go together with -q
            output = run(words);
        }
        String complaint = text(output, true);
        if (status != 0 && !complaint.isEmpty()) {
            String first = complaint.lines().findFirst().orElse("");
            throw first.startsWith("vethlab: ") ? EngineException.notEmulated(first.substring("vethlab: ".length()))
                    : EngineException.internal("ps: " + first);
        }
        List<String> lines = text(output, false).lines().toList();
        List<String> titles = lines.isEmpty() ? List.of() : fields(lines.getFirst());
        int column = titles.indexOf("PID");
        if (column < 0) {
            throw EngineException.internal("Couldn't find PID field in ps output");
        }
        var rows = new ArrayList<List<String>>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> fields = fields(line);
            if (processes.stream().anyMatch(process -> fields.get(column).equals(Integer.toString(process.pid())))) {
                var row = new ArrayList<String>(fields.subList(0, titles.size() - 1));
                row.add(String.join(" ", fields.subList(titles.size() - 1, fields.size())));
                rows.add(row);
            }
        }
        return new ContainerApi.Processes(titles, rows);
    }

    private static List<String> fields(String line) {
        return List.of(BLANKS.split(line.strip()));
    }

    private OutputLog run(List<String> options) throws EngineException {
        var line = new ArrayList<String>(List.of("ps"));
        line.addAll(options);
        var output = new OutputLog(daemon.simulation());
        Launcher.Command ps = ps(line);
        EmulatedProcess child = daemon.spawn(ps.program(), ps.arguments(), daemon.context().copy(),
                List.of(new NullFile(), output.writer(false), output.writer(true)));
        status = client.waitFor(child);
        return output;
    }

    private Launcher.Command ps(List<String> line) throws EngineException {
        try {
            return Launcher.find(daemon, daemon.context().files(), line, "/", SEARCH_PATH);
        } catch (EngineException e) {
            throw EngineException.internal("ps: " + e.message());
        }
    }

    private static String text(OutputLog output, boolean error) {
        var text = new StringBuilder();
        for (Output.Entry entry : output.from(0)) {
            text.append(entry.error() == error ? entry.data().text() : "");
        }
        return text.toString();
    }
}
