package dev.vethlab.workshop;

import dev.vethlab.workshop.format.LessonException;
import dev.vethlab.workshop.format.LessonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lessons there are: those that come with the product, and those in a directory, which is looked at each time. One in the directory
 * stands for the product's own of the same name. Safe for use by several threads.
 */
public final class Lessons {
    private static final String SUFFIX = ".md";
    private static final String INDEX = "lessons/index";

    private final Map<String, Lesson> own = new TreeMap<>();
    private final @Nullable Path directory;
    private final Consumer<String> complain;
    private final Map<String, Read> read = new TreeMap<>();

    /** A file as it was when it was read; without a lesson if it could not be. */
    private record Read(FileTime changed, long size, @Nullable Lesson lesson) {}

    /**
     * @param directory of more lessons; null for none
     * @param complain takes what is wrong with a lesson there, with file and line
     * @throws LessonException if one of the product's own cannot be read
     */
    public Lessons(@Nullable Path directory, Consumer<String> complain) {
        this.directory = directory;
        this.complain = complain;
        resource(INDEX).lines().filter(line -> !line.isBlank()).forEach(name -> {
            String id = name.substring(name.lastIndexOf('/') + 1);
            own.put(id, LessonReader.read(id, resource("lessons/" + name + SUFFIX)));
        });
    }

    private static String resource(String name) {
        ClassLoader loader = Objects.requireNonNullElse(Thread.currentThread().getContextClassLoader(), Lessons.class.getClassLoader());
        try (InputStream file = loader.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them: lessons first, then challenges, each by id. */
    public List<Lesson> all() {
        Map<String, Lesson> all = new TreeMap<>(own);
        all.putAll(onDisk());
        return all.values().stream().sorted(Comparator.comparing(Lesson::kind).thenComparing(Lesson::id)).toList();
    }

    /** All of a kind, by id. */
    public List<Lesson> all(Lesson.Kind kind) {
        return all().stream().filter(lesson -> lesson.kind() == kind).toList();
    }

    public Optional<Lesson> find(String id) {
        return all().stream().filter(lesson -> lesson.id().equals(id)).findFirst();
    }

    private synchronized Map<String, Lesson> onDisk() {
        Map<String, Lesson> lessons = new TreeMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            String id = name.substring(0, name.length() - SUFFIX.length());
            Lesson lesson = read(id, file);
            if (lesson != null) {
                lessons.put(id, lesson);
            }
        }
        read.keySet().removeIf(id -> directory == null || !Files.exists(directory.resolve(id + SUFFIX)));
        return lessons;
    }

    private List<Path> files() {
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return new ArrayList<>(files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList());
        } catch (IOException e) {
            complain.accept(directory + ": " + e);
            return List.of();
        }
    }

    /** Reads it again only if it changed, and complains of it once. */
    private @Nullable Lesson read(String id, Path file) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Read known = read.get(id);
            if (known != null && known.changed().equals(changed) && known.size() == size) {
                return known.lesson();
            }
            Lesson lesson = null;
            try {
                lesson = LessonReader.read(id, Files.readString(file));
            } catch (LessonException e) {
                complain.accept(e.getMessage());
            } catch (CharacterCodingException e) {
                complain.accept(id + SUFFIX + ":1: this is not UTF-8");
            }
            read.put(id, new Read(changed, size, lesson));
            return lesson;
        } catch (IOException e) {
            complain.accept(file + ": " + e);
            return null;
        }
    }
}
