package dev.vethlab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionStream;
import dev.vethlab.session.Sessions;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.LessonRun;
import dev.vethlab.workshop.Lessons;
import dev.vethlab.workshop.Question;
import dev.vethlab.workshop.Step;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Somebody works through a lesson in a real browser: predicts, clicks commands, sees goals tick, comes back later, and is told what was
 * done.
 */
@QuarkusTest
class LearnerTest {
    private static final Path PICTURES = Path.of("target/browser");
    private static final String PUBLISH = "03-publish-a-port";
    private static final String NAMES = "09-names";
    private static final String WRONG_CHAIN = "11-the-rule-that-counts-nothing";

    @TestHTTPResource("/")
    URI server;

    @Inject
    Lessons lessons;

    @Inject
    Sessions sessions;

    @Test
    void theThirdLessonFromTheCardToTheSummary() {
        Lesson lesson = lessons.find(PUBLISH).orElseThrow();
        try (LabPage lab = new LabPage(1440, 900, ColorScheme.LIGHT)) {
            begin(lab, lesson);
            for (Step step : lesson.steps()) {
                Locator open = lab.page().locator("li.step.open");
                assertThat(open.locator("h3")).containsText(step.title());
                step.questions().forEach(question -> predict(open, question));
                open.locator(".run button").all().forEach(button -> run(lab, button));
                assertThat(open.locator(".goal.ticked")).hasCount(step.goals().size());
                assertThat(open.locator("form.question.right")).hasCount(step.questions().size());
                assertThat(lab.page().locator("li.step.open[data-state=done]")).hasCount(step.isOnlyRead() ? 0 : 1);
                if (step == lesson.steps().get(3)) {
                    comesBack(lab, lesson, 4);
                }
                lab.page().locator("li.step.open button.next").click();
            }
            lab.page().screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("lesson.png")));
            lab.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See what you did")).click();
            assertThat(lab.page().locator("main")).containsText(lesson.steps().size() + " of " + lesson.steps().size());
            lab.page().navigate(server.toString());
            assertThat(card(lab, lesson)).containsText("done");
            assertThat(lab.complaints()).isEmpty();
        }
    }

    @Test
    void aChallengeWithAllItsHints() {
        Lesson challenge = lessons.find(WRONG_CHAIN).orElseThrow();
        try (LabPage lab = new LabPage(1440, 900, ColorScheme.DARK)) {
            begin(lab, challenge);
            openHints(lab, challenge.steps().getFirst());
            for (Step step : challenge.steps()) {
                step.solution().forEach(line -> ended(lab, () -> lab.type(line.node(), line.command())));
                assertThat(lab.page().locator("li.step.open .goal.ticked")).hasCount(step.goals().size());
                lab.page().screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("challenge.png")));
                lab.page().locator("li.step.open button.next").click();
            }
            lab.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See what you did")).click();
            assertThat(lab.page().locator("main")).containsText("Hints opened" + challenge.steps().getFirst().hints());
            assertThat(lab.complaints()).isEmpty();
        }
    }

    @Test
    void aLessonWithinAnotherPage() {
        Lesson lesson = lessons.find(PUBLISH).orElseThrow();
        try (LabPage lab = new LabPage(1024, 768, ColorScheme.LIGHT)) {
            begin(lab, lesson);
            lab.button("Share").click();
            String snippet = lab.page().getByLabel("Embed snippet", new Page.GetByLabelOptions().setExact(true)).inputValue();
            lab.page().route("**/docs", route -> route.fulfill(
                    new Route.FulfillOptions().setContentType("text/html").setBody("<h1>Our docs</h1>" + snippet)));
            lab.page().navigate(server.resolve("/docs").toString());
            FrameLocator frame = lab.page().frameLocator("iframe");
            Step step = lesson.steps().getFirst();
            Locator open = frame.locator("li.step.open");
            assertThat(open.locator("h3")).containsText(step.title());
            assertThat(frame.locator("svg.scene")).isVisible();
            predict(open, step.questions().getFirst());
            open.locator(".run button").first().click();
            assertThat(open.locator(".goal.ticked")).hasCount(step.goals().size());
            assertThat(open.locator("form.question.right")).hasCount(1);
            open.locator("button.next").click();
            assertThat(open.locator("h3")).containsText(lesson.steps().get(1).title());
            lab.page().screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("lesson-embedded.png")).setFullPage(true));
            assertThat(lab.complaints()).isEmpty();
        }
    }

    @Test
    void aLessonWithinAPageOnATelephoneComesOnePartAtATime() {
        Lesson lesson = lessons.find(PUBLISH).orElseThrow();
        try (LabPage lab = new LabPage(390, 600, ColorScheme.LIGHT)) {
            begin(lab, lesson);
            lab.button("Share").click();
            String snippet = lab.page().getByLabel("Embed snippet", new Page.GetByLabelOptions().setExact(true)).inputValue();
            lab.page().navigate(snippet.replaceAll("(?s).*src=\"([^\"]+)\".*", "$1"));
            Locator open = lab.page().locator("li.step.open");
            Locator drawing = lab.page().locator("svg.scene");
            assertThat(open).isVisible();
            assertThat(drawing).isHidden();
            open.locator(".run button").first().click();
            assertThat(lab.screen("client")).containsText("curl");
            assertThat(open).isHidden();
            lab.button("Topology").click();
            assertThat(drawing).isVisible();
            assertThat(lab.screen("client")).isHidden();
            lab.button("‹ Back to the lesson").click();
            assertThat(open).isVisible();
            assertThat(lab.complaints()).isEmpty();
        }
    }

    @Test
    void whatAStepIsNotAboutIsFoldedAway() {
        Lesson lesson = lessons.find(NAMES).orElseThrow();
        try (LabPage lab = new LabPage(1440, 900, ColorScheme.LIGHT)) {
            begin(lab, lesson);
            Locator old = lab.page().locator("svg [data-node='namespace:host/old1']");
            assertThat(old).isVisible();
            int folding = 2;
            for (Step step : lesson.steps().subList(0, folding)) {
                Locator open = lab.page().locator("li.step.open");
                step.questions().forEach(question -> predict(open, question));
                open.locator(".run button").all().forEach(button -> run(lab, button));
                open.locator("button.next").click();
            }
            assertThat(lesson.steps().get(folding).fold()).contains("host/docker0", "client");
            assertThat(old).hasCount(0);
            assertThat(lab.page().locator("svg [data-node='fold:host/docker0']")).isVisible();
            assertThat(lab.page().locator("svg .box.pale[data-node='machine:client']")).isVisible();
            assertThat(lab.page().locator("svg .box.focus[data-node='namespace:host/ann']")).isVisible();
            lab.page().screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("lesson-folded.png")));
            assertThat(lab.complaints()).isEmpty();
        }
    }

    /** Each hint shows the next one. */
    private static void openHints(LabPage lab, Step step) {
        Locator hints = lab.page().locator("li.step.open details.hint:visible");
        for (int shown = 1; shown <= step.hints(); shown++) {
            assertThat(hints).hasCount(shown);
            hints.last().locator("summary").click();
        }
    }

    private void begin(LabPage lab, Lesson lesson) {
        lab.page().navigate(server.toString());
        card(lab, lesson).getByRole(AriaRole.BUTTON).click();
        lab.isInALab();
        assertThat(lab.page().locator(".lesson h2")).hasText(lesson.title());
        assertThat(lab.page().locator(".goal.ticked")).hasCount(0);
    }

    /** Leaves, finds on the start page how far it was, and goes on there. */
    private void comesBack(LabPage lab, Lesson lesson, int reached) {
        lab.page().navigate(server.toString());
        card(lab, lesson).getByText("go on at step " + (reached + 1)).click();
        assertThat(lab.page().locator("li.step.open h3")).containsText(lesson.steps().get(reached).title());
        lab.page().locator("li.step h3 button").nth(reached - 1).click();
    }

    private static Locator card(LabPage lab, Lesson lesson) {
        return lab.page().locator(".cards li:has([data-lesson='" + lesson.id() + "'])");
    }

    private static void predict(Locator open, Question question) {
        Locator form = open.locator("form[data-question='" + question.name() + "']");
        if (question.choices().isEmpty()) {
            form.locator("input").fill(question.answer());
        } else {
            form.locator("input[value='" + question.answer() + "']").check();
        }
        form.getByText("Predict", new Locator.GetByTextOptions().setExact(true)).click();
    }

    private void run(LabPage lab, Locator button) {
        ended(lab, button::click);
    }

    /** Does what gives a command to a terminal, and waits until the lesson has heard that the command ended. */
    private void ended(LabPage lab, Runnable give) {
        Session session = sessions.find(lab.page().url().replaceAll(".*/s/", ""));
        LessonRun run = LessonRun.of(session).orElseThrow();
        int before = run.progress().commands();
        give.run();
        long place = session.stream().beforeFirst();
        while (run.progress().commands() == before) {
            place = next(session, place);
        }
    }

    private static long next(Session session, long place) {
        try {
            SessionStream.Read read = session.stream().read(place, 1000);
            return read instanceof SessionStream.Read.Updates updates ? updates.updates().getLast().sequence() : place;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
