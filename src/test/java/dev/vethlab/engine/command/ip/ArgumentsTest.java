package dev.vethlab.engine.command.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.command.ip.Arguments.Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words as iproute2's {@code lib/utils.c} reads them. */
class ArgumentsTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,            10.0.0.1",
        "10.0.0.0/24,         10.0.0.0/24",
        "10.1/16,             10.1.0.0/16",
        "10,                  10.0.0.0",
        "10.0.0.0/255.255.0.0, 10.0.0.0/16",
        "0x0a.0.0.010,        10.0.0.8",
        "default,             default",
        "0/0,                 default",
    })
    void aPrefixMayBeShortAndItsMaskWrittenOut(String word, String meaning) {
        assertThat(Arguments.prefix(word).text()).isEqualTo(meaning);
    }

    @Test
    void whetherALengthWasWrittenIsRemembered() {
        assertThat(Arguments.prefix("10.0.0.1")).isEqualTo(new Prefix(0x0A000001, 32, false));
        assertThat(Arguments.prefix("10.0.0.1/32")).isEqualTo(new Prefix(0x0A000001, 32, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.300", "10.0.0.0/33", "10.0.0.0/foo", "foo", "1.2.3.4.5", "", "10.0.0.0/255.0.255.0"})
    void whatIsNoPrefixIsRefusedInTheWordsOfTheRealOne(String word) {
        assertThatThrownBy(() -> Arguments.prefix(word))
                .isInstanceOf(IpFailure.class)
                .hasMessage("Error: any valid prefix is expected rather than \"" + word + "\".");
    }

    @Test
    void aKeywordMayBeAbbreviatedButNotToNothing() {
        assertThat(Arguments.matches("addr", "address")).isTrue();
        assertThat(Arguments.matches("address", "address")).isTrue();
        assertThat(Arguments.matches("addresses", "address")).isFalse();
        assertThat(Arguments.matches("", "address")).isFalse();
    }

    @Test
    void aMissingWordMakesTheCommandIncomplete() {
        assertThatThrownBy(() -> new Arguments(List.of()).next())
                .isInstanceOf(IpFailure.class)
                .hasMessage("Command line is not complete. Try option \"help\"");
    }
}
