package dev.vethlab.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long a source file and its lines may be. */
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
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > COLUMNS) {
                complaints.add(file + ":" + (i + 1) + " has " + lines.get(i).length() + " columns; at most " + COLUMNS);
            }
        }
    }
}
