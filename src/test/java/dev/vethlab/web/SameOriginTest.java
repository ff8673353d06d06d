package dev.vethlab.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080, true",
        "https://lab.example,   lab.example,    true",
        ",                      localhost:8080, true",
        "http://evil.example,   localhost:8080, false",
        "http://localhost:9,    localhost:8080, false",
        "null,                  localhost:8080, false",
        "http://[,              localhost:8080, false"
    })
    void onlyPagesOfThisServerMayConnect(String origin, String host, boolean allowed) {
        assertThat(SameOrigin.is(origin, host)).isEqualTo(allowed);
    }
}
