package dev.vethlab.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long a source file and its lines may be; a line with a text of another program in it may be as long as the text. */
final class SourceFiles {
    static final int LINES = 600;
    static final int COLUMNS = 140;

    private SourceFiles() {}

    /** What is wrong with the Java files below {@code root}, one sentence each. */
    static List<String> complaints(Path root) {
        List<String> complaints = new ArrayList<>();
        try (var files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(file -> check(file, complaints));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return complaints;
    }

    private static void check(Path file, List<String> complaints) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.size() > LINES) {
            complaints.add(file + " has " + lines.size() + " lines; at most " + LINES + ": split it by subject");
        }
        boolean textBlock = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean verbatim = textBlock || line.contains("\"");
            textBlock ^= line.contains("\"\"\"") && line.indexOf("\"\"\"") == line.lastIndexOf("\"\"\"");
            if (line.length() > COLUMNS && !verbatim) {
                complaints.add(file + ":" + (i + 1) + " has " + line.length() + " columns; at most " + COLUMNS);
            }
        }
    }
}
