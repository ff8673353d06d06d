package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The terminal as one who lives in terminals works it. */
@QuarkusTest
class TerminalTest extends LabTest {
    @BeforeEach
    void open() {
        lab.stands("host");
    }

    @Test
    void fiftyPastedLinesRunInTheirOrder() {
        lab.enter("clear; n=0");
        lab.screenShows(Pattern.compile("^root@host:~#\\s*$"));
        paste(IntStream.rangeClosed(1, 50).mapToObj(i -> "[ $n = " + (i - 1) + " ] && n=" + i).collect(Collectors.joining("\n", "", "\n")));
        lab.screenShows("n=50");
        lab.enter("clear; echo arrived at $n");
        lab.screenShows("arrived at 50");
    }

    /** Some of their keys reach the shell while it runs the line before, and come back. */
    @Test
    void linesTypedWithoutWaitingAllRun() {
        lab.enter("n=0");
        for (int i = 0; i < 40; i++) {
            lab.enter("let ++n");
        }
        lab.enter("clear; echo all $n lines");
        lab.screenShows("all 40 lines");
    }

    @Test
    void controlKeysStopClearSearchAndLeave() {
        for (String endless : List.of("ping 192.168.1.20", "tcpdump -nni eth0", "while true; do sleep 1; done", "cat")) {
            lab.enter("clear; echo begun; " + endless);
            lab.screenShows(Pattern.compile("^begun"));
            lab.press("Control+c");
            lab.screenShows(Pattern.compile("\\^C[\\s\\S]*root@host:~#"));
            lab.enter("clear; echo status $?");
            lab.screenShows(Pattern.compile("^status"));
        }
        lab.enter("echo needle");
        lab.press("Control+l");
        lab.screenShows(Pattern.compile("^root@host:~#\\s*$"));
        lab.press("Control+r");
        lab.page().keyboard().type("need");
        lab.screenShows("(reverse-i-search)`need': echo needle");
        lab.press("Enter");
        lab.screenShows(Pattern.compile("echo needle\\s*needle"));
        lab.enter("cat > file");
        lab.enter("written");
        lab.press("Control+d");
        lab.enter("clear; cat file");
        lab.screenShows(Pattern.compile("^written"));
        lab.press("ArrowUp");
        lab.press("ArrowUp");
        lab.screenShows("root@host:~# cat > file");
    }

    @Test
    void muchOutputIsFastAndTheSizeIsKnown() {
        lab.enter("yes | head -10000 | tail -3; yes | head -10000; echo done");
        lab.screenShows(Pattern.compile("y\\s*done\\s*root@host:~#\\s*$"));
        lab.enter("clear; echo at $COLUMNS columns");
        lab.screenShows(Pattern.compile("^at \\d+ columns"));
        String wide = lab.screen().innerText().replaceAll("(?s)^at (\\d+) columns.*", "$1");
        lab.page().setViewportSize(1000, 900);
        lab.enter("clear; until [ $COLUMNS -lt " + wide + " ]; do sleep 0.1; done; echo narrower");
        lab.screenShows(Pattern.compile("^narrower"));
    }

    @Test
    void thePromptFollowsWhatHasNoLineBreak() {
        lab.enter("clear; printf no-line-break");
        lab.screenShows(Pattern.compile("^no-line-breakroot@host:~#"));
        lab.page().keyboard().type("echo x");
        lab.press("Control+u");
        lab.screenShows(Pattern.compile("^no-line-breakroot@host:~#\\s*$"));
    }

    @Test
    void tabCompletesCommandsNamesAndOptions() {
        lab.page().keyboard().type("docker netw");
        lab.press("Tab");
        lab.screenShows("root@host:~# docker network ");
        lab.page().keyboard().type("ins");
        lab.press("Tab");
        lab.page().keyboard().type("--form");
        lab.press("Tab");
        lab.page().keyboard().type("'{{.Driver}}' bri");
        lab.press("Tab");
        lab.press("Enter");
        lab.screenShows("docker network inspect --format '{{.Driver}}' bridge");
        lab.screenShows(Pattern.compile("bridge\\s+bridge"));
        lab.page().keyboard().type("docker co");
        lab.press("Tab");
        lab.press("Tab");
        lab.screenShows("compose container");
    }

