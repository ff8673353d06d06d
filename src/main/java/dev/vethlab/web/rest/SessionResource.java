package dev.vethlab.web.rest;

import dev.vethlab.engine.trace.Journeys;
import dev.vethlab.session.ExecuteResult;
import dev.vethlab.session.Input;
import dev.vethlab.session.Recipe;
import dev.vethlab.session.Session;
import dev.vethlab.session.Sessions;
import dev.vethlab.web.Access;
import dev.vethlab.web.Creation;
import dev.vethlab.web.OwnerCookie;
import dev.vethlab.web.rest.SessionRequests.Create;
import dev.vethlab.web.rest.SessionRequests.Created;
import dev.vethlab.web.rest.SessionRequests.Exec;
import dev.vethlab.web.rest.SessionRequests.Executed;
import dev.vethlab.web.rest.SessionRequests.Note;
import dev.vethlab.web.wire.PacketsView;
import dev.vethlab.web.wire.ProgressView;
import dev.vethlab.web.wire.TopologyView;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.LessonRun;
import dev.vethlab.workshop.LessonSessions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Sessions for programs: what a browser does over its socket, one request at a time. */
@Path("/api/v1/sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SessionResource {
    private static final int LONGEST_COMMAND = 64 << 10;
    private static final int LONGEST_KEY = 64;
    private static final int STAGES_AT_ONCE = 1000;
    private static final String PCAPNG = "application/x-pcapng";

    private final Sessions sessions;
    private final LessonSessions lessons;
    private final Access access;
    private final Creation creation;

    SessionResource(Sessions sessions, LessonSessions lessons, Access access, Creation creation) {
        this.sessions = sessions;
        this.lessons = lessons;
        this.access = access;
        this.creation = creation;
    }

    @POST
    @Operation(summary = "Make a session")
    @APIResponse(responseCode = "201", description = "made; Location is its page's interface")
    @APIResponse(responseCode = "400", description = "an unknown world, flag or lesson")
    public Response create(@Valid @Nullable Create request, @Context HttpServerRequest asked) {
        return make(request == null ? Create.DEFAULT : request, asked);
    }

    /** Without a body, its type does not matter. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response createDefault(@HeaderParam("Content-Length") @DefaultValue("0") long length, @Context HttpServerRequest asked) {
        if (length > 0) {
            throw new NotSupportedException();
        }
        return make(Create.DEFAULT, asked);
    }

    private Response make(Create wanted, HttpServerRequest asked) {
        creation.count(asked);
        Session session = wanted.lesson() == null ? fresh(wanted) : begun(wanted, wanted.lesson());
        return Response.created(URI.create("/api/v1/sessions/" + session.id()))
                .entity(new Created(session.id(), session.owner()))
                .cookie(OwnerCookie.of(session.id(), session.owner()))
                .build();
    }

    private Session fresh(Create wanted) {
        Recipe recipe = recipe(wanted);
        try {
            return sessions.create(recipe);
        } catch (IllegalArgumentException e) {
            throw new BadFieldException("dockerd", e.getMessage());
        }
    }

    private Session begun(Create wanted, String id) {
        Lesson lesson = SessionRequests.lesson(lessons.lessons(), id);
        if (wanted.world() != null || wanted.dockerd() != null) {
            throw new BadFieldException(wanted.world() != null ? "world" : "dockerd", "is the lesson's to say");
        }
        return lessons.begin(lesson, seed(wanted));
    }

    private long seed(Create wanted) {
        return wanted.seed() == null ? sessions.randomSeed() : wanted.seed();
    }

    private Recipe recipe(Create wanted) {
        return new Recipe(SessionRequests.world(wanted.world()), seed(wanted), wanted.dockerd() == null ? "" : wanted.dockerd());
    }

    @POST
    @Path("{id}/exec")
    @Operation(
            summary = "Type a command",
            description = "One shell a node lives as long as the session. Answers when the foreground has ended, or after 10 "
                    + "virtual minutes with exit code 124.")
    @APIResponse(responseCode = "200", description = "what a terminal would show, and the exit status")
    @APIResponse(responseCode = "404", description = "unknown session or node")
    @APIResponse(responseCode = "413", description = "a command of more than 64 KiB")
    public Executed execute(
            String id,
            @Parameter(description = "names the command: sent again with the same key, it is not typed again, and the answer is the same")
                    @HeaderParam("Idempotency-Key")
                    @DefaultValue("")
                    @Size(max = LONGEST_KEY)
                    String key,
            @Valid @Nullable Exec request) {
        if (request == null) {
            throw new BadFieldException("body", "must be an object with node and command");
        }
        Session session = access.toType(id);
        if (request.command().getBytes(StandardCharsets.UTF_8).length > LONGEST_COMMAND) {
            throw new TooLargeException("A command may have " + LONGEST_COMMAND + " bytes.");
        }
        ExecuteResult result = Waiting.join(session.execute(key, request.node(), request.command()));
        return Executed.of(result);
    }

    @GET
    @Path("{id}/topology")
    @Operation(summary = "The structure of the world")
    public TopologyView topology(String id) {
        return TopologyView.of(access.toLook(id).structure());
    }

    @GET
    @Path("{id}/packets")
    @Operation(summary = "What happened to packets, stage by stage", description = "Up to 1000 events after a sequence number.")
    public PacketsView packets(String id, @QueryParam("after") @DefaultValue("0") @Min(0) long after) {
        Journeys.Page page = access.toLook(id).journeys().after(after, STAGES_AT_ONCE);
        return PacketsView.of(page);
    }

    @GET
    @Path("{id}/capture.pcapng")
    @Produces(PCAPNG)
    @Operation(summary = "The packets that are still kept, as a capture file", description = "Of one node or device, or all.")
    public Response capture(String id, @RestQuery @Nullable String node, @RestQuery @Nullable String device) {
        Session session = access.toLook(id);
        byte[] file = CaptureFile.of(session.journeys().all(), node, device);
        return Response.ok(file)
                .header("Content-Disposition", "attachment; filename=\"vethlab-" + id.substring(0, Math.min(8, id.length())) + ".pcapng\"")
                .build();
    }

    @GET
    @Path("{id}/progress")
    @Operation(summary = "How far the learner has come with the session's lesson")
    @APIResponse(responseCode = "200", description = "the first step that is not done, and what is done of each")
    @APIResponse(responseCode = "404", description = "unknown session, or one without a lesson")
    public ProgressView progress(String id) {
        return ProgressView.of(run(access.toLook(id)).progress());
    }

    @POST
    @Path("{id}/notes")
    @Operation(
            summary = "Answer a question of the lesson, go on, or open a hint",
            description = "about is answer:QUESTION with the answer, read or hint with a step's number, from 0. Answers with the progress.")
    @APIResponse(responseCode = "200", description = "the progress")
    @APIResponse(responseCode = "404", description = "unknown session, or one without a lesson")
    public ProgressView note(String id, @Valid @Nullable Note request) {
        if (request == null) {
            throw new BadFieldException("body", "must be an object with about and text");
        }
        Session session = access.toType(id);
        LessonRun run = run(session);
        Waiting.join(session.submit(new Input.Note(request.about(), request.text()))).ifPresent(refusal -> {
            throw refusal.asException();
        });
        return ProgressView.of(run.progress());
    }

    private static LessonRun run(Session session) {
        return LessonRun.of(session).orElseThrow(() -> new NotFoundException("This session has no lesson."));
    }

    @DELETE
    @Path("{id}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Forget a session and its log")
    @APIResponse(responseCode = "204", description = "forgotten")
    public void delete(String id) {
        sessions.delete(access.toForget(id));
    }
}
