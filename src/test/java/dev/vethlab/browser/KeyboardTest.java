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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The first story again, by someone who has no pointer: every step with the keyboard alone. */
@QuarkusTest
class KeyboardTest {
    private static final int FAR = 60;

    @TestHTTPResource("/")
    URI server;

    @Test
    void aPortIsPublishedAndAPacketFollowedWithoutAPointer() {
        try (var lab = new LabPage(1440, 900, ColorScheme.LIGHT)) {
            lab.page().navigate(server.toString());
            tabTo(lab, lab.button("Start a lab"));
            press(lab, "Enter");
            lab.isInALab();

            lab.stands("host");
            lab.enter("docker run -d --name web -p 5001:5001 my-app");
            lab.screenShows(Pattern.compile("[0-9a-f]{64}"));
            lab.enter("clear; iptables -t nat -S DOCKER");
            lab.screenShows("-j DNAT --to-destination 172.17.0.2:5001");

            press(lab, "F6");
            tabTo(lab, lab.tab("host"));
            press(lab, "ArrowRight");
            assertThat(lab.tab("client")).isFocused();
            press(lab, "Enter");
            lab.stands("client");
            lab.enter("curl http://192.168.1.10:5001/; echo status $?");
            lab.screenShows("status 0");

            press(lab, "F6");
            Locator syn = lab.journey().getByText(Pattern.compile("Packet \\d+ · TCP SYN · "));
            assertThat(syn).isVisible();
            press(lab, "Shift+ArrowLeft");
            assertThat(syn).not().isVisible();
            press(lab, "Shift+ArrowRight");
            assertThat(syn).isVisible();
            press(lab, "F6");
            assertThat(lab.journey()).isFocused();
            Locator stages = lab.journey().locator(".hop button");
            tabTo(lab, stages.first());
            press(lab, "Enter");
            assertThat(lab.journey().locator(".hop[aria-current=step] button")).isFocused();
            lab.journeyLists("192.168.1.20", "192.168.1.10:5001", "host");
            assertThat(lab.complaints()).isEmpty();
        }
    }

    @Test
    void theNetfilterMapIsClosedByEscapeAndByASearchInTheDrawingBelowIt() {
        try (var lab = new LabPage(1440, 900, ColorScheme.LIGHT)) {
            lab.startALab(server);
            lab.stands("host");
            press(lab, "F6");
            Locator map = lab.page().locator(".netfilter");
            press(lab, "n");
            assertThat(map).isVisible();
            press(lab, "Escape");
            assertThat(map).isHidden();
            press(lab, "n");
            assertThat(map).isVisible();
            press(lab, "/");
            assertThat(map).isHidden();
            assertThat(lab.page().getByLabel("Find in the drawing")).isFocused();
        }
    }

    @Test
    void aTerminalSaysHowItIsLeftAndIsThePanelOfItsTab() {
        try (var lab = new LabPage(1440, 900, ColorScheme.LIGHT)) {
            lab.startALab(server);
            lab.stands("host");
            Locator panel = lab.page().getByRole(AriaRole.TABPANEL, new Page.GetByRoleOptions().setName("host").setExact(true));
            assertThat(panel.getByLabel("Terminal on host")).hasAttribute("aria-description", Pattern.compile("F6 leads on"));
            lab.tab("client").click();
            assertThat(lab.tab("client")).hasAttribute("aria-controls", "panel-client-1");
            assertThat(lab.page().getByRole(AriaRole.TABPANEL)).hasCount(1);
        }
    }

    /** Tab, until the focus is there. */
    private static void tabTo(LabPage lab, Locator there) {
        for (int stops = 0; !(boolean) there.evaluate("element => element === document.activeElement"); stops++) {
            assertThat(stops).as("stops on the way to %s", there).isLessThan(FAR);
            press(lab, "Tab");
        }
    }

    private static void press(LabPage lab, String key) {
        lab.page().keyboard().press(key);
    }
}
