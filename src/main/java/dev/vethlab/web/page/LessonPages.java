package dev.vethlab.web.page;

import dev.vethlab.session.Links;
import dev.vethlab.session.Sessions;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.LessonRun;
import dev.vethlab.workshop.Lessons;
import dev.vethlab.workshop.Progress;
import dev.vethlab.workshop.Report;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A session's lesson: its text, and what the learner did. The paths are whole ones on the methods: a class for {@code /s/{id}} would take
 * the playground's address from {@link Pages}.
 */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class LessonPages {
    private final Sessions sessions;
    private final Links links;
    private final Lessons lessons;
    private final Assets assets;

    LessonPages(Sessions sessions, Links links, Lessons lessons, Assets assets) {
        this.sessions = sessions;
        this.links = links;
        this.lessons = lessons;
        this.assets = assets;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance lesson(String session, Lesson lesson, LessonPlace place, @Nullable Lesson next);

        static native TemplateInstance summary(
                String title,
                Assets.Entry assets,
                String session,
                Lesson lesson,
                LessonPlace place,
                @Nullable Lesson next,
                Progress progress,
                Report report);
    }

    /** For the page to put beside the drawing. */
    @GET
    @Path("s/{id}/lesson")
    @Operation(hidden = true)
    public Response lesson(String id) {
        return page(id, run -> {
            LessonPlace place = LessonPlace.of(lessons, run.lesson());
            return Templates.lesson(id, run.lesson(), place, place.next(lessons));
        });
    }

    @GET
    @Path("s/{id}/summary")
    @Operation(hidden = true)
    public Response summary(String id) {
        return page(id, run -> {
            Lesson lesson = run.lesson();
            LessonPlace place = LessonPlace.of(lessons, lesson);
            Progress progress = run.progress();
            return Templates.summary(lesson.title() + " · Vethlab", assets.of(Pages.LANDING), id, lesson, place, place.next(lessons), progress,
                    Report.of(lesson, progress));
        });
    }

    private Response page(String id, Function<LessonRun, TemplateInstance> page) {
        Optional<LessonRun> run = links.way(id).map(way -> sessions.find(way.session())).flatMap(LessonRun::of);
        return run.map(of -> Response.ok(page.apply(of)).header("Cache-Control", "no-store").build()).orElseGet(() -> Pages.gone(assets));
    }
}
