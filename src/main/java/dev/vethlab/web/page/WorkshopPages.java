package dev.vethlab.web.page;

import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.LimitReachedException;
import dev.vethlab.session.Link;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.web.Creation;
import dev.vethlab.web.Joining;
import dev.vethlab.web.SameOrigin;
import dev.vethlab.web.SeatCookie;
import dev.vethlab.web.Settings;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.Lessons;
import dev.vethlab.workshop.seat.Seat;
import dev.vethlab.workshop.seat.Workshop;
import dev.vethlab.workshop.seat.WorkshopException;
import dev.vethlab.workshop.seat.Workshops;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** Making a workshop, joining one, and the organiser's page. Their forms work without a script. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class WorkshopPages {
    private static final String ORGANISER = "src/app/workshop.ts";
    private static final String WORLD = "world:";

    private final Workshops workshops;
    private final Lessons lessons;
    private final Joining joining;
    private final Creation creation;
    private final Assets assets;
    private final Settings settings;
    private final SessionObserver observer;

    WorkshopPages(
            Workshops workshops,
            Lessons lessons,
            Joining joining,
            Creation creation,
            Assets assets,
            Settings settings,
            SessionObserver observer) {
        this.workshops = workshops;
        this.lessons = lessons;
        this.joining = joining;
        this.creation = creation;
        this.assets = assets;
        this.settings = settings;
        this.observer = observer;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance newWorkshop(
                String title, Assets.Entry assets, List<Lesson> lessons, List<Lesson> challenges, int mostSeats, String chosen, String why);

        static native TemplateInstance join(String title, Assets.Entry assets, String code, String name, String why);

        static native TemplateInstance workshop(String title, Assets.Entry assets, Workshop workshop);
    }

    @GET
    @Path("workshops/new")
    @Operation(hidden = true)
    public Response newWorkshop(@RestQuery @DefaultValue("") String lesson) {
        return Response.ok(form(lesson, "")).build();
    }

    private TemplateInstance form(String chosen, String why) {
        return Templates.newWorkshop("Make a workshop · Vethlab", assets.of(Pages.LANDING), lessons.all(Lesson.Kind.LESSON),
                lessons.all(Lesson.Kind.CHALLENGE), settings.limits().seats(), chosen, why);
    }

    @POST
    @Path("workshops/new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response create(
            @RestForm @DefaultValue("") String begin,
            @RestForm @DefaultValue("") String seats,
            @RestForm @DefaultValue("") String minutes,
            @Context HttpServerRequest request) {
        return refusing(why -> form(begin, why), request, () -> {
            int places = number("Seats", seats, 1, settings.limits().seats());
            int lasts = number("Minutes", minutes, Workshop.SHORTEST_MINUTES, Workshop.LONGEST_MINUTES);
            boolean isWorld = begin.startsWith(WORLD);
            WorldKind world = isWorld
                    ? WorldKind.of(begin.substring(WORLD.length())).orElseThrow(() -> new IllegalArgumentException("There is no such world."))
                    : WorldKind.LAB;
            Lesson lesson = isWorld
                    ? null
                    : lessons.find(begin).orElseThrow(() -> new IllegalArgumentException("Choose what every seat begins with."));
            creation.count(request);
            Workshop workshop = workshops.create(lesson, world, places, Duration.ofMinutes(lasts));
            return Response.seeOther(URI.create("/workshops/" + workshop.id())).build();
        });
    }

    private static int number(String what, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(what + ": a whole number from " + least + " to " + most + ".");
    }

    @GET
    @Path("join")
    @Operation(hidden = true)
    public Response join() {
        return Response.ok(form("", "", "")).build();
    }

    /** The same with the code filled in. */
    @GET
    @Path("w/{code}")
    @Operation(hidden = true)
    public Response join(String code) {
        return Response.ok(form(code, "", "")).build();
    }

    private TemplateInstance form(String code, String name, String why) {
        return Templates.join("Join a workshop · Vethlab", assets.of(Pages.LANDING), code, name, why);
    }

    @POST
    @Path("join")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response join(
            @RestForm @DefaultValue("") String code,
            @RestForm @DefaultValue("") String name,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request) {
        return refusing(why -> form(code, name, why), request, () -> {
            Seat seat = joining.join(code, name, headers, request);
            return Response.seeOther(URI.create("/s/" + seat.link())).cookie(SeatCookie.of(code, seat)).build();
        });
    }

    @GET
    @Path("workshops/{id}")
    @Operation(hidden = true)
    public Response organise(String id) {
        return found(() -> {
            Workshop workshop = workshops.find(id);
            return Response.ok(Templates.workshop(workshop.title() + " · Workshop · Vethlab", assets.of(ORGANISER), workshop))
                    .header("Cache-Control", "no-store")
                    .build();
        });
    }

    @GET
    @Path("workshops/{id}/seats/{seat}/watch")
    @Operation(hidden = true)
    public Response watch(String id, String seat) {
        return found(() -> visit(id, seat, Link.Kind.VIEWER));
    }

    @GET
    @Path("workshops/{id}/seats/{seat}/help")
    @Operation(hidden = true)
    public Response help(String id, String seat) {
        return found(() -> visit(id, seat, Link.Kind.PARTICIPANT));
    }

    private Response visit(String id, String seat, Link.Kind kind) {
        return Response.seeOther(URI.create("/s/" + workshops.linkTo(id, seat, kind).id())).header("Cache-Control", "no-store").build();
    }

    private Response found(Supplier<Response> page) {
        try {
            return page.get();
        } catch (WorkshopException e) {
            return Pages.gone(assets);
        }
    }

    private interface Form {
        TemplateInstance because(String why);
    }

    /** What cannot be is said in the form, which keeps what was typed. */
    private Response refusing(Form form, HttpServerRequest request, Supplier<Response> make) {
        if (!SameOrigin.is(request)) {
            return Response.status(Response.Status.FORBIDDEN).entity(form.because("This form belongs on a page of this server.")).build();
        }
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            return Response.status(Response.Status.BAD_REQUEST).entity(form.because(e.getMessage())).build();
        } catch (LimitReachedException e) {
            observer.limited(e.limit(), 1);
            return Response.status(Response.Status.TOO_MANY_REQUESTS).entity(form.because(e.getMessage())).build();
        } catch (WorkshopException e) {
            Response.Status status = switch (e.reason()) {
                case GONE -> Response.Status.NOT_FOUND;
                case CLOSED, NAME_TAKEN -> Response.Status.CONFLICT;
                case BAD_NAME -> Response.Status.BAD_REQUEST;
            };
            return Response.status(status).entity(form.because(e.getMessage())).build();
        }
    }
}
