package dev.vethlab.engine.shell.expand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @ParameterizedTest
    @CsvSource({
        "a*,    abcabc, 1,  6, 3, 0",
        "*b,    abcab,  2,  5, 4, 0",
        "?,     abc,    1,  1, 2, 2",
        "[ab]c, acbc,   2,  2, 2, 2",
        "*,     abc,    0,  3, 3, 0",
        "a\\*,  a*a*,   2,  2, 2, 2",
        "x,     abc,   -1, -1, -1, -1",
        "'',    abc,    0,  0, 3, 3",
    })
    void aPatternMatchesTheShortestAndLongestStartAndEnd(
            String pattern, String text, int shortest, int longest, int shortestEnd, int longestEnd) {
        assertThat(Glob.prefix(pattern, text, false)).isEqualTo(shortest);
        assertThat(Glob.prefix(pattern, text, true)).isEqualTo(longest);
        assertThat(Glob.suffix(pattern, text, false)).isEqualTo(shortestEnd);
        assertThat(Glob.suffix(pattern, text, true)).isEqualTo(longestEnd);
    }

    @Test
    void longTextsTakeNoTimeOfTheirSquare() {
        String text = "a".repeat(1 << 20);
        assertThat(Glob.prefix("b", text, true)).isEqualTo(-1);
        assertThat(Glob.suffix("*b", text, true)).isEqualTo(-1);
        assertThat(Glob.prefix("*a", text, true)).isEqualTo(1 << 20);
    }

    @Test
    void whatTakesTooLongIsAnError() {
        assertThatThrownBy(() -> Glob.matches("*" + "a".repeat(50_000) + "b", "a".repeat(100_000))).isInstanceOf(ExpansionError.class)
                .hasMessage("vethlab: the pattern takes too many steps");
        assertThatThrownBy(() -> Glob.prefix("*a".repeat(1000) + "b", "a".repeat(100_000), true)).isInstanceOf(ExpansionError.class);
    }
}
