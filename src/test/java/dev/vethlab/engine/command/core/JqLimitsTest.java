package dev.vethlab.engine.command.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter can neither run for ever nor grow without end; what it may not, it says. */
class JqLimitsTest {
    private final ShellBench bench = new ShellBench();

    @AfterEach
    void end() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "def f: f; f",
        "def f: 1 + f; f",
        "[range(1e12)] | length",
        "last(repeat(1))",
        "0 | until(false; . + 1)",
        "reduce range(100) as $i ([1]; . + .) | length",
        "try (def f: f; f) catch 1",
    })
    void endlessFiltersEnd(String filter) {
        ShellBench.Answer answer = bench.run("jq -n '" + filter + "'");

        assertThat(answer.output()).isEqualTo("vethlab: jq: this filter does more than it may here\n");
        assertThat(answer.status()).isEqualTo(95);
    }

    @Test
    void longStringsAreErrors() {
        assertThat(bench.output("jq -n '\"x\" * 1e9'")).isEqualTo("jq: error (at <unknown>): Repeat string result too long\n");
    }

    @Test
    void expressionsThatBacktrackAreQuick() {
        assertThat(bench.output("jq -n '(\"a\" * 5000) | test(\"(a*)*b\")'")).isEqualTo("false\n");
    }
}
