package dev.vethlab.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlanksTest {
    @Test
    void sameWordsAtAnotherColumnAreMisaligned() {
        assertThat(Blanks.misaligned(List.of("NAME   PID", "web     12"), List.of("NAME  PID", "web    34")))
                .containsExactly("-NAME   PID|", "+NAME  PID|", "-web     12|", "+web    34|");
    }

    @Test
    void blanksAtTheEndCount() {
        assertThat(Blanks.misaligned(List.of("State "), List.of("State"))).containsExactly("-State |", "+State|");
    }

    @Test
    void wordsOfAnotherLengthMoveWhatFollows() {
        assertThat(Blanks.misaligned(List.of("NAME   PID", "web      1"), List.of("NAME  PID", "web    34"))).isEmpty();
    }
}
