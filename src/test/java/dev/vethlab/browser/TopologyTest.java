package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fifty containers on eight networks: they can be read, found and folded away, by pointer and by keys. */
@QuarkusTest
class TopologyTest extends LabTest {
    private static final int CONTAINERS = 50;
    private static final int NETWORKS = 8;
    private static final double READABLE_PIXELS = 9;
    /** How many pixels high the names of all containers are drawn, the smallest first. */
    private static final String HEIGHTS = """
            () => [...document.querySelectorAll(".box.namespace text.name")].map(text => text.getBoundingClientRect().height).sort((a, b) => a - b)
            """;

    /** What is written beyond its box's edges, and what is written over something else. */
    private static final String CROSSING = """
            () => {
                const written = [...document.querySelectorAll(".scene text")].filter(text => text.textContent.trim() !== "" && !text.closest(".flag"))
                    .map(text => ({ text, box: text.closest(".box")?.querySelector(":scope > rect").getBoundingClientRect(), at: text.getBoundingClientRect() }));
                const across = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const down = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                const beyond = written.filter(({ box, at }) => box && across(box, at) < at.width).map(({ text }) => `beyond its box: ${text.textContent}`);
                const crossed = written.flatMap((a, i) => written.slice(i + 1)
                    .filter(b => across(a.at, b.at) > 1 && down(a.at, b.at) > a.at.height / 3)
                    .map(b => `${a.text.textContent} crosses ${b.text.textContent}`));
                return [...beyond, ...crossed];
            }
            """;

    @BeforeEach
    void open() {
        execute("for i in $(seq " + NETWORKS + "); do docker network create n$i; done");
        execute("for i in $(seq " + CONTAINERS + "); do docker run -d --name c$i --network n$(((i - 1) % " + NETWORKS + " + 1)) my-app; done");
        assertThat(lab.page().locator(".box.namespace")).hasCount(CONTAINERS);
    }

    private void execute(String command) {
        String session = lab.page().url().substring(lab.page().url().lastIndexOf('/') + 1);
        APIResponse answer = lab.page().request().post(server.resolve("/api/v1/sessions/" + session + "/exec").toString(),
                RequestOptions.create().setData(Map.of("node", "host", "command", command)));
        assertThat(answer.ok()).as(answer.text()).isTrue();
    }

    private Locator search() {
        return lab.page().getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Find in the drawing"));
    }

    @Test
    void everyNameCanBeReadAndNothingMovesWhenOneGoes() {
        assertThat((List<?>) lab.page().evaluate(HEIGHTS)).hasSize(CONTAINERS)
                .allSatisfy(height -> assertThat(((Number) height).doubleValue()).isGreaterThan(READABLE_PIXELS));
        Locator last = lab.page().locator(".box.namespace").filter(new Locator.FilterOptions().setHasText("c50")).locator("rect");
        String before = last.getAttribute("x") + "," + last.getAttribute("y");
        execute("docker rm -f c2 c10 c18");
        assertThat(lab.page().locator(".box.namespace")).hasCount(CONTAINERS - 3);
        assertThat(last.getAttribute("x") + "," + last.getAttribute("y")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"1440, 900", "1024, 768", "390, 844"})
    void allThatIsWrittenIsWithinItsBoxAndClearOfTheRest(int width, int height) {
        lab.page().setViewportSize(width, height);
        lab.page().evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        assertThat(lab.page().locator(".box.namespace")).hasCount(CONTAINERS);
        assertThat((List<?>) lab.page().evaluate(CROSSING)).isEmpty();
    }

    @Test
    void aContainerIsFoundByItsAddressWithKeysAlone() {
        lab.press("F6");
        lab.press("F6");
        lab.press("/");
        assertThat(search()).isFocused();
        lab.page().keyboard().type("172.19.0.3");
        assertThat(lab.page().getByRole(AriaRole.OPTION)).hasText("c10 container of my-app · on n2 · 172.19.0.3");
        lab.press("Enter");
        Locator found = lab.page().locator(".box.found");
        assertThat(found).containsText("c10");
        var canvas = lab.page().locator(".canvas").boundingBox();
        var box = found.locator("rect").boundingBox();
        assertThat(box.x + box.width / 2).isBetween(canvas.x + canvas.width / 3, canvas.x + canvas.width * 2 / 3);
        lab.press("Escape");
        assertThat(lab.page().locator(".box.found")).hasCount(0);
    }

    @Test
    void aNetworkIsFoldedIntoItsNumberAndDrawnAgain() {
        Locator list = lab.page().getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Topology"));
        Locator folds = list.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("7 on it").setExact(true));
        folds.first().focus();
        assertThat(folds.first()).hasAttribute("aria-expanded", "true");
        lab.press("Enter");
        assertThat(folds.first()).hasAttribute("aria-expanded", "false");
        assertThat(lab.page().locator(".box.namespace")).hasCount(CONTAINERS - 7);
        assertThat(lab.page().locator(".box.fold")).containsText("7 containers");
        lab.page().locator(".box.fold").click();
        assertThat(lab.page().locator(".box.namespace")).hasCount(CONTAINERS);
    }
}
