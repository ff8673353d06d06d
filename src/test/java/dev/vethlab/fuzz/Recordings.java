package dev.vethlab.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the transcripts type. */
public final class Recordings {
    private static final int LONGEST_NAME = 10;

    private Recordings() {}

    /** Each command as it stands there. */
    public static List<String> commands() {
        List<String> commands = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/transcripts"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".transcript")).sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    int prompt = line.indexOf("$ ");
                    if (prompt > 0 && prompt < LONGEST_NAME && line.substring(0, prompt).chars().allMatch(Character::isLetter)) {
                        commands.add(line.substring(prompt + 2));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return commands;
    }
}
