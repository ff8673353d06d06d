package dev.vethlab.transcript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recording: commands typed on real machines, with what came back.
 *
 * @param name its path below {@code transcripts}, without the ending: {@code docker/run-publish}
 * @param world the world it starts in
 * @param dockerd flags the engine was started with; empty for none
 */
record Transcript(String name, String world, String dockerd, List<Command> commands) {
    private static final Pattern PROMPT = Pattern.compile("(host|client|router|internet|switch)([$%]) (.*)", Pattern.UNIX_LINES);
    private static final Pattern STATUS = Pattern.compile("\\[(\\d+)]");
    private static final String ENDING = ".transcript";

    /**
     * One command.
     *
     * @param compared whether its output is compared, not only its exit status
     * @param output the lines of both streams, less blank ones at the end
     */
    record Command(String node, boolean compared, String text, List<String> output, int exitCode) {
        @Override
        public String toString() {
            return node + (compared ? "$ " : "% ") + text;
        }
    }

    /** All recordings that are part of the project, in the order of their names. */
    static List<Transcript> all() {
        Path root = directory();
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ENDING)).sorted().map(file -> read(root, file)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the recordings are. */
    static Path directory() {
        try {
            return Path.of(Transcript.class.getResource("/transcripts").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Transcript read(Path root, Path file) {
        String name = root.relativize(file).toString();
        try {
            return parse(name.substring(0, name.length() - ENDING.length()), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Transcript parse(String name, String text) {
        String[] lines = lines(text);
        return new Transcript(name, header(lines, "world").orElse("lab"), header(lines, "dockerd").orElse(""), commands(lines));
    }

    private static Optional<String> header(String[] lines, String key) {
        String start = "# " + key + ": ";
        for (String line : lines) {
            if (line.startsWith(start)) {
                return Optional.of(line.substring(start.length()).strip());
            }
        }
        return Optional.empty();
    }

    private static List<Command> commands(String[] lines) {
        List<Command> commands = new ArrayList<>();
        Matcher prompt = null;
        List<String> output = new ArrayList<>();
        for (String line : lines) {
            Matcher next = PROMPT.matcher(line);
            if (next.matches()) {
                if (prompt != null) {
                    commands.add(command(prompt, output));
                }
                prompt = next;
                output = new ArrayList<>();
            } else {
                output.add(line);
            }
        }
        if (prompt != null) {
            commands.add(command(prompt, output));
        }
        return List.copyOf(commands);
    }

    private static Command command(Matcher prompt, List<String> output) {
        dropBlankEnd(output);
        int exitCode = 0;
        if (!output.isEmpty()) {
            Matcher status = STATUS.matcher(output.getLast());
            if (status.matches()) {
                exitCode = Integer.parseInt(status.group(1));
                output.removeLast();
            }
        }
        dropBlankEnd(output);
        return new Command(prompt.group(1), prompt.group(2).equals("$"), prompt.group(3), List.copyOf(output), exitCode);
    }

    /** The lines of a text as the recordings' definition reads them: a carriage return ends one, too. */
    static String[] lines(String text) {
        return text.split("\r\n|\r|\n", -1);
    }

    static void dropBlankEnd(List<String> lines) {
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
    }
}
