package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** axe-core finds nothing to object to in any state of the page, in either theme, on a desk, on a telephone and on a tablet. */
@QuarkusTest
class AccessibilityTest {
    private static final Path AXE = Path.of("frontend/node_modules/axe-core/axe.min.js");
    private static final String FIND = """
            async () => (await axe.run()).violations.flatMap(violation => violation.nodes.map(node =>
                `${violation.id}: ${node.target.join(" ")}: ${node.any.concat(node.all, node.none).map(check => check.message).join("; ")}`))
            """;

    private final List<String> violations = new ArrayList<>();

    @TestHTTPResource("/")
    URI server;

    static Stream<Arguments> screens() {
        var everywhere = Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                .flatMap(theme -> Stream.of(Arguments.of(theme, 1440, 900), Arguments.of(theme, 390, 844)));
        return Stream.concat(everywhere, Stream.of(Arguments.of(ColorScheme.LIGHT, 844, 390), Arguments.of(ColorScheme.DARK, 768, 1024)));
    }

    @ParameterizedTest
    @MethodSource("screens")
    void nothingIsInTheWayOfAnyone(ColorScheme theme, int width, int height) {
        try (var lab = new LabPage(width, height, theme)) {
            Page page = lab.page();
            page.addInitScript(AXE);

            page.navigate(server.toString());
            inspect(page, "landing");
            lab.startALab(server);
            page.locator(".scene").waitFor();
            inspect(page, "empty playground");

            part(lab, "Terminal");
            lab.type("host", "docker run -d --name web -p 5001:5001 my-app");
            lab.type("client", "curl http://192.168.1.10:5001/; echo status $?");
            lab.screenShows("status 0");
            inspect(page, "terminal after curl");
            part(lab, "Topology");
            page.locator(".tick.plain").filter(new Locator.FilterOptions().setHasText("SYN")).first().click();
            inspect(page, "packet in the topology");
            part(lab, "Journey");
            lab.journeyLists("DNAT");
            inspect(page, "packet's journey");

            lab.button("Netfilter map").click();
            page.locator(".map .station.dnat, .map .station[role=button]").first().click();
            inspect(page, "netfilter map");
            lab.button("Close the netfilter map").click();
            lab.button("Step").click();
            assertThat(page.getByText("Held", new Page.GetByTextOptions().setExact(true))).isVisible();
            inspect(page, "held");
            lab.button("Live").first().click();
            part(lab, "Topology");
            search(page).fill("1");
            inspect(page, "search");
            lab.press("Enter");
            inspect(page, "found, with the small map");
            lab.press("Escape");

            lab.button("Share").click();
            page.getByLabel("Link").or(page.locator("dialog [role=status]")).first().waitFor();
            inspect(page, "share dialog");
            String link = page.getByLabel("Link", new Page.GetByLabelOptions().setExact(true)).inputValue();
            lab.press("Escape");
            lab.button("Keys and signs").click();
            inspect(page, "keys and signs");
            lab.press("Escape");

            part(lab, "Terminal");
            lab.button("Open a terminal").click();
            inspect(page, "menu of terminals");
            lab.press("Escape");
            lab.button("Screen reader mode").focus();
            lab.press("Enter");
            inspect(page, "screen reader mode");
            for (String node : List.of("machine:host", "device:host//docker0", "station:host/PREROUTING")) {
                part(lab, "Topology");
                page.locator("svg [data-node='" + node + "']").first().dispatchEvent("click");
                lab.inspector().locator(".fold").first().waitFor();
                inspect(page, "inspector of " + node);
            }
            part(lab, "Topology");
            page.locator(".grip[data-node*=client]").first().dispatchEvent("click");
            assertThat(lab.inspector()).containsText("VLANs");
            inspect(page, "inspector of a cable");

            page.navigate(link.replace("/share/", "/embed/"));
            page.locator(".scene").waitFor();
            inspect(page, "embedded");

            page.navigate(server.toString());
            page.locator("[data-lesson='03-publish-a-port']").first().click();
            lab.isInALab();
            page.locator("li.step.open").waitFor();
            inspect(page, "lesson");
            page.locator("input[value='RST-ACK']").check();
            page.getByText("Predict", new Page.GetByTextOptions().setExact(true)).first().click();
            page.locator("li.step.open .run button").click();
            part(lab, "Lesson");
            page.locator("li.step.open[data-state=done]").waitFor();
            inspect(page, "lesson's first step done");
            page.navigate(page.url() + "/summary");
            inspect(page, "summary");
            page.navigate(server.toString());
            page.getByText("go on at step 2").waitFor();
            inspect(page, "landing with a lesson begun");
            page.navigate(server.resolve("/s/" + "0".repeat(32)).toString());
            inspect(page, "gone page");
        }
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("screens")
    void nothingIsInTheWayOfAWorkshop(ColorScheme theme, int width, int height) {
        try (var organiser = new LabPage(width, height, theme);
                var participant = new LabPage(width, height, theme)) {
            Page desk = organiser.page();
            desk.addInitScript(AXE);
            desk.navigate(server.resolve("/workshops/new").toString());
            inspect(desk, "new workshop");
            desk.getByLabel("Every seat begins with").selectOption("world:bare");
            organiser.button("Make the workshop").click();
            assertThat(desk.getByText("Nobody has joined yet.")).isVisible();
            inspect(desk, "workshop without seats");
            String code = desk.locator(".code").innerText();

            Page seat = participant.page();
            seat.addInitScript(AXE);
            seat.navigate(server.resolve("/join").toString());
            inspect(seat, "join");
            seat.navigate(server.resolve("/w/" + code).toString());
            inspect(seat, "join with a code");
            seat.getByLabel("Your name").fill("\u202e");
            participant.button("Take a seat").click();
            assertThat(seat.getByRole(AriaRole.ALERT)).isVisible();
            inspect(seat, "a name that cannot be");
            seat.getByLabel("Your name").fill("Ada");
            participant.button("Take a seat").click();
            seat.waitForURL(Pattern.compile(".*/s/[A-Za-z0-9_-]{22}"));
            seat.locator(".scene").waitFor();
            inspect(seat, "seat");

            part(participant, "Terminal");
            participant.type("host", "false; false");
            participant.enter("false");
            participant.enter("false");
            assertThat(desk.locator("tbody tr")).containsText("stuck");
            inspect(desk, "workshop with a seat that is stuck");
            organiser.button("Show my terminal to all").click();
            assertThat(seat.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("What the organiser shows"))).isVisible();
            inspect(seat, "seat that is shown a terminal");
            desk.getByLabel("Reset Ada").click();
            inspect(desk, "to reset a seat");
            desk.keyboard().press("Escape");
            organiser.button("Close").click();
            inspect(desk, "to close the workshop");
            organiser.button("Close the workshop").click();
            assertThat(desk.getByText("closed")).isVisible();
            inspect(desk, "closed workshop");
        }
        assertThat(violations).isEmpty();
    }

    private static Locator search(Page page) {
        return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Find in the drawing"));
    }

    /** Where not all has room, parts of the page are behind tabs. */
    private static void part(LabPage lab, String name) {
        Locator tab = lab.page().locator(".narrow-tabs [data-for=" + name.toLowerCase(Locale.ROOT) + "]");
        if (tab.isVisible()) {
            tab.click();
        }
    }

    private void inspect(Page page, String state) {
        for (Object violation : (List<?>) page.evaluate(FIND)) {
            violations.add(state + ": " + violation);
        }
        if ((boolean) page.evaluate("() => document.documentElement.scrollWidth > innerWidth")) {
            violations.add(state + ": wider than the screen");
        }
    }
}
