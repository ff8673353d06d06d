package dev.vethlab.engine.command.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has no end, or is too large to be held, is an ordinary error to whoever wants all of it. */
class EndlessInputTest {
    private final ShellBench bench = new ShellBench();

    @AfterEach
    void end() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '`', textBlock = """
            source /dev/zero                                           → bash: line 1: /dev/zero: Cannot allocate memory
            seq 10001 > f; mapfile a < f                               → vethlab: an array has 10000 elements at most
            for i in $(seq 1001); do eval "f$i() { :; }"; done         → vethlab: a shell has 1000 functions at most
            printf %9999999s x                                         → vethlab: more than 1048576 characters
            grep -E '((a{1,1000}){1,1000}){1,1000}' /etc/passwd        → grep: Regular expression too big
            grep -P '((a{1,1000}){1,1000}){1,1000}' /etc/passwd        → grep: regular expression is too large
            grep -P '(' /etc/passwd                                    → grep: missing closing parenthesis
            [[ a =~ ((a{1,1000}){1,1000}){1,1000} ]]                   → [[: invalid regular expression
            echo a | sed -E 's/((a{1,1000}){1,1000}){1,1000}/b/'       → Regular expression too big
            echo a | awk '/((a{1,1000}){1,1000}){1,1000}/'             → Regular expression too big
            jq -n '"a" | test("((a{1,1000}){1,1000}){1,1000}")'        → expression too large
            expr 99999999999 '*' 99999999999                           → 9999999999800000000001
            head -c 2GB /dev/zero | head -c 1MiB | wc -c               → 1048576
            """)
    void isAnError(String line, String says) {
        assertThat(bench.output(line)).contains(says);
    }
}
