package dev.vethlab.web.rest;

import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.Lessons;
import dev.vethlab.workshop.Step;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What can be learned. */
@Path("/api/v1/lessons")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LessonResource {
    private final Lessons lessons;

    LessonResource(Lessons lessons) {
        this.lessons = lessons;
    }

    /** A lesson, without its text. */
    public record LessonView(
            String id, String kind, int number, String title, String summary, int minutes, String world, List<String> steps) {
        static LessonView of(Lesson lesson) {
            return new LessonView(
                    lesson.id(),
                    lesson.kind().name().toLowerCase(Locale.ROOT),
                    lesson.number(),
                    lesson.title(),
                    lesson.summary(),
                    lesson.minutes(),
                    lesson.world().text(),
                    lesson.steps().stream().map(Step::title).toList());
        }
    }

    @GET
    @Operation(summary = "The lessons and challenges", description = "A session with one is made by POST /api/v1/sessions {\"lesson\":ID}.")
    public List<LessonView> all() {
        return lessons.all().stream().map(LessonView::of).toList();
    }
}
