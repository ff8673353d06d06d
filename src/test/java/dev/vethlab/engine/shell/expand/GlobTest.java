package dev.vethlab.engine.shell.expand;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of the shell. */
class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*,          anything,  true",
        "a*c,        abbbc,     true",
        "a*c,        abbb,      false",
        "?b?,        abc,       true",
        "?,          ab,        false",
        "[abc]x,     bx,        true",
        "[!abc]x,    bx,        false",
        "[a-f]9,     e9,        true",
        "[[:digit:]]*, 7up,     true",
        "a\\*b,      a*b,       true",
        "a\\*b,      axb,       false",
        "[]]x,       ]x,        true",
        "[ab,        [ab,       true",
    })
    void aPatternMatchesTheWholeText(String pattern, String text, boolean matches) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void manyStarsTakeNoExponentialTime() {
        assertThat(Glob.matches("*a".repeat(50) + "b", "a".repeat(5_000))).isFalse();
    }
}
