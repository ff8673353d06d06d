package dev.vethlab.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.workshop.format.LessonException;
import dev.vethlab.workshop.format.LessonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LessonReaderTest {
    private static final String LESSON = """
            ---
            title: A lesson
            summary: Says one thing.
            minutes: 3
            setup:
              - host: docker network create app
            ---
            Before the steps.

            ## Look around

            Some *text* with <b>markup</b>.

            ```run host
            ip route
            ```

            ```predict way
            ask: Which way?
            choices: [172.17.0.2, "It is dropped": dropped]
            answer: dropped
            see: {at: host, flags: SYN, field: outcome}
            ```

            ```focus
            host/PREROUTING
            ```

            ```fold
            rest
            ```

            ```check
            text: "`web` runs"
            container: web
            ```
            """;

    @Test
    void aLessonHasStepsWithTextCommandsQuestionsAndGoals() {
        Lesson lesson = LessonReader.read("07-look", LESSON);

        assertThat(lesson.number()).isEqualTo(7);
        assertThat(lesson.setup()).containsExactly(new Line("host", "docker network create app"));
        assertThat(lesson.introduction()).contains("<p>Before the steps.</p>");
        assertThat(lesson.steps()).singleElement().satisfies(step -> {
            assertThat(step.title()).isEqualTo("Look around");
            assertThat(step.solution()).containsExactly(new Line("host", "ip route"));
            assertThat(step.questions().getFirst().shown("dropped")).isEqualTo("It is dropped");
            assertThat(step.focus()).containsExactly("host/PREROUTING");
            assertThat(step.fold()).containsExactly("rest");
            assertThat(step.goals().getFirst().text()).isEqualTo("<code>web</code> runs");
        });
    }

    @Test
    void aChoiceMayStandForAllThatNoOtherSays() {
        String text = LESSON.replace("[172.17.0.2, \"It is dropped\": dropped]", "[\"It keeps the port\": \"40000\", \"It gets another\": other]")
                .replace("answer: dropped", "answer: other");
        Question question = LessonReader.read("l", text).steps().getFirst().questions().getFirst();
        assertThat(question.truth("40000")).isEqualTo("40000");
        assertThat(question.truth("61042")).isEqualTo("other");
        assertThat(LessonReader.read("l", LESSON).steps().getFirst().questions().getFirst().truth("delivered")).isEqualTo("delivered");
    }

    @Test
    void markupInALessonIsText() {
        String html = LessonReader.read("l", LESSON).steps().getFirst().html();
        assertThat(html).contains("<em>text</em>").contains("&lt;b&gt;markup&lt;/b&gt;").doesNotContain("<b>");
        assertThat(LessonReader.read("l", LESSON.replace("ip route", "echo '<i>\"&'")).steps().getFirst().html())
                .contains("data-command=\"echo '&lt;i&gt;&quot;&amp;'\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title: A lesson            | titel: A lesson              | l.md:2: "title" is missing
            minutes: 3                 | minutes: soon                | l.md:2: "minutes" cannot be "soon"
            minutes: 3                 | minutes: 3\\nworld: moon     | l.md:2: "world" cannot be "moon"
            summary: Says one thing.   | summary: [                   | l.md:5: expected
            ```run host                | ```run                       | l.md:14: where to type it is missing
            ```run host                | ```walk host                 | l.md:14: unknown block "walk"
            ```predict way             | ```predict                   | l.md:18: a question needs a name
            answer: dropped            | answer: lost                 | l.md:19: the answer "lost" is none of the choices
            choices: [172.17.0.2,      | choices: [null,              | l.md:19: "choices" has an empty entry
            flags: SYN,                | flag: SYN,                   | l.md:19: unknown key "flag"
            at: host,                  | at: host, stage: NOWHERE,    | l.md:19: "stage" cannot be "NOWHERE"
            field: outcome             | field: colour                | l.md:19: "field" cannot be "colour"
            container: web             | containers: web              | l.md:34: what to check is missing
            container: web             | container: web\\nmore: 1     | l.md:34: unknown key "more"
            host/PREROUTING            | host/Prerouting              | l.md:25: "host/Prerouting": the drawing writes PREROUTING
            rest                       | all the rest                 | l.md:29: "all the rest" is no name of the drawing
            ## Look around             | # Look around                | l.md:10: the title belongs into the front matter
            """)
    void whatIsWrongIsSaidWithFileAndLine(String right, String wrong, String message) {
        String text = LESSON.replace(right, wrong.replace("\\n", "\n"));
        assertThat(text).isNotEqualTo(LESSON);
        assertThatThrownBy(() -> LessonReader.read("l", text)).isInstanceOf(LessonException.class).hasMessageStartingWith(message);
    }

    @Test
    void aLessonOnDiskIsPickedUpWhenItChanges(@TempDir Path directory) throws IOException {
        List<String> complaints = new ArrayList<>();
        var lessons = new Lessons(directory, complaints::add);
        Path file = directory.resolve("99-mine.md");
        assertThat(lessons.find("99-mine")).isEmpty();

        Files.writeString(file, LESSON);
        assertThat(lessons.find("99-mine")).map(Lesson::title).contains("A lesson");

        Files.writeString(file, LESSON.replace("A lesson", "A better lesson"));
        assertThat(lessons.find("99-mine")).map(Lesson::title).contains("A better lesson");

        Files.writeString(file, LESSON.replace("container: web", "nothing: web"));
        assertThat(lessons.find("99-mine")).isEmpty();
        lessons.all();
        assertThat(complaints).singleElement().asString().startsWith("99-mine.md:34: ");

        Files.delete(file);
        assertThat(lessons.find("99-mine")).isEmpty();
    }

    @Test
    void aFileThatIsNoTextIsComplainedOfOnce(@TempDir Path directory) throws IOException {
        List<String> complaints = new ArrayList<>();
        var lessons = new Lessons(directory, complaints::add);
        Files.write(directory.resolve("99-mine.md"), new byte[] {'-', '-', '-', (byte) 0xFF});
        assertThat(lessons.find("99-mine")).isEmpty();
        assertThat(lessons.find("99-mine")).isEmpty();
        assertThat(complaints).containsExactly("99-mine.md:1: this is not UTF-8");
    }

    @Test
    void aLessonOnDiskStandsForTheProductsOwn(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("03-publish-a-port.md"), LESSON);
        var lessons = new Lessons(directory, complaint -> {});
        assertThat(lessons.find("03-publish-a-port")).map(Lesson::title).contains("A lesson");
    }
}
