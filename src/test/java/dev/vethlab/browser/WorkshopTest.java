package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An organiser and two participants, each before a browser of their own. */
@QuarkusTest
class WorkshopTest {
    @TestHTTPResource("/")
    URI server;

    @Test
    void theOrganiserSeesWhatSeatsDoAndHelps() throws Exception {
        try (var organiser = new LabPage(1440, 900, ColorScheme.LIGHT);
                var ada = new LabPage(1024, 768, ColorScheme.LIGHT);
                var bob = new LabPage(390, 844, ColorScheme.DARK)) {
            Page desk = organiser.page();
            desk.navigate(server.resolve("/workshops/new").toString());
            desk.getByLabel("Every seat begins with").selectOption("world:bare");
            desk.getByLabel("Seats").fill("2");
            organiser.button("Make the workshop").click();
            assertThat(desk.getByText("Nobody has joined yet.")).isVisible();
            String code = desk.locator(".code").innerText();

            join(ada, code, "Ada");
            join(bob, code, "ada");
            assertThat(bob.page().getByRole(AriaRole.ALERT)).containsText("is called ada already");
            join(bob, code, "Bob");
            bob.page().waitForURL(Pattern.compile(".*/s/[A-Za-z0-9_-]{22}"));

            ada.stands("host");
            ada.enter("cat /nowhere");
            Locator row = row(desk, "Ada");
            assertThat(row).containsText("exit 1");
            assertThat(row).containsText("cat: /nowhere: No such file or directory");
            ada.enter("cat /nowhere; false");
            ada.enter("false");
            assertThat(row).containsText("stuck");
            assertThat(row(desk, "Bob")).containsText("working");
            organiser.button("Stuck 1").click();
            assertThat(desk.locator("tbody tr")).hasCount(1);

            Page help = desk.context().waitForPage(() -> row.getByText("Help").click());
            help.getByText("cat: /nowhere: No such file").first().waitFor();
            help.close();

            organiser.button("Show my terminal to all").click();
            Locator stage = ada.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("What the organiser shows"));
            assertThat(stage).isVisible();
            assertThat(stage.getByRole(AriaRole.LINK)).hasAttribute("href", Pattern.compile("/s/[A-Za-z0-9_-]{22}"));
            Page shown = desk.context().waitForPage(() -> desk.getByText("My terminal", new Page.GetByTextOptions().setExact(true)).click());
            shown.locator(".desk .xterm-rows").getByText("root@host:~#").first().waitFor();
            shown.keyboard().type("echo seen by all");
            shown.keyboard().press("Enter");
            assertThat(stage.locator(".xterm-rows")).containsText(Pattern.compile("echo\\sseen\\sby\\sall.*seen\\sby\\sall"));
            ada.enter("echo my own keys");
            ada.screenShows("my own keys");
            assertThat(stage).not().containsText("my own keys");
            stage.getByText("Organiser").click();
            assertThat(stage.locator(".xterm-rows")).isHidden();
            ada.page().reload();
            assertThat(stage.locator(".xterm-rows")).containsText(Pattern.compile("seen\\sby\\sall"));
            organiser.button("Stop showing my terminal").click();
            assertThat(stage).isHidden();
            shown.close();

            organiser.button("All 2").click();
            desk.getByLabel("Reset Ada").click();
            organiser.button("Reset").click();
            assertThat(row).containsText("nothing yet");
            ada.page().getByText("cat: /nowhere").first()
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            ada.stands("host");
            ada.enter("echo fresh");
            ada.screenShows("fresh");

            organiser.button("Close").click();
            organiser.button("Close the workshop").click();
            assertThat(desk.getByText("closed")).isVisible();
            assertThat(ada.page().getByText("The workshop is over")).isVisible();
            Download outcome = desk.waitForDownload(() -> desk.getByText("Outcome (CSV)").click());
            assertThat(Files.readAllLines(outcome.path())).hasSize(3).anyMatch(line -> line.startsWith("Ada,"));
            assertThat(organiser.complaints()).isEmpty();
        }
    }

    /** A browser confirms what RestAssured can: it sends what its page's policy lets it send. */
    @Test
    void aLinkWithCommandsIsConfirmed() {
        try (var visitor = new LabPage(1024, 768, ColorScheme.LIGHT)) {
            visitor.page().navigate(server.resolve("/new?world=bare&run=echo+from+a+link").toString());
            visitor.button("Open and run").click();
            visitor.isInALab();
            visitor.page().getByText("from a link").first().waitFor();
        }
    }

    private void join(LabPage who, String code, String name) {
        who.page().navigate(server.resolve("/w/" + code).toString());
        who.page().getByLabel("Your name").fill(name);
        who.button("Take a seat").click();
    }

    private static Locator row(Page desk, String name) {
        return desk.locator("tbody tr").filter(new Locator.FilterOptions().setHas(
                desk.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName(name).setExact(true))));
    }
}
