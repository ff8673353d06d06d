package dev.vethlab.engine.shell.expand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.shell.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code $((…))}: C's operators on 64-bit integers; messages are bash's. */
class ArithmeticTest {
    private final Variables variables = new Variables();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 + 2 * 3          | 7",
        "(1 + 2) * 3        | 9",
        "7 / 2 + 7 % 3      | 4",
        "2 ** 3 ** 2        | 512",
        "1 << 4 >> 2        | 4",
        "5 > 3 && 2 != 2    | 0",
        "-3 + +4            | 1",
        "~0 & 0xff          | 255",
        "010 + 2#101        | 13",
        "1 ? 2 : 3          | 2",
        "x = 5, x += 2, x++ | 7",
        "0 && (1 / 0)       | 0",
        "9223372036854775808 | -9223372036854775808",
        "-9223372036854775808 / -1 | -9223372036854775808",
        "99999999999999999999999 | 200376420520689663",
        "0x1ffffffffffffffff | -1",
        "36#Z + 37#z        | 70",
        "64#_@ + 62#Z       | 4155",
        "10#08              | 8",
    })
    void anExpressionHasAValue(String expression, long value) {
        assertThat(Arithmetic.evaluate(expression, variables)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1/0     | 1/0: division by 0 (error token is \"0\")",
        "1 +     | 1 +: arithmetic syntax error: operand expected (error token is \"+\")",
        "65#1    | 65#1: invalid arithmetic base (error token is \"65#1\")",
        "16#     | 16#: invalid integer constant (error token is \"16#\")",
        "0#1     | 0#1: invalid number (error token is \"0#1\")",
        "1_000   | 1_000: value too great for base (error token is \"1_000\")",
        "37#Z    | 37#Z: value too great for base (error token is \"37#Z\")",
        "08      | 08: value too great for base (error token is \"08\")",
    })
    void aMistakeHasBashsWords(String expression, String message) {
        assertThatThrownBy(() -> Arithmetic.evaluate(expression, variables)).isInstanceOf(ExpansionError.class).hasMessage(message);
    }

    @Test
    void aVariableThatNamesItselfEnds() {
        variables.set("x", "x + 1");

        assertThatThrownBy(() -> Arithmetic.evaluate("x", variables)).hasMessageContaining("expression recursion level exceeded");
    }
}
