package dev.vethlab.engine.command.net.curl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How curl takes URLs apart, and what it says to those it cannot. */
class CurlUrlTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.10, http, 192.168.1.10, 80, /, http://192.168.1.10/",
        "http://host:8080/a?b#c, http, host, 8080, /a?b, http://host:8080/a?b",
        "https://example.com, https, example.com, 443, /, https://example.com/",
        "http://me:pw@host?q=1, http, host, 80, /?q=1, http://me:pw@host/?q=1"
    })
    void partsOfAUrl(String text, String scheme, String host, int port, String target, String effective) throws CurlFailure {
        CurlUrl url = CurlUrl.parse(text);
        assertThat(url.scheme()).isEqualTo(scheme);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.target()).isEqualTo(target);
        assertThat(url.text()).isEqualTo(effective);
    }

    @ParameterizedTest
    @CsvSource({
        "http://, URL rejected: No host present",
        "http://a b/, URL rejected: Malformed input to a URL function",
        "http://host:99999/, URL rejected: Port number was not a decimal number between 0 and 65535",
        "foo://x, Protocol \"foo\" not supported"
    })
    void whatIsNoUrl(String text, String complaint) {
        assertThatThrownBy(() -> CurlUrl.parse(text)).isInstanceOf(CurlFailure.class).hasMessage(complaint);
    }

    @Test
    void bracesAndRangesStandForSeveralUrls() {
        assertThat(UrlGlob.expand("http://h/{a,b}[1-2]")).extracting(UrlGlob::url).containsExactly("http://h/a1", "http://h/a2", "http://h/b1", "http://h/b2");
        assertThat(UrlGlob.expand("http://h/[08-10]")).extracting(UrlGlob::url).containsExactly("http://h/08", "http://h/09", "http://h/10");
    }

    @Test
    void aLocationMayBeRelative() throws CurlFailure {
        CurlUrl url = CurlUrl.parse("http://host:81/dir/page");
        assertThat(url.resolve("/top").text()).isEqualTo("http://host:81/top");
        assertThat(url.resolve("next").text()).isEqualTo("http://host:81/dir/next");
        assertThat(url.resolve("http://other/").text()).isEqualTo("http://other/");
    }
}
