package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The parts of the page one at a time, where there is no more room. */
@QuarkusTest
class TelephoneTest {
    private static final LocatorAssertions.IsInViewportOptions WHOLE = new LocatorAssertions.IsInViewportOptions().setRatio(1);

    private LabPage lab;

    @TestHTTPResource("/")
    URI server;

    @BeforeEach
    void startALab() {
        lab = new LabPage(390, 844, ColorScheme.LIGHT);
        lab.startALab(server);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void whatIsSaidOfTheSessionLiesOverNothing() {
        lab.button("Step").click();
        assertThat(lab.page().locator(".status")).containsText("Held: the network is being stepped.");
        lab.button("Terminal").click();
        for (String part : new String[] {".begin", ".desk"}) {
            Locator shown = lab.page().locator(part);
            assertThat(shown).isVisible();
            assertThat(lab.page().locator(".status p").evaluate("(bar, part) => bar.getBoundingClientRect().bottom <= "
                    + "document.querySelector(part).getBoundingClientRect().top", part)).isEqualTo(true);
        }
        lab.tab("client").click();
        lab.stands("client");
    }

    @Test
    void theZoomLiesOverNoBoxOfAFullDrawing() {
        lab.button("Terminal").click();
        lab.type("host", "for i in 1 2 3 4; do docker network create n$i; done; echo $?: made");
        lab.screenShows("0: made");
        lab.button("Topology").click();
        double zoom = bottom(lab.page().locator(".zoom"));
        assertThat(lab.page().locator(".box.machine").first()).isVisible();
        assertThat(lab.page().locator(".box.machine rect").first().boundingBox().y).isGreaterThanOrEqualTo(zoom);
    }

    @Test
    void withinANarrowPageTheDrawingHasTheWholeWidth() {
        lab.button("Share").click();
        String link = lab.page().getByLabel("Link", new Page.GetByLabelOptions().setExact(true)).inputValue();
        lab.page().setViewportSize(390, 600);
        lab.page().navigate(link.replace("/share/", "/embed/"));
        Locator host = lab.page().locator(".box.host > rect");
        assertThat(host).isVisible();
        assertThat(host.boundingBox().width).isGreaterThan(340);
        assertThat(lab.page().locator(".box.machine rect").first().boundingBox().y).isGreaterThanOrEqualTo(bottom(lab.page().locator(".zoom")));
        assertThat(lab.page().locator(".embed-open").boundingBox().x).isGreaterThan(right(lab.page().locator(".zoom")));
    }

    private static double right(Locator part) {
        var box = part.boundingBox();
        return box.x + box.width;
    }

    private static double bottom(Locator part) {
        var box = part.boundingBox();
        return box.y + box.height;
    }

    @Test
    void theJourneyBeginsAtTheStageOneStandsAt() {
        lab.button("Terminal").click();
        lab.type("host", "docker run -d --name web -p 5001:5001 my-app");
        lab.type("client", "curl 192.168.1.10:5001; echo status $?");
        lab.screenShows("status 0");
        lab.button("Topology").click();
        lab.page().locator(".tick.plain").filter(new Locator.FilterOptions().setHasText("SYN")).first().click();
        assertThat(lab.page().locator(".scene .flag")).isVisible();
        lab.button("Journey").click();
        Locator now = lab.page().locator(".hop.now");
        assertThat(now).containsText("Delivered");
        assertThat(now).isInViewport(WHOLE);
    }

    @Test
    void onItsSideTheDrawingStandsBesideTheTerminalOrTheJourney() {
        lab.page().setViewportSize(844, 390);
        lab.type("host", "docker run -d --name web -p 5001:5001 my-app");
        lab.type("client", "curl 192.168.1.10:5001; echo status $?");
        lab.screenShows("status 0");
        isWhole("header.top", ".canvas", ".timeline", ".desk");
        assertThat(lab.page().locator("header.top").boundingBox().height).isLessThanOrEqualTo(40);
        assertThat(lab.page().locator(".canvas").boundingBox().height).isGreaterThanOrEqualTo(200);

        lab.page().locator(".box[data-node='device:host//docker0'] > rect").click();
        assertThat(lab.inspector()).containsText("172.17.0.1");
        isWhole(".canvas", ".side");
        assertThat(lab.page().locator(".desk")).isHidden();
        lab.button("Terminal").click();
        isWhole(".canvas", ".desk");

        lab.page().setViewportSize(390, 844);
        assertThat(lab.page().locator(".canvas")).isHidden();
        lab.button("Topology").click();
        assertThat(lab.page().locator(".desk")).isHidden();
        lab.page().setViewportSize(844, 390);
        isWhole(".canvas", ".desk");
    }

    @Test
    void theSmallestOneHasAllButtonsOfTheHeaderAndOfTheTimeline() {
        for (int width : new int[] {360, 320}) {
            lab.page().setViewportSize(width, 568);
            for (Locator button : lab.page().locator("header.top button, .keys button").all()) {
                assertThat(button).isInViewport(WHOLE);
            }
            assertThat(lab.page().locator(".seg").boundingBox().y).isGreaterThan(bottom(lab.button("Share")));
        }
    }

    /** WCAG 1.4.10: a desk's page enlarged four times is as large as this. */
    @Test
    void withHardlyAnyRoomThePartsKeepTheirsAndThePageScrolls() {
        lab.page().setViewportSize(360, 225);
        lab.button("Terminal").click();
        assertThat(lab.page().locator(".terminal[data-terminal]:visible")).isVisible();
        assertThat(lab.page().locator(".terminal[data-terminal]:visible").boundingBox().height).isGreaterThan(150);
        lab.button("Topology").click();
        assertThat(lab.page().locator(".canvas").boundingBox().height).isGreaterThan(150);
        lab.page().mouse().move(180, 100);
        lab.page().mouse().wheel(0, 2000);
        assertThat(lab.page().locator(".begin")).isInViewport();
    }

    @Test
    void aTabletHeldUprightHasTheDrawingAcrossAndTheRestBelow() {
        lab.page().setViewportSize(768, 1024);
        isWhole(".canvas", ".timeline", ".desk", ".side");
        assertThat(lab.page().locator(".canvas").boundingBox().width).isGreaterThan(700);
        assertThat(lab.page().locator(".box.machine")).hasCount(3);
        for (Locator machine : lab.page().locator(".box.machine rect").all()) {
            assertThat(machine).isInViewport(WHOLE);
        }
        lab.page().navigate(server.toString());
        lab.page().locator("[data-lesson='03-publish-a-port']").first().click();
        lab.page().locator("li.step.open").waitFor();
        isWhole(".canvas", ".desk", ".lesson");
        lab.button("Journey").first().click();
        isWhole(".canvas", ".desk", ".side");
        assertThat(lab.page().locator(".lesson")).isHidden();
    }

    private void isWhole(String... parts) {
        for (String part : parts) {
            assertThat(lab.page().locator(part)).isInViewport(WHOLE);
        }
    }
}
