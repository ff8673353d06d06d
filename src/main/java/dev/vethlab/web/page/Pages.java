package dev.vethlab.web.page;

import dev.vethlab.session.Links;
import dev.vethlab.web.OwnerCookie;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.Lessons;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What people open in a browser. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class Pages {
    private static final String LANDING = "src/app/landing.ts";
    private static final String PLAYGROUND = "src/app/play.ts";

    private final Links links;
    private final Lessons lessons;
    private final Assets assets;

    Pages(Links links, Lessons lessons, Assets assets) {
        this.links = links;
        this.lessons = lessons;
        this.assets = assets;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance landing(String title, Assets.Entry assets, List<LessonCard> lessons, List<LessonCard> challenges);

        static native TemplateInstance playground(String title, Assets.Entry assets, String id);

        static native TemplateInstance embed(String title, Assets.Entry assets, String id);

        static native TemplateInstance gone(String title, Assets.Entry assets);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance landing() {
        return Templates.landing("Vethlab: watch Docker's packets", assets.of(LANDING), cards(Lesson.Kind.LESSON),
                cards(Lesson.Kind.CHALLENGE));
    }

    private List<LessonCard> cards(Lesson.Kind kind) {
        return lessons.all().stream().filter(lesson -> lesson.kind() == kind).map(LessonCard::of).toList();
    }

    @GET
    @Path("s/{id}")
    @Operation(hidden = true)
    @RunOnVirtualThread
    public Response playground(String id) {
        return links.way(id).isPresent()
                ? Response.ok(Templates.playground("Vethlab", assets.of(PLAYGROUND), id)).header("Cache-Control", "no-store").build()
                : gone();
    }

    /** Opens a share: the visitor gets a session of their own in that state. */
    @GET
    @Path("share/{share}")
    @Operation(hidden = true)
    @RunOnVirtualThread
    public Response share(String share) {
        return links.open(share)
                .map(session -> Response.seeOther(URI.create("/s/" + session.id()))
                        .cookie(OwnerCookie.of(session.id(), session.owner()))
                        .build())
                .orElseGet(this::gone);
    }

    /** A share within another page: topology and terminal, without the page's own frame. */
    @GET
    @Path("embed/{share}")
    @Operation(hidden = true)
    @RunOnVirtualThread
    public Response embed(String share) {
        return links.open(share)
                .map(session -> Response.ok(Templates.embed("Vethlab", assets.of(PLAYGROUND), session.id()))
                        .header("Cache-Control", "no-store")
                        .cookie(OwnerCookie.of(session.id(), session.owner()))
                        .build())
                .orElseGet(this::gone);
    }

    private Response gone() {
        return Response.status(Response.Status.NOT_FOUND).entity(Templates.gone("Vethlab", assets.of(LANDING))).build();
    }
}
