package dev.vethlab.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.transcript.Replayer.Answer;
import dev.vethlab.transcript.Replayer.Typist;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison itself can fail, and for the right reasons. */
class ReplayerTest {
    private static final Transcript RECORDED = Transcript.parse(
            "example",
            """
            # An example
            # world: net
            # dockerd: --icc=false
            host$ first
            one  two

            three
            [3]
            client% second
            said nothing of interest
            """);

    @Test
    void readsHeaderCommandsAndStatus() {
        assertThat(RECORDED.world()).isEqualTo("net");
        assertThat(RECORDED.dockerd()).isEqualTo("--icc=false");
        assertThat(RECORDED.commands())
                .containsExactly(
                        new Transcript.Command("host", true, "first", List.of("one  two", "", "three"), 3),
                        new Transcript.Command("client", false, "second", List.of("said nothing of interest"), 0));
    }

    @Test
    void blankLinesAtTheEndDoNotCount() {
        assertThat(replay(new Answer("one  two\n\nthree\n\n", 3), new Answer("", 0)).isWhole()).isTrue();
    }

    @Test
    void otherBlanksBetweenTheSameWordsAreADifference() {
        Replayer.Result result = replay(new Answer("one two\n\nthree\n", 3), new Answer("", 0));
        assertThat(result.isWhole()).isFalse();
        assertThat(result.differences()).isEqualTo("""
                  host$ first
                    -one  two|
                    +one two|
                """);
    }

    @Test
    void otherOutputIsADifference() {
        Replayer.Result result = replay(new Answer("one two\n\nfour\n", 3), new Answer("", 0));
        assertThat(result.isWhole()).isFalse();
        assertThat(result.differences()).isEqualTo("""
                  host$ first
                    -three
                    +four
                """);
    }

    @Test
    void anotherExitStatusIsADifferenceEvenWhereOutputIsNotCompared() {
        Replayer.Result result = replay(new Answer("one  two\n\nthree\n", 3), new Answer("", 1));
        assertThat(result.equal()).isEqualTo(1);
        assertThat(result.differences()).isEqualTo("  client% second   [exit 1, recorded 0]\n");
    }

    @Test
    void commentsInTheListOfKnownFailuresAreNoNames() {
        assertThat(KnownFailures.parse("# why\n\nkernel/shell\n")).containsExactly("kernel/shell");
    }

    private static Replayer.Result replay(Answer first, Answer second) {
        return new Replayer((world, dockerd) -> new Typist() {
                    @Override
                    public Answer type(String node, String command) {
                        return command.equals("first") ? first : second;
                    }

                    @Override
                    public void close() {}
                })
                .replay(RECORDED);
    }
}
