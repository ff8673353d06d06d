package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time held, stepped and gone back in, and what is explained on the way. */
@QuarkusTest
class TimeTravelTest extends LabTest {
    @BeforeEach
    void open() {
        lab.type("host", "docker run -d --name web -p 5001:5001 my-app");
        lab.topologyLists("Container web");
        lab.screenShows(Pattern.compile("[0-9a-f]{64}\\s*root@host"));
    }

    @Test
    void steppingHoldsTheCommand() {
        lab.button("Step").click();
        lab.type("client", "curl 192.168.1.10:5001; echo status $?");
        Locator held = lab.page().getByText("… held: the network is being stepped");
        assertThat(held).isVisible();
        assertThat(lab.page().getByText("Held", new Page.GetByTextOptions().setExact(true))).isVisible();
        lab.button("Let the network go on").click();
        lab.screenShows("status 0");
        assertThat(held).hasCount(0);
    }

    @Test
    void theTimelineIsWalkedByKeysDraggedAndPlayed() {
        lab.type("client", "curl 192.168.1.10:5001; echo status $?");
        lab.screenShows("status 0");
        Locator lanes = lab.page().locator(".lane-names");
        assertThat(lanes).containsText("client→web");
        assertThat(lanes).containsText("web→client");
        Locator syn = lab.page().locator(".tick.plain").filter(new Locator.FilterOptions().setHasText("TCP SYN")).first();
        syn.click();
        assertThat(syn).hasClass(Pattern.compile("focused"));
        assertThat(lab.page().locator(".hop.now")).containsText("Delivered");
        lab.button("To the packet’s first stage").click();
        Locator now = lab.page().locator(".hop.now");
        assertThat(now).containsText("Sent by curl");
        lab.button("stage ▶").focus();
        lab.press("ArrowRight");
        assertThat(now).containsText("Routing");
        lab.press("ArrowLeft");
        assertThat(now).containsText("Sent by curl");
        while (!now.getAttribute("class").contains("dnat")) {
            lab.press("ArrowRight");
            lab.page().evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        }
        Locator label = lab.page().locator(".flag");
        assertThat(label.locator(".struck")).hasText("192.168.1.10:5001");
        assertThat(label).containsText("▲ 172.17.0.2:5001");
        lab.button("Play what happened").click();
        assertThat(now).not().hasClass(Pattern.compile("dnat"));
        lab.press("l");
        assertThat(lab.page().locator(".back-live")).hasText("Live");
    }

    @Test
    void aStageIsSeenWithThoseBeforeAndAfterIt() {
        lab.type("client", "curl 192.168.1.10:5001; echo status $?");
        lab.screenShows("status 0");
        lab.page().locator(".tick.plain").filter(new Locator.FilterOptions().setHasText("TCP SYN")).first().click();
        lab.button("To the packet’s first stage").click();
        Locator now = lab.page().locator(".hop.now");
        Locator next = lab.page().locator(".hop.future .t").first();
        assertThat(now).containsText("Sent by curl");
        while (!now.getAttribute("class").contains("dnat")) {
            lab.press("ArrowRight");
            lab.page().evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        }
        assertThat(now).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        assertThat(next).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
    }

    @Test
    void theTimesStayInSightWhileTheLanesAreScrolled() {
        lab.type("host", "for a in 192.168.1.20 192.168.1.1 198.51.100.80 172.17.0.2; do ping -c 1 $a; done; echo pinged");
        lab.screenShows("0.000 ms pinged");
        Locator lanes = lab.page().locator(".lanes");
        assertThat(lanes.locator(".lane-names span").nth(6)).isAttached();
        lanes.evaluate("lanes => lanes.scrollTo({top: 1000})");
        assertThat(lanes).hasJSProperty("scrollTop", lanes.evaluate("lanes => lanes.scrollHeight - lanes.clientHeight"));
        assertThat(lanes).hasAttribute("style", Pattern.compile("--down: [1-9]"));
        assertThat(lanes.locator(".times rect").boundingBox().y).isCloseTo(lanes.boundingBox().y, within(1.0));
    }

    @Test
    void thePastShowsTheTablesAsTheyWere() {
        lab.type("client", "curl 192.168.1.10:5001; echo status $?");
        lab.screenShows("status 0");
        lab.type("host", "docker rm -f web; echo removed");
        lab.screenShows("removed");
        Locator list = lab.page().getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Topology"));
        assertThat(list).not().containsText("Container web");
        lab.page().locator(".tick.plain").first().click();
        assertThat(list).containsText("Container web");
        lab.page().locator("svg [data-node=\"station:host/PREROUTING\"]").first().click();
        assertThat(lab.inspector()).containsText("--to-destination 172.17.0.2:5001");
        lab.button("Back to live (L)").click();
        assertThat(list).not().containsText("Container web");
        assertThat(lab.inspector()).not().containsText("--to-destination 172.17.0.2:5001");
    }

    @Test
    void theMapShowsTheRuleThatDecidedAndWhyTellsTheSame() {
        lab.type("host", "iptables -I DOCKER-USER -s 192.168.1.20 -j DROP");
        lab.type("client", "curl -m 1 192.168.1.10:5001; why");
        lab.screenShows("Dropped: NETFILTER_DROP");
        lab.screenShows("What would let it through");
        lab.journeyLists("Dropped: NETFILTER_DROP", "What would let it through");
        lab.button("Netfilter map").click();
        Locator map = lab.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Netfilter map"));
        assertThat(map.locator(".station.dropped")).containsText("filter");
        assertThat(map.locator(".station.dropped")).containsText("DOCKER-USER");
        assertThat(map.locator(".station.dnat")).containsText("nat");
        map.locator(".station.dnat").click();
        assertThat(map.locator(".map-rules")).containsText("PREROUTING");
        assertThat(map.locator(".map-rules tr.hit").last()).containsText("--dport 5001 -j DNAT --to-destination 172.17.0.2:5001");
        lab.button("Close the netfilter map").click();
        assertThat(map).isHidden();
    }

    @Test
    void theMapLeadsPastRoutingWhereABridgeSwitches() {
        lab.type("host", "docker run --rm alpine wget -qO- http://172.17.0.2:5001/");
        lab.screenShows("saw 172.17.0");
        lab.page().locator(".tick.plain").filter(new Locator.FilterOptions().setHasText("SYN 172.17.0.")).last().click();
        lab.button("Netfilter map").click();
        Locator map = lab.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Netfilter map"));
        assertThat(map).containsText("switched by a bridge of this machine");
        assertThat(map.locator(".station.stopped.kernel").filter(new Locator.FilterOptions().setHasText("bridge"))).hasCount(1);
        assertThat(map.locator(".station.stopped").filter(new Locator.FilterOptions().setHasText("routing"))).hasCount(0);
    }
}
