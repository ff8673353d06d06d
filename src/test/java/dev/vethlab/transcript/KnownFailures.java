package dev.vethlab.transcript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The transcripts that do not pass yet, by name: {@code not-yet-passing.txt}. The list only shrinks. */
final class KnownFailures {
    static final String FILE = "not-yet-passing.txt";

    private KnownFailures() {}

    static List<String> names() {
        try {
            return parse(Files.readString(Path.of(Transcript.directory().toString(), FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> parse(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
    }
}
