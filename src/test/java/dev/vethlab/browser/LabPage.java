package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A person before the page: types into its terminals and reads its parts. */
final class LabPage implements AutoCloseable {
    private final List<String> complaints = new ArrayList<>();
    private final BrowserContext context;
    private final Page page;
    private String at = "host";

    LabPage(int width, int height, ColorScheme theme) {
        context = Chromium.shared().newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(theme));
        context.setDefaultTimeout(Chromium.PATIENCE_MILLISECONDS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    Page page() {
        return page;
    }

    /** What the browser's console complained of. */
    List<String> complaints() {
        return complaints;
    }

    void startALab(URI server) {
        page.navigate(server.toString());
        button("Start a lab").click();
        isInALab();
    }

    void isInALab() {
        page.waitForURL(Pattern.compile(".*/s/[0-9a-f]{32}"));
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator tab(String node) {
        return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(node).setExact(true));
    }

    /** Types a line into the terminal of a node. */
    void type(String node, String line) {
        tab(node).click();
        stands(node);
        enter(line);
    }

    /** The person looks at the terminal of this node from now on, which has prompted. */
    void stands(String node) {
        at = node;
        screenShows(Pattern.compile("root@" + node + ":~#"));
    }

    /** Types a line to whatever has the keys. */
    void enter(String line) {
        page.keyboard().type(line);
        page.keyboard().press("Enter");
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    /** What the terminal shows that was typed in last. */
    Locator screen() {
        return screen(at);
    }

    /** What a terminal shows, by the name of its machine, or of its container: {@code container NAME}. */
    Locator screen(String place) {
        return page.locator(".terminal:has([aria-label='Terminal on " + place + "']) .xterm-rows");
    }

    /** Gives a terminal the keys, by a click into its middle. */
    void focus(String place) {
        page.locator("[data-terminal]:has([aria-label='Terminal on " + place + "'])").click();
    }

    /** Clicks a row of the terminal at its beginning. */
    void click(String beginning) {
        Locator row = screen().locator("> div").filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + beginning.replace(" ", "\\s"))));
        row.first().hover(new Locator.HoverOptions().setPosition(4, 6).setForce(true));
        row.first().click(new Locator.ClickOptions().setPosition(5, 6).setForce(true));
    }

    Locator inspector() {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Inspector"));
    }

    /** The browser reads the pattern, so it is quoted as JavaScript has it; blanks may be of any kind. */
    void screenShows(String text) {
        screenShows(Pattern.compile(text.replaceAll("[.\\[\\](){}*+?^$|\\\\/]", "\\\\$0").replace(" ", "\\s*")));
    }

    void screenShows(Pattern text) {
        assertThat(screen()).containsText(text);
    }

    Locator journey() {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Packet journey"));
    }

    void journeyLists(String... texts) {
        lists(journey(), texts);
    }

    void topologyLists(String... texts) {
        lists(page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Topology")), texts);
    }

    private static void lists(Locator part, String... texts) {
        for (String text : texts) {
            assertThat(part).containsText(text);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
