package dev.vethlab.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The log says what failed and where, and not what somebody typed. */
class WordlessTest {
    @Test
    void keepsKindAndPlace() {
        var text = new StringWriter();
        new Wordless(new IllegalStateException("curl -u me:secret", new NumberFormatException("secret")))
                .printStackTrace(new PrintWriter(text, true));
        assertThat(text.toString())
                .contains("java.lang.IllegalStateException", "java.lang.NumberFormatException", "WordlessTest.keepsKindAndPlace")
                .doesNotContain("secret");
    }
}
