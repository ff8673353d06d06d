package dev.vethlab.web.rest;

import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.web.Creation;
import dev.vethlab.web.Joining;
import dev.vethlab.web.SameOrigin;
import dev.vethlab.web.SeatCookie;
import dev.vethlab.web.Settings;
import dev.vethlab.web.rest.WorkshopViews.Create;
import dev.vethlab.web.rest.WorkshopViews.Join;
import dev.vethlab.web.rest.WorkshopViews.Joined;
import dev.vethlab.web.rest.WorkshopViews.Look;
import dev.vethlab.web.rest.WorkshopViews.Page;
import dev.vethlab.web.rest.WorkshopViews.SeatView;
import dev.vethlab.web.rest.WorkshopViews.Visit;
import dev.vethlab.web.rest.WorkshopViews.WorkshopView;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.Lessons;
import dev.vethlab.workshop.seat.Outcome;
import dev.vethlab.workshop.seat.Seat;
import dev.vethlab.workshop.seat.Workshop;
import dev.vethlab.workshop.seat.Workshops;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** Workshops: whoever knows a workshop's id is its organiser; participants know the code. */
@Path("/api/v1/workshops")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WorkshopResource {
    private static final int SEATS = 30;
    private static final int MINUTES = 120;

    private final Workshops workshops;
    private final WorkshopLooks looks;
    private final Lessons lessons;
    private final Joining joining;
    private final Creation creation;
    private final Settings settings;

    WorkshopResource(Workshops workshops, WorkshopLooks looks, Lessons lessons, Joining joining, Creation creation, Settings settings) {
        this.workshops = workshops;
        this.looks = looks;
        this.lessons = lessons;
        this.joining = joining;
        this.creation = creation;
        this.settings = settings;
    }

    @POST
    @Operation(summary = "Make a workshop")
    @APIResponse(responseCode = "201", description = "made; Location is its interface")
    @APIResponse(responseCode = "429", description = "too many open workshops, or too much from one address")
    public Response create(@Valid @Nullable Create request, @Context HttpServerRequest asked) {
        fromHere(asked);
        Create wanted = request == null ? Create.DEFAULT : request;
        Lesson lesson = wanted.lesson() == null ? null : SessionRequests.lesson(lessons, wanted.lesson());
        if (lesson != null && wanted.world() != null) {
            throw new BadFieldException("world", "is the lesson's to say");
        }
        WorldKind world = SessionRequests.world(wanted.world());
        int seats = wanted.seats() == null ? SEATS : wanted.seats();
        if (seats > settings.limits().seats()) {
            throw new BadFieldException("seats", "a workshop may have " + settings.limits().seats() + " seats");
        }
        creation.count(asked);
        Workshop workshop = workshops.create(lesson, world, seats,
                Duration.ofMinutes(wanted.minutes() == null ? MINUTES : wanted.minutes()));
        return Response.created(URI.create("/api/v1/workshops/" + workshop.id())).entity(WorkshopView.of(workshop, now())).build();
    }

    @POST
    @Path("join")
    @Operation(summary = "Take a seat", description = "With the cookie of the first time, the same seat again.")
    @APIResponse(responseCode = "201", description = "a seat; the cookie proves that it is one's own")
    @APIResponse(responseCode = "404", description = "no workshop has this code")
    @APIResponse(responseCode = "409", description = "the workshop is over, or somebody else has this name")
    @APIResponse(responseCode = "429", description = "all seats are taken, or too many wrong codes from one address")
    public Response join(@Valid @Nullable Join request, @Context HttpHeaders headers, @Context HttpServerRequest asked) {
        fromHere(asked);
        if (request == null) {
            throw new BadFieldException("body", "must be an object with code and name");
        }
        Seat seat = joining.join(request.code(), request.name(), headers, asked);
        URI page = URI.create("/s/" + seat.link());
        return Response.created(page).entity(new Joined(page.toString(), seat.name())).cookie(SeatCookie.of(request.code(), seat)).build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "The workshop and all its seats")
    @APIResponse(responseCode = "404", description = "no such workshop")
    public Look look(String id) {
        return new Look(now(), WorkshopView.of(workshops.find(id), now()), workshops.lookAt(id).stream().map(SeatView::of).toList());
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(summary = "The same, and then what changes", description = "Once a second at most, the seats that have changed since.")
    public Multi<Look> events(String id) {
        return looks.at(id);
    }

    @POST
    @Path("{id}/seats/{seat}/visit")
    @Operation(summary = "A way to a seat, to look or to help")
    public Page visit(String id, String seat, @Valid @Nullable Visit request, @Context HttpServerRequest asked) {
        fromHere(asked);
        if (request == null) {
            throw new BadFieldException("role", SessionRequests.NO_ROLE);
        }
        return new Page("/s/" + workshops.linkTo(id, seat, SessionRequests.invitation(request.role())).id());
    }

    @POST
    @Path("{id}/seats/{seat}/reset")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Give a seat a fresh session", description = "Whoever sits there finds it in the place of the old one.")
    @APIResponse(responseCode = "409", description = "the workshop is over")
    public SeatView reset(String id, String seat, @Context HttpServerRequest asked) {
        fromHere(asked);
        return SeatView.of(workshops.reset(id, seat));
    }

    @POST
    @Path("{id}/show")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Show a session of the organiser's own to all seats", description = "Answers with its page.")
    @APIResponse(responseCode = "409", description = "the workshop is over")
    public Page show(String id, @Context HttpServerRequest asked) {
        fromHere(asked);
        return new Page("/s/" + workshops.show(id));
    }

    @DELETE
    @Path("{id}/show")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Show it no longer")
    public void hide(String id, @Context HttpServerRequest asked) {
        fromHere(asked);
        workshops.hide(id);
    }

    @POST
    @Path("{id}/close")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Let nobody join any more, and seats be looked at only")
    public WorkshopView close(String id, @Context HttpServerRequest asked) {
        fromHere(asked);
        return WorkshopView.of(workshops.close(id), now());
    }

    @GET
    @Path("{id}/outcome.csv")
    @Produces("text/csv")
    @Operation(summary = "What came of it, a line a seat")
    public Response outcome(String id) {
        String name = "vethlab-workshop-" + workshops.find(id).code() + ".csv";
        return Response.ok(Outcome.csv(workshops.lookAt(id)), "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @Path("{id}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Forget a workshop and all its seats")
    @APIResponse(responseCode = "204", description = "forgotten")
    public void delete(String id, @Context HttpServerRequest asked) {
        fromHere(asked);
        workshops.delete(id);
    }

    private static void fromHere(HttpServerRequest request) {
        if (!SameOrigin.is(request)) {
            throw new ForbiddenException("This must be asked for by a page of this server.");
        }
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }
}
