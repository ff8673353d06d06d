package dev.vethlab.engine.command.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An awk program's texts can't grow without end, whatever makes them grow; it says so. */
class AwkLimitsTest {
    private final ShellBench bench = new ShellBench();

    @AfterEach
    void end() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "BEGIN { s = \"x\"; while (1) s = s s }",
        "BEGIN { printf \"%999999999d\", 1 }",
        "BEGIN { printf \"%*d\", 999999999, 1 }",
        "BEGIN { printf \"%s%999999s%999999s\", 1, 2, 3 }",
        "BEGIN { s = sprintf(\"%10000s\", 1); gsub(/ /, s, s) }",
        "BEGIN { s = sprintf(\"%100000s\", 1); sub(/ +/, \"&&&&&&&&&&&\", s) }",
    })
    void textsHaveAnEnd(String program) {
        assertThat(bench.run("awk '" + program + "'"))
                .isEqualTo(new ShellBench.Answer("vethlab: awk: a text has 1048576 characters at most\n", 2));
    }
}
