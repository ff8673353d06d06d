package dev.vethlab.web.page;

import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.Input;
import dev.vethlab.session.LimitReachedException;
import dev.vethlab.session.Links;
import dev.vethlab.session.OpenCommands;
import dev.vethlab.session.Recipe;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.Sessions;
import dev.vethlab.web.Creation;
import dev.vethlab.web.OwnerCookie;
import dev.vethlab.web.SameOrigin;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.Lessons;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** What people open in a browser. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class Pages {
    static final String LANDING = "src/app/landing.ts";
    private static final String PLAYGROUND = "src/app/play.ts";

    private final Sessions sessions;
    private final Links links;
    private final Creation creation;
    private final Lessons lessons;
    private final Assets assets;
    private final SessionObserver observer;

    Pages(Sessions sessions, Links links, Creation creation, Lessons lessons, Assets assets, SessionObserver observer) {
        this.sessions = sessions;
        this.links = links;
        this.creation = creation;
        this.lessons = lessons;
        this.assets = assets;
        this.observer = observer;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance landing(String title, Assets.Entry assets, List<LessonCard> lessons, List<LessonCard> challenges);

        static native TemplateInstance playground(String title, Assets.Entry assets, String id);

        static native TemplateInstance embed(String title, Assets.Entry assets, String id);

        static native TemplateInstance open(String title, Assets.Entry assets, String world, String seed, List<String> runs,
                Input.Script script);

        static native TemplateInstance gone(String title, Assets.Entry assets);

        static native TemplateInstance refused(String title, Assets.Entry assets, String why);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance landing() {
        return Templates.landing("Vethlab: watch Docker's packets", assets.of(LANDING), cards(Lesson.Kind.LESSON),
                cards(Lesson.Kind.CHALLENGE));
    }

    private List<LessonCard> cards(Lesson.Kind kind) {
        return lessons.all(kind).stream().map(LessonCard::of).toList();
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
    public Response share(String share, @Context HttpServerRequest request) {
        return refusing(() -> {
            creation.count(request);
            return links.open(share).map(Pages::enter).orElseGet(this::gone);
        });
    }

    /** A lab by a link that anybody can write: with commands, it asks before it does anything. */
    @GET
    @Path("new")
    @Operation(hidden = true)
    @RunOnVirtualThread
    public Response open(
            @RestQuery @DefaultValue("lab") String world,
            @RestQuery @DefaultValue("") String seed,
            @RestQuery List<String> run,
            @Context HttpServerRequest request) {
        return refusing(() -> {
            Recipe recipe = recipe(world, seed);
            Input.Script script = OpenCommands.script(run);
            return run.isEmpty() ? make(recipe, script, request) : Response.ok(Templates.open("Open a lab", assets.of(LANDING),
                            recipe.world().text(), seed, run, script)).header("Cache-Control", "no-store").build();
        });
    }

    /** The person has seen the commands. */
    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    @RunOnVirtualThread
    public Response confirmed(
            @RestForm @DefaultValue("lab") String world,
            @RestForm @DefaultValue("") String seed,
            @RestForm List<String> run,
            @Context HttpServerRequest request) {
        if (!SameOrigin.is(request)) {
            return refused(Response.Status.FORBIDDEN, "This must be confirmed on a page of this server.");
        }
        return refusing(() -> make(recipe(world, seed), OpenCommands.script(run), request));
    }

    private Recipe recipe(String world, String seed) {
        WorldKind kind = WorldKind.of(world).orElseThrow(() -> new IllegalArgumentException("There is no world " + world + "."));
        try {
            return new Recipe(kind, seed.isEmpty() ? sessions.randomSeed() : Long.parseLong(seed), "");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A seed is a whole number.", e);
        }
    }

    private Response make(Recipe recipe, Input.Script script, HttpServerRequest request) {
        creation.count(request);
        Session session = sessions.create(recipe);
        if (!script.steps().isEmpty()) {
            session.submit(script).join();
        }
        return enter(session);
    }

    private static Response enter(Session session) {
        return Response.seeOther(URI.create("/s/" + session.id())).cookie(OwnerCookie.of(session.id(), session.owner())).build();
    }

    private Response refusing(Supplier<Response> page) {
        try {
            return page.get();
        } catch (IllegalArgumentException e) {
            return refused(Response.Status.BAD_REQUEST, e.getMessage());
        } catch (LimitReachedException e) {
            observer.limited(e.limit(), 1);
            return refused(Response.Status.TOO_MANY_REQUESTS, e.getMessage());
        }
    }

    private Response refused(Response.Status status, String why) {
        return Response.status(status).entity(Templates.refused("Vethlab", assets.of(LANDING), why)).build();
    }

    /** A share within another page: topology and terminal, without the page's own frame. */
    @GET
    @Path("embed/{share}")
    @Operation(hidden = true)
    @RunOnVirtualThread
    public Response embed(String share, @Context HttpServerRequest request) {
        return refusing(() -> {
            creation.count(request);
            return links.open(share)
                    .map(session -> Response.ok(Templates.embed("Vethlab", assets.of(PLAYGROUND), session.id()))
                            .header("Cache-Control", "no-store")
                            .cookie(OwnerCookie.of(session.id(), session.owner()))
                            .build())
                    .orElseGet(this::gone);
        });
    }

    private Response gone() {
        return gone(assets);
    }

    /** The page in the place of one that there is not. */
    static Response gone(Assets assets) {
        return Response.status(Response.Status.NOT_FOUND).entity(Templates.gone("Vethlab", assets.of(LANDING))).build();
    }
}
