package dev.vethlab.engine.shell.expand;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repetitions within repetitions multiply; all else adds up. */
class BoundedPatternTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "(a{1000}){1000}", "(a{0,1000}){1000,}", "((([ab]{99}){99}){99})", "(?:x{100}){100}{100}", "(\\p{L}{1000}){1000}", "([[:alpha:]]{1000}){50}",
        "(a{1000}|b{1000}){1000}"
    })
    void nestedRepetitionsAreRefused(String regex) {
        assertThatThrownBy(() -> BoundedPattern.compile(regex, 0))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("expression too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a{1000}", "(a{100}){90}", "[]{1000}{1000}]", "\\{1000\\}\\{1000\\}", "[^]{9}]+", "[[:alpha:]{}]*", "([0-9]{1,3}\\.){3}[0-9]{1,3}", "a{b}{c}",
        "\\x{41}{9}"
    })
    void whatPeopleWriteIsNot(String regex) {
        assertThatCode(() -> BoundedPattern.compile(regex, 0)).doesNotThrowAnyException();
    }
}
