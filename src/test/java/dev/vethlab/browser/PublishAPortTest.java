package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first story, told in a real browser: publish a port, be refused a second time, fetch it, and see which way the packets went. */
@QuarkusTest
class PublishAPortTest {
    private static final String RUN = "docker run -d --name web -p 5001:5001 my-app";
    private static final Path PICTURES = Path.of("target/browser");
    private static final double PATIENCE_MILLISECONDS = 20_000;

    private static Chromium chromium;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;
    private String at = "host";

    @TestHTTPResource("/")
    URI server;

    @BeforeAll
    static void launch() {
        chromium = new Chromium();
    }

    @AfterAll
    static void quit() {
        chromium.close();
    }

    @BeforeEach
    void open() {
        context = chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1440, 900));
        context.setDefaultTimeout(PATIENCE_MILLISECONDS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void publishAPortAndFollowThePackets() {
        page.navigate(server.toString());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start a lab")).click();
        page.waitForURL(Pattern.compile(".*/s/[0-9a-f]{32}"));
        screenShows("root@host:~#");

        type("host", RUN);
        screenShows(Pattern.compile("[0-9a-f]{64}"));
        topologyLists("Container web", "bridge docker0, 172.17.0.1/16", "eth0, 172.17.0.2/16", "port of docker0");

        type("host", "clear; iptables -t nat -S");
        screenShows("-A DOCKER ! -i docker0 -p tcp -m tcp --dport 5001 -j DNAT --to-destination 172.17.0.2:5001");
        type("host", "clear; iptables -S DOCKER");
        screenShows("-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 5001 -j ACCEPT");

        type("host", "clear; docker run -d --name web2 -p 5001:5001 my-app; echo status $?");
        screenShows("Bind for 0.0.0.0:5001 failed: port is already allocated");
        screenShows("status 125");

        type("client", "curl http://192.168.1.10:5001/");
        screenShows(Pattern.compile("[0-9a-f]{12} saw 192\\.168\\.1\\.20"));

        page.locator(".tick.plain").filter(new Locator.FilterOptions().setHasText("SYN")).locator(".hit").first().click();
        journeyLists("192.168.1.20", "192.168.1.10:5001");
        journeyLists("LAN switch", "host", "web");
        journeyLists("-A DOCKER ! -i docker0 -p tcp -m tcp --dport 5001 -j DNAT --to-destination 172.17.0.2:5001");
        journeyLists("172.17.0.2:5001", "172.17.0.0/16 dev docker0");

        page.locator(".tick.dashed").filter(new Locator.FilterOptions().setHasText("SYN-ACK")).locator(".hit").first().click();
        journeyLists("172.17.0.2:5001", "192.168.1.10:5001", "ESTABLISHED");

        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("publish-a-port.png")));
        assertThat(complaints).isEmpty();
    }

    /** Types a line into the terminal of a node. */
    private void type(String node, String line) {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(node).setExact(true)).click();
        at = node;
        assertThat(screen()).containsText("root@" + node + ":~#");
        page.keyboard().type(line);
        page.keyboard().press("Enter");
    }

    /** What the terminal shows that was typed in last. */
    private Locator screen() {
        return page.locator(".terminal:has([aria-label='Terminal on " + at + "']) .xterm-rows");
    }

    /** The browser reads the pattern, so it is quoted as JavaScript has it; blanks may be of any kind. */
    private void screenShows(String text) {
        screenShows(Pattern.compile(text.replaceAll("[.\\[\\](){}*+?^$|\\\\/]", "\\\\$0").replace(" ", "\\s*")));
    }

    private void screenShows(Pattern text) {
        assertThat(screen()).containsText(text, new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                .setTimeout(PATIENCE_MILLISECONDS));
    }

    private void journeyLists(String... texts) {
        lists(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Packet journey")), texts);
    }

    private void topologyLists(String... texts) {
        lists(page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Topology")), texts);
    }

    private static void lists(Locator part, String... texts) {
        for (String text : texts) {
            assertThat(part).containsText(text);
        }
    }
}
