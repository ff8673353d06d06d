package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is seen and heard of packets: on their way, slowly, without motion, and without sight. */
@QuarkusTest
class WatchingTest extends LabTest {
    private static final Pattern MARKED = Pattern.compile("\\bhovered\\b");

    @BeforeEach
    void open() {
        lab.type("host", "docker run -d --name web -p 5001:5001 my-app");
        lab.topologyLists("Container web");
    }

    private Locator box(String node) {
        return lab.page().locator(".box[data-node='" + node + "']");
    }

    private Locator token() {
        return lab.page().locator(".token");
    }

    @Test
    void aStageMarksItsPlaceAndAPlaceItsStage() {
        lab.type("client", "curl 192.168.1.10:5001; echo status $?");
        lab.screenShows("status 0");
        lab.page().locator(".tick.plain").filter(new Locator.FilterOptions().setHasText("TCP SYN")).first().click();
        Locator dnat = lab.page().locator(".hop.dnat");
        dnat.hover();
        assertThat(box("station:host/PREROUTING")).hasClass(MARKED);
        assertThat(box("station:host/FORWARD")).not().hasClass(MARKED);
        box("device:host//docker0").hover(new Locator.HoverOptions().setPosition(20, 8).setForce(true));
        assertThat(box("station:host/PREROUTING")).not().hasClass(MARKED);
        assertThat(lab.page().locator(".groups > li:has(.hop.hovered) > .grp")).containsText("host");
        assertThat(lab.page().locator(".hop.hovered")).containsText("Switched to veth");
    }

    @Test
    void packetsTravelAndTheirLabelChangesWhereAnAddressIsRewritten() {
        lab.type("client", "curl 192.168.1.10:5001; echo status $?");
        Locator rewritten = lab.page().locator(".token.dnat").first();
        assertThat(rewritten.locator(".struck")).hasText("192.168.1.10:5001");
        assertThat(rewritten.locator(".now")).hasText("▲ 172.17.0.2:5001");
        assertThat(token()).hasCount(0);
    }

    @Test
    void withoutMotionThePathIsLitAndTheStepsAreListed() {
        lab.page().emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        lab.startALab(server);
        lab.page().locator(".flights g").first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        lab.page().evaluate("() => { window.travelled = 0; new MutationObserver(changes => { travelled += changes.length; })"
                + ".observe(document.querySelector('.flights g'), { childList: true }); }");
        lab.type("host", "docker run -d --name web -p 5001:5001 my-app");
        lab.topologyLists("Container web");
        lab.type("client", "curl 192.168.1.10:5001; echo status $?");
        lab.screenShows("status 0");
        assertThat(box("station:host/PREROUTING")).hasClass(Pattern.compile("\\bon\\b"));
        lab.journeyLists("nat PREROUTING → DOCKER", "172.17.0.2:5001", "✓ Delivered");
        assertThat(lab.page().evaluate("() => travelled")).isEqualTo(0);
    }

    @Test
    void aDropIsSaidAloudWithItsReason() {
        lab.type("host", "iptables -I DOCKER-USER -s 192.168.1.20 -j DROP");
        lab.type("client", "curl -m 1 192.168.1.10:5001; echo status $?");
        assertThat(lab.page().locator("[aria-live=polite].live")).containsText(Pattern.compile("TCP SYN dropped on host.*: NETFILTER_DROP\\."));
        Locator drop = lab.page().locator(".hop.dropped");
        assertThat(drop).containsText("What would let it through");
        assertThat(drop).isInViewport();
        assertThat(lab.page().locator(".scene .cross")).isVisible();
    }

    @Test
    void timeIsSlowUntilItIsRealAgain() {
        lab.button("1/100").click();
        assertThat(lab.button("1/100")).hasAttribute("aria-pressed", "true");
        lab.type("client", "ping -c 4 192.168.1.10; echo status $?");
        lab.screenShows("icmp_seq=1");
        assertThat(lab.screen()).not().containsText("icmp_seq=4");
        lab.button("Live").first().click();
        lab.screenShows("status 0");
    }
}
