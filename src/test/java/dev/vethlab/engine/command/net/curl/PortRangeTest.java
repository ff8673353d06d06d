package dev.vethlab.engine.command.net.curl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.command.net.curl.CurlOptions.PortRange;
import dev.vethlab.engine.packet.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {
    @ParameterizedTest
    @CsvSource({"5000, 5000, 5000", "5000-5010, 5000, 5010", "5000 - 5010, 5000, 5010", "0-65535, 0, 65535"})
    void hasAFirstAndALastPort(String text, int first, int last) {
        assertThat(PortRange.parse(text)).isEqualTo(new PortRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "x", "5000-", "-5000", "5010-5000", "65536", "5000-65536", "1-2-3", "123456"})
    void isNoneOtherwise(String text) {
        assertThat(PortRange.parse(text)).isNull();
    }

    @Test
    void isTheLastThatWasGiven() throws CurlFailure {
        assertThat(options("http://a").localPorts).isEqualTo(PortRange.ANY);
        assertThat(options("--local-port", "1-2", "--local-port", "7", "http://a").localPorts).isEqualTo(new PortRange(7, 7));
        assertThatThrownBy(() -> options("--local-port", "2-1", "http://a"))
                .hasMessageContaining("option --local-port: is badly used here");
    }

    private static CurlOptions options(String... arguments) throws CurlFailure {
        var argv = new ArrayList<>(List.of("curl"));
        argv.addAll(List.of(arguments));
        return CurlOptions.parse(argv, path -> Bytes.EMPTY);
    }
}
