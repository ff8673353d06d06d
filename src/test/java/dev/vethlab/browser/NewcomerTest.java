package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Somebody who has never been here is led from an empty lab to a packet's first stage, on a desk and on a telephone. */
@QuarkusTest
class NewcomerTest {
    private static final String BEGIN = "docker run -d --name web -p 5001:5001 my-app";
    private static final String KNOCK = "curl 192.168.1.10:5001";

    @TestHTTPResource("/")
    URI server;

    @Test
    void aLineSaysWhatToDoNextUntilAPacketWasFollowed() {
        try (var lab = new LabPage(1440, 900, ColorScheme.LIGHT)) {
            lab.startALab(server);
            assertThat(next(lab)).containsText("Begin on host: " + BEGIN);
            lab.button("Run on host: " + BEGIN).click();
            assertThat(next(lab)).containsText("Then, on client: " + KNOCK);
            lab.button("Run on client: " + KNOCK).click();
            lab.stands("client");
            lab.screenShows(Pattern.compile("saw 192\\.168\\.1\\.20"));
            lab.button("Follow the TCP SYN from its start").click();
            assertThat(lab.journey().locator(".hop[aria-current=step]")).containsText("Sent by curl");
            assertThat(next(lab)).isHidden();

            lab.startALab(server);
            assertThat(lab.page().locator(".timeline")).containsText("Nothing has moved yet. Try: " + BEGIN);
            assertThat(next(lab)).isHidden();
            assertThat(lab.complaints()).isEmpty();
        }
    }

    @Test
    void whatWasRunCanBeLeftBehindByAReset() {
        try (var lab = new LabPage(1440, 900, ColorScheme.DARK)) {
            lab.startALab(server);
            lab.type("host", "iptables -F; echo broken > state; ls");
            lab.screenShows("state");
            String broken = lab.page().url();
            lab.button("Reset").click();
            lab.button("Start a fresh lab").click();
            lab.page().waitForURL(url -> !url.equals(broken));
            lab.type("host", "echo $(ls | wc -l) files");
            lab.screenShows("0 files");
            assertThat(lab.complaints()).isEmpty();
        }
    }

    @Test
    void onATelephoneThereIsAWayBackToTheLesson() {
        try (var lab = new LabPage(390, 844, ColorScheme.LIGHT)) {
            Page page = lab.page();
            page.navigate(server.toString());
            page.locator("[data-lesson='03-publish-a-port']").first().click();
            lab.isInALab();
            Locator step = page.locator("li.step.open");
            assertThat(next(lab)).isHidden();
            lab.button("Terminal").click();
            lab.type("client", "seq 60; echo counted");
            lab.screenShows(Pattern.compile("0\\s*counted"));
            lab.button("Lesson").click();
            step.locator("input[value='RST-ACK']").check();
            step.getByText("Predict", new Locator.GetByTextOptions().setExact(true)).click();
            step.locator(".run button").click();
            assertThat(lab.screen("client")).containsText(Pattern.compile("Could\\s*not\\s*connect"));
            assertThat(step).isHidden();
            lab.button("✓ Step done · back to the lesson").click();
            assertThat(step).isVisible();
            assertThat(page.locator(".lesson-back")).isHidden();
            assertThat(lab.complaints()).isEmpty();
        }
    }

    @Test
    void onATelephoneThePictureOfTheLandingPageIsWhole() {
        try (var lab = new LabPage(390, 844, ColorScheme.LIGHT)) {
            Page page = lab.page();
            page.navigate(server.toString());
            Locator picture = page.locator("figure svg").locator("visible=true");
            assertThat(picture).hasCount(1);
            var box = picture.boundingBox();
            assertThat(box.x).isGreaterThanOrEqualTo(0);
            assertThat(box.x + box.width).isLessThanOrEqualTo(390);
            assertThat(page.evaluate("document.querySelector('figure').scrollWidth <= document.querySelector('figure').clientWidth")).isEqualTo(true);
            assertThat(lab.complaints()).isEmpty();
        }
    }

    @Test
    void onATelephoneTheTabOfTheTerminalThatIsShownIsInSight() {
        try (var lab = new LabPage(390, 844, ColorScheme.LIGHT)) {
            Page page = lab.page();
            page.navigate(server.toString());
            page.locator("[data-lesson='09-names']").first().click();
            lab.isInALab();
            for (String container : new String[] {"old1", "ann"}) {
                lab.button("Lesson").click();
                page.locator("li.step.open .run button", new Page.LocatorOptions().setHasText(container)).click();
                assertThat(lab.screen("container " + container)).containsText("ping");
                assertThat(lab.tab(container)).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
            }
            assertThat(lab.complaints()).isEmpty();
        }
    }

    @Test
    void onATelephoneTheScrollBarLeavesTheLastColumnAlone() {
        try (var lab = new LabPage(390, 844, ColorScheme.LIGHT)) {
            lab.startALab(server);
            lab.button("Terminal").click();
            lab.type("host", "seq 200; echo counted");
            lab.screenShows(Pattern.compile("0\\s*counted"));
            double column = edge(lab, ".xterm-screen", "right");
            assertThat(column).isLessThanOrEqualTo(edge(lab, ".xterm .scrollbar.vertical", "left"));
        }
    }

    private static double edge(LabPage lab, String part, String side) {
        return ((Number) lab.page().locator(part).first().evaluate("(element, side) => element.getBoundingClientRect()[side]", side)).doubleValue();
    }

    private static Locator next(LabPage lab) {
        return lab.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("What to do next")
                .setIncludeHidden(true));
    }
}
