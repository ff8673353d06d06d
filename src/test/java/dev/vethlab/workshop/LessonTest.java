package dev.vethlab.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
        isSolvedBy(new Learner(id, 0));
    }

    /** Whoever reads slowly meets the kernel's timers: neighbours are asked again after 5 s, connections of UDP forgotten after 30 s. */
    static List<Learner> slowLearners() {
        return lessons().stream().flatMap(id -> Stream.of(1, 2, 6, 45).map(pause -> new Learner(id, pause))).toList();
    }

    @ParameterizedTest
    @MethodSource("slowLearners")
    void isSolvedBySomebodySlow(Learner learner) {
        isSolvedBy(learner);
    }

    /** @param pause before each command, seconds */
    record Learner(String lesson, int pause) {}

    private static void isSolvedBy(Learner learner) {
        try (var walk = new Walk(learner.lesson)) {
            for (int i = 0; i < walk.lesson().steps().size(); i++) {
                walk.answer(i);
                walk.type(i, learner.pause);
                walk.read(i);
                assertThat(walk.complaints(i)).as(learner + ": " + walk.lesson().steps().get(i).title()).isEmpty();
            }
            assertThat(walk.progress().isFinished()).isTrue();
        }
    }

    /** Before a step's commands or after them; a name that is not drawn would mark nothing. */
    @ParameterizedTest
    @MethodSource("lessons")
    void marksAndFoldsWhatIsThere(String id) {
        try (var walk = new Walk(id)) {
            for (int i = 0; i < walk.lesson().steps().size(); i++) {
                Step step = walk.lesson().steps().get(i);
                Set<String> drawn = new TreeSet<>(walk.drawn());
                walk.type(i);
                drawn.addAll(walk.drawn());
                drawn.add("rest");
                assertThat(Stream.concat(step.focus().stream(), step.fold().stream()))
                        .as(step.title())
                        .isSubsetOf(drawn)
                        .doesNotHaveDuplicates();
            }
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

    /** Those that are no challenges: a challenge's later steps ask for what may hold already. */
    static List<String> taught() {
        return lessons().stream().filter(id -> Walk.LESSONS.find(id).orElseThrow().kind() == Lesson.Kind.LESSON).toList();
    }

    /** What the packets of a step's commands do when the step is done already must not tick the next one. */
    @ParameterizedTest
    @MethodSource("taught")
    void isNotTickedByTheStepBefore(String id) {
        try (var walk = new Walk(id)) {
            for (int i = 0; i < walk.lesson().steps().size() - 1; i++) {
                walk.answer(i);
                walk.type(i);
                walk.read(i);
                walk.waitSeconds(1);
                assertThat(walk.progress().steps().get(i + 1).goals()).as(walk.lesson().steps().get(i + 1).title()).doesNotContain(true);
            }
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
