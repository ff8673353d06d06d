package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways into a lab and out of it, and what it shows when asked: landing page, inspector, share dialog, embedding. */
@QuarkusTest
class AroundTheLabTest {
    private static final Path ASSETS = Path.of("frontend/dist");
    private static final int MOST_SCRIPT = 200 << 10;
    private static final String EVIL = "<img src=x onerror=document.title=1>";

    private LabPage lab;

    @TestHTTPResource("/")
    URI server;

    @BeforeEach
    void open() {
        lab = new LabPage(1440, 900, ColorScheme.DARK);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Locator node(String id) {
        return lab.page().locator("svg [data-node=\"" + id + "\"]").first();
    }

    @Test
    void theInspectorFollowsTheKernelAlsoWhileItIsStepped() {
        lab.startALab(server);
        lab.type("host", "docker run -d --name web -p 5001:5001 my-app");
        lab.topologyLists("Container web");
        node("station:host/PREROUTING").click();
        assertThat(lab.inspector()).containsText("--dport 5001 -j DNAT --to-destination 172.17.0.2:5001");
        Locator dnat = lab.inspector().locator(".rule").filter(new Locator.FilterOptions().setHasText("DNAT"));
        assertThat(dnat.locator(".count")).hasText("0 pkts · 0 B");
        lab.button("Step").click();
        lab.type("client", "curl http://192.168.1.10:5001/");
        while (!dnat.locator(".count").innerText().startsWith("1 ")) {
            // a person looks at what a step did before taking the next: the inspector asks again after each
            lab.page().waitForResponse(response -> response.url().contains("/inspect?"), () -> lab.button("packet ▶▶").click());
            lab.page().evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        }
        assertThat(lab.page().locator(".status")).containsText("Held: the network is being stepped");
        node("machine:client").click();
        assertThat(lab.inspector()).containsText("SYN-SENT");
        assertThat(lab.complaints()).isEmpty();
    }

    @Test
    void theInspectorLeadsOnAndKeepsWhatIsFolded() {
        lab.startALab(server);
        lab.type("host", "docker run -d --name web my-app");
        lab.topologyLists("Container web");
        node("device:host//docker0").click();
        lab.inspector().getByText("Forwarding database").click();
        lab.inspector().getByRole(AriaRole.BUTTON).filter(new Locator.FilterOptions().setHasText("veth")).first().click();
        assertThat(lab.inspector().getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(2))).hasText("veth end in host");
        lab.inspector().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("docker0").setExact(true)).click();
        assertThat(lab.inspector()).containsText("Bridge in host");
        assertThat(lab.inspector().locator("details[data-fold='Forwarding database']")).not().hasAttribute("open", "");
        lab.inspector().locator(".cmd").filter(new Locator.FilterOptions().setHasText("bridge fdb show br docker0")).click();
        assertThat(lab.screen("host")).containsText("master docker0");
    }

    @Test
    void aCableIsInspectedByPointerAndByKeys() {
        lab.startALab(server);
        lab.type("host", "docker run -d --name web my-app");
        lab.topologyLists("Container web");
        lab.page().locator(".grip[data-node*='device:host//veth']").first().dispatchEvent("click");
        assertThat(lab.inspector()).containsText("veth pair");
        assertThat(lab.inspector()).containsText("eth0 in web");
        lab.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("cable of eth0")).first().focus();
        lab.press("Enter");
        assertThat(lab.inspector()).containsText("eth0 ⇄ to-host");
        assertThat(lab.inspector()).containsText("MTU");
        assertThat(lab.page().locator(".wire.inspected")).hasCount(1);
        assertThat(lab.complaints()).isEmpty();
    }

    @Test
    void whatIsTypedIsTextEverywhere() {
        lab.startALab(server);
        lab.type("host", "ip netns add '" + EVIL + "'; iptables -A FORWARD -m comment --comment '" + EVIL + "' -j ACCEPT");
        lab.type("host", "docker run -d --label '" + EVIL + "' -e 'X=" + EVIL + "' --name web my-app; echo '" + EVIL + "'; echo done");
        lab.screenShows("done");
        lab.topologyLists("Container web", EVIL);
        node("machine:host").click();
        assertThat(lab.inspector()).containsText(EVIL);
        node("station:host/FORWARD").click();
        assertThat(lab.inspector()).containsText(EVIL);
        assertThat(lab.page().locator("img")).hasCount(0);
        assertThat(lab.page().title()).isEqualTo("Vethlab");
        lab.button("Share").click();
        String share = lab.page().getByLabel("Link", new Page.GetByLabelOptions().setExact(true)).inputValue();
        lab.page().navigate(share);
        lab.topologyLists("Container web", EVIL);
        assertThat(lab.page().locator("img")).hasCount(0);
        assertThat(lab.complaints()).isEmpty();
    }

    @Test
    void theTopOfTheLandingPageLeadsToAllOfIt() {
        lab.page().navigate(server.toString());
        for (String way : new String[] {"Take a lesson", "Repair a broken host", "Open a link", "Paste a compose file"}) {
            Locator link = lab.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(way));
            assertThat(link).isInViewport();
            link.click();
            assertThat(lab.page().locator(link.getAttribute("href"))).isInViewport();
            lab.page().evaluate("() => scrollTo(0, 0)");
        }
    }

    @Test
    void aComposeFileIsPastedAndUp() {
        lab.page().navigate(server.toString());
        lab.page().getByLabel("Paste a compose file").fill("services:\n  web:\n    image: my-app\n    ports: [\"5001:5001\"]\n");
        lab.button("Start with it").click();
        lab.isInALab();
        lab.stands("host");
        lab.screenShows("Container root-web-1 Started");
        lab.topologyLists("Container root-web-1");
        lab.enter("clear; cat compose.yaml");
        lab.screenShows("ports: [\"5001:5001\"]");
        assertThat(lab.complaints()).isEmpty();
    }

    @Test
    void aSharedLinkIsOpenedFromTheLandingPage() {
        lab.startALab(server);
        lab.type("host", "docker run -d --name web my-app");
        lab.topologyLists("Container web");
        lab.button("Share").click();
        assertThat(lab.page().getByRole(AriaRole.RADIO).first()).isChecked();
        assertThat(lab.page().getByLabel("Embed snippet", new Page.GetByLabelOptions().setExact(true))).hasValue(
                Pattern.compile("<iframe src=\"http://.*/embed/[\\w-]+\" .*></iframe>"));
        String share = lab.page().getByLabel("Link", new Page.GetByLabelOptions().setExact(true)).inputValue();
        lab.page().navigate(server.toString());
        Locator link = lab.page().getByLabel("Open a link");
        link.fill("https://example.com/share/1");
        lab.button("Open").click();
        assertThat(lab.page().getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("no link"))).isVisible();
        link.fill(share);
        lab.button("Open").click();
        lab.isInALab();
        lab.topologyLists("Container web");
    }

    @Test
    void whoWatchesIsToldSoAndRefusedNothingThatThePageDoesByItself() {
        lab.startALab(server);
        lab.type("host", "echo from the owner");
        lab.button("Share").click();
        lab.button("Link for watching").click();
        String link = lab.page().getByLabel("Link for watching", new Page.GetByLabelOptions().setExact(true)).inputValue();
        try (var watcher = new LabPage(1024, 768, ColorScheme.LIGHT)) {
            watcher.page().navigate(link);
            assertThat(watcher.page().locator(".watching")).hasText("watching");
            watcher.stands("host");
            watcher.screenShows("from the owner");
            watcher.page().setViewportSize(1100, 700);
            watcher.tab("client").click();
            lab.press("Escape");
            lab.type("host", "docker run -d --name web my-app");
            watcher.topologyLists("Container web");
            assertThat(watcher.page().locator(".status p")).hasCount(0);
        }
    }

    @Test
    void allPacketsOfTheSessionAndThoseOfOneThingAreDownloaded() throws IOException {
        lab.startALab(server);
        lab.type("host", "docker run -d --name web my-app");
        lab.type("host", "ping -c 1 172.17.0.2; echo status $?");
        lab.screenShows("status 0");
        lab.button("Share").click();
        long all = downloaded("All that are kept (pcapng)");
        lab.press("Escape");
        lab.page().locator("svg [data-node='device:host//docker0']").first().dispatchEvent("click");
        assertThat(downloaded("Packets (pcapng)")).isLessThan(all);
    }

    /** The octets of a capture file behind a link. */
    private long downloaded(String link) throws IOException {
        Locator shown = lab.page().getByText(link, new Page.GetByTextOptions().setExact(true));
        byte[] file = Files.readAllBytes(lab.page().waitForDownload(shown::click).path());
        assertThat(file).startsWith(0x0a, 0x0d, 0x0d, 0x0a);
        return file.length;
    }

    @Test
    void aSessionIsEmbeddedInAnotherPage() {
        lab.startALab(server);
        lab.type("host", "docker run -d --name web my-app");
        lab.topologyLists("Container web");
        lab.button("Share").click();
        String snippet = lab.page().getByLabel("Embed snippet", new Page.GetByLabelOptions().setExact(true)).inputValue();
        lab.page().route("**/docs", route -> route.fulfill(new Route.FulfillOptions().setContentType("text/html")
                .setBody(snippet.replace("960", "640").replace("560", "400"))));
        lab.page().navigate(server.resolve("/docs").toString());
        var frame = lab.page().frameLocator("iframe");
        assertThat(frame.locator("svg.scene")).containsText("web");
        assertThat(frame.locator("svg.scene")).containsText("PREROUTING");
        assertThat(frame.locator("svg.scene")).not().containsText("…");
        assertThat(frame.locator(".xterm-rows")).containsText("root@host:~#");
        assertThat(frame.locator("header.top")).isHidden();
        frame.locator("[data-terminal]:not([hidden])").click();
        lab.enter("docker ps --format '{{.Names}} is here'");
        assertThat(frame.locator(".xterm-rows").first()).containsText("web is here");
        assertThat(lab.complaints()).isEmpty();
    }

    @Test
    void theBrowserHasNothingToDrawWhileNothingHappens() {
        lab.startALab(server);
        lab.stands("host");
        lab.page().waitForFunction("() => document.getAnimations().length === 0");
        assertThat(lab.complaints()).isEmpty();
    }

    @Test
    void theScriptBeforeTheTerminalIsSmall() throws IOException {
        long bytes = 0;
        try (var files = Files.list(ASSETS)) {
            for (Path script : files.filter(file -> file.toString().endsWith(".js") && !file.getFileName().toString().startsWith("landing")).toList()) {
                var compressed = new ByteArrayOutputStream();
                try (var gzip = new GZIPOutputStream(compressed)) {
                    Files.copy(script, gzip);
                }
                bytes += compressed.size();
            }
        }
        assertThat(bytes).isBetween(1L, (long) MOST_SCRIPT);
    }

    @Test
    void theLandingPageAsksForLittle() {
        List<String> scripts = new java.util.ArrayList<>();
        lab.page().onRequest(request -> {
            if (request.resourceType().equals("script")) {
                scripts.add(request.url());
            }
        });
        lab.page().navigate(server.toString());
        assertThat(lab.page().locator(".card").first()).isVisible();
        assertThat(scripts).noneMatch(url -> url.contains("/play-"));
        assertThat(lab.page().locator(".card svg.picture").first()).isVisible();
    }
}
