package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page between a person and a network that fails them: what is lost of the connection is lost of nothing else. */
@QuarkusTest
class ConnectionTest {
    private static final Pattern SOCKETS = Pattern.compile(".*/ws/v1/sessions/.*");
    private static final int COUNTED = 40;
    private static final WebSocketRoute.CloseOptions LOST = new WebSocketRoute.CloseOptions().setCode(3000).setReason("cut");

    private final List<WebSocketRoute> open = new ArrayList<>();
    private boolean down;
    private LabPage lab;

    @TestHTTPResource("/")
    URI server;

    @BeforeEach
    void start() {
        lab = new LabPage(1440, 900, ColorScheme.LIGHT);
        lab.page().routeWebSocket(SOCKETS, socket -> {
            if (down) {
                socket.close(LOST);
            } else {
                open.add(socket);
                open.add(socket.connectToServer());
            }
        });
        lab.startALab(server);
        lab.stands("host");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Locator status() {
        return lab.page().locator(".status");
    }

    private void cut() {
        down = true;
        open.forEach(socket -> socket.close(LOST));
        open.clear();
    }

    @Test
    void aLostConnectionIsSaidAndNothingIsLostOrDoneTwice() {
        lab.tab("client").click();
        lab.stands("client");
        lab.tab("host").click();
        lab.stands("host");
        lab.enter("clear; for i in $(seq " + COUNTED + "); do printf \"count $i. \"; sleep 0.1; done; echo ended");
        lab.screenShows("count 5.");
        cut();
        assertThat(status()).containsText("Reconnecting… your session is safe.");
        lab.tab("client").click();
        lab.stands("client");
        lab.enter("echo typed >> file; wc -l < file");
        down = false;
        assertThat(status()).not().containsText("Reconnecting");
        lab.screenShows(Pattern.compile("file\\s*1\\s*root@client"));
        lab.tab("host").click();
        lab.stands("host");
        lab.screenShows("ended");
        String screen = lab.screen().innerText().replaceAll("[\\s\u00a0]", "");
        assertThat(Pattern.compile("count(\\d+)\\.").matcher(screen).results().map(found -> Integer.valueOf(found.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, COUNTED).boxed().toList());
    }

    @Test
    void aSessionThatRestsSaysWhatIsReplayed() {
        try (var returned = new LabPage(1440, 900, ColorScheme.LIGHT)) {
            returned.page().routeWebSocket(SOCKETS, socket ->
                    socket.onMessage(hello -> socket.send("{\"v\":1,\"type\":\"replaying\",\"commands\":37}")));
            returned.page().navigate(lab.page().url());
            assertThat(returned.page().locator(".status")).hasText("This session was resting; replaying 37 commands.");
        }
    }

    @Test
    void aPageThatWasLeftBehindSaysHowMuchItDoesNotShow() {
        open.getFirst().send("{\"v\":1,\"type\":\"events\",\"seq\":9000000000000000,\"events\":[],\"dropped\":1234}");
        assertThat(status()).containsText("This page could not keep up: 1234 packet events are not shown.");
        lab.button("Dismiss").click();
        assertThat(status()).isEmpty();
    }
}