    @Test
    void twoTerminalsStandSideBySide() {
        lab.enter("docker run -d --name web -p 5001:5001 my-app");
        lab.screenShows(Pattern.compile("[0-9a-f]{64}"));
        lab.button("Two terminals side by side").click();
        lab.enter("clear; tcpdump -nn -i docker0 tcp port 5001");
        lab.focus("client");
        assertThat(lab.tab("client")).hasAttribute("aria-selected", "true");
        lab.stands("client");
        lab.enter("curl http://192.168.1.10:5001/");
        lab.screenShows("saw 192.168.1.20");
        assertThat(lab.screen("host")).containsText("172.17.0.2.5001: Flags");
        assertThat(lab.screen("host")).isVisible();
        assertThat(lab.screen("client")).isVisible();
    }

    @Test
    void aContainersTerminalIsOpenedAndClosedByKeyboard() {
        lab.enter("docker run -d --name web my-app; clear; echo ready");
        lab.screenShows(Pattern.compile("^ready"));
        lab.button("Open a terminal").focus();
        lab.press("Enter");
        Locator items = lab.page().getByRole(AriaRole.MENUITEM);
        assertThat(items.first()).isFocused();
        assertThat(items.first()).hasText("web (container)");
        lab.press("ArrowDown");
        lab.press("ArrowUp");
        lab.press("Enter");
        assertThat(lab.tab("web")).hasAttribute("aria-selected", "true");
        lab.enter("ip -4 -brief addr show eth0");
        assertThat(lab.screen("container web")).containsText("172.17.0.2");
        lab.tab("web").focus();
        lab.press("Delete");
        assertThat(lab.tab("web")).hasCount(0);
    }

    @Test
    void whatIsSelectedIsCopied() {
        lab.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        lab.enter("clear; echo to be copied");
        lab.screenShows(Pattern.compile("^to\\s*be\\s*copied\\s*root@host"));
        lab.screen().locator("> div").nth(0).click(new Locator.ClickOptions().setClickCount(3).setPosition(20, 6).setForce(true));
        lab.press("Control+Shift+C");
        assertThat((String) lab.page().evaluate("() => navigator.clipboard.readText()")).startsWith("to be copied");
    }

    @Test
    void anyColourIsShown() {
        lab.enter("printf '\\033[48;2;10;20;30mdeep\\033[0m\\n'");
        Locator deep = lab.screen().locator("span").filter(new Locator.FilterOptions().setHasText(Pattern.compile("^deep$")));
        assertThat(deep).hasCSS("background-color", "rgb(10, 20, 30)");
    }

    @Test
    void aNameInTheOutputOpensTheInspector() {
        lab.enter("docker run -d --name web my-app; clear; docker ps --format '{{.Names}} is up'; ip -br addr show eth0");
        lab.screenShows("web is up");
        lab.click("web is up");
        assertThat(lab.inspector()).containsText("172.17.0.2/16");
        assertThat(lab.inspector().getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(3))).hasText("web");
        lab.click("eth0");
        assertThat(lab.inspector()).containsText("Network card in host");
    }

    @Test
    void aScreenReaderIsToldWhatTerminalsPrint() {
        lab.button("Screen reader mode").focus();
        lab.press("Enter");
        lab.tab("host").click();
        lab.enter("echo read this out");
        assertThat(lab.page().locator(".terminal:not([hidden]) .xterm-accessibility-tree")).containsText("read this out");
    }

    /** As the browser does when the person pastes. */
    private void paste(String text) {
        lab.page().evaluate("""
                text => {
                    const clipboard = new DataTransfer();
                    clipboard.setData("text/plain", text);
                    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
                }
                """, text);
    }
}
