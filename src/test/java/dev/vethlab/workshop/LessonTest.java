package dev.vethlab.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lesson is a test: typing what it says, or its solution, ticks everything; doing nothing ticks nothing. */
class LessonTest {
    private static final Path SOURCES = Path.of("src/main/resources/lessons");

    /** All, or those whose name begins as {@code -Dlesson=} says. */
    static List<String> lessons() {
        String wanted = System.getProperty("lesson", "");
        return Walk.LESSONS.all().stream().map(Lesson::id).filter(id -> id.startsWith(wanted)).toList();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void isSolvedByItsSolution(String id) {
        try (var walk = new Walk(id)) {
            for (int i = 0; i < walk.lesson().steps().size(); i++) {
                walk.answer(i);
                walk.type(i);
                walk.read(i);
                assertThat(walk.complaints(i)).as(id + ": " + walk.lesson().steps().get(i).title()).isEmpty();
            }
            assertThat(walk.progress().isFinished()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void isNotSolvedByWaiting(String id) {
        try (var walk = new Walk(id)) {
            walk.waitSeconds(30);
            assertThat(walk.progress().reached()).isZero();
            assertThat(walk.progress().steps()).allSatisfy(step -> {
                assertThat(step.goals()).doesNotContain(true);
                assertThat(step.questions()).noneMatch(Progress.QuestionProgress::isSettled);
            });
        }
    }

    @Test
    void everyFileIsInTheIndex() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> names = files.map(file -> SOURCES.relativize(file).toString())
                    .filter(name -> name.endsWith(".md"))
                    .map(name -> name.substring(0, name.length() - ".md".length()))
                    .sorted()
                    .toList();
            assertThat(Files.readAllLines(SOURCES.resolve("index"))).containsExactlyElementsOf(names);
        }
    }
}
