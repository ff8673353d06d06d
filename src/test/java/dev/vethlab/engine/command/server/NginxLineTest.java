package dev.vethlab.engine.command.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.command.http.HttpServer.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NginxLineTest {
    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, GET, /, 1.1",
        "GET /a?b=c HTTP/1.0, GET, /a, 1.0",
        "HEAD http://host/a HTTP/1.1, HEAD, /a, 1.1",
        "GET http://host HTTP/1.1, GET, /, 1.1",
    })
    void beginsAHead(String line, String method, String path, String version) {
        NginxLine read = NginxLine.of(line);
        assertThat(read).isEqualTo(new NginxLine("", method, path, version));
        assertThat(read.extent()).isEqualTo(Extent.HEAD);
    }

    @Test
    void isAllThereIsToARequestWithoutAVersion() {
        NginxLine read = NginxLine.of("GET /");
        assertThat(read.isBare()).isTrue();
        assertThat(read.extent()).isEqualTo(Extent.LINE);
    }

    /** {@code ngx_http_parse_request_line} returns at the first letter that cannot be, so a head is not waited for. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "get / HTTP/1.1, 400 Bad Request",
        "\" GET / HTTP/1.1\", 400 Bad Request",
        "GET /../x HTTP/1.1, 400 Bad Request",
        "GET / HTTP/2.0, 505 HTTP Version Not Supported",
    })
    void isAnsweredAtOnceIfItIsNone(String line, String error) {
        NginxLine read = NginxLine.of(line);
        assertThat(read.error()).isEqualTo(error);
        assertThat(read.extent()).isEqualTo(Extent.LINE);
    }
}
