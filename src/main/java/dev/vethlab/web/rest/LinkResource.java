package dev.vethlab.web.rest;

import dev.vethlab.session.Link;
import dev.vethlab.session.Links;
import dev.vethlab.session.Session;
import dev.vethlab.web.Access;
import dev.vethlab.web.OwnerCookie;
import dev.vethlab.web.rest.SessionRequests.Invite;
import dev.vethlab.web.rest.SessionRequests.Linked;
import dev.vethlab.web.rest.SessionRequests.Share;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Links out of a session, by which others get a copy of it, and into it, by which they come themselves. */
@Path("/api/v1/sessions/{id}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LinkResource {
    private final Access access;
    private final Links links;

    LinkResource(Access access, Links links) {
        this.access = access;
        this.links = links;
    }

    @POST
    @Path("shares")
    @Operation(
            summary = "Keep this moment, or all from the start, under a link",
            description = "Who opens it gets a session of their own. What is done here later does not change it.")
    @APIResponse(responseCode = "201", description = "made; Location is the page that opens it")
    public Response share(String id, @Valid @Nullable Share request) {
        Share wanted = request == null ? Share.DEFAULT : request;
        Link.Kind kind = "start".equals(wanted.from()) ? Link.Kind.START : Link.Kind.MOMENT;
        return created(links.create(access.toType(id), kind, lifetime(wanted.lifetime())));
    }

    /** Without a body, its type does not matter. */
    @POST
    @Path("shares")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response shareThisMoment(String id, @HeaderParam("Content-Length") @DefaultValue("0") long length) {
        if (length > 0) {
            throw new NotSupportedException();
        }
        return share(id, null);
    }

    @POST
    @Path("invitations")
    @Operation(summary = "Let others in by a link of their own", description = "For the owner: by cookie, or Authorization: Bearer OWNER.")
    @APIResponse(responseCode = "201", description = "made; Location is the page that opens it")
    @APIResponse(responseCode = "403", description = "not the owner")
    public Response invite(String id, @Valid @Nullable Invite request, @Context HttpHeaders headers) {
        if (request == null) {
            throw new BadFieldException("role", SessionRequests.NO_ROLE);
        }
        Session session = access.toOwn(id, proofs(headers));
        return created(links.create(session, SessionRequests.invitation(request.role()), lifetime(request.lifetime())));
    }

    @GET
    @Path("links")
    @Operation(summary = "The session's links", description = "For the owner.")
    public List<Linked> list(String id, @Context HttpHeaders headers) {
        return links.of(access.toOwn(id, proofs(headers)).id()).stream().map(Linked::of).toList();
    }

    @DELETE
    @Path("links/{link}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Make a link lead nowhere", description = "For the owner. Whoever came in by it is put out.")
    @APIResponse(responseCode = "204", description = "revoked")
    public void revoke(String id, String link, @Context HttpHeaders headers) {
        if (!links.revoke(access.toOwn(id, proofs(headers)).id(), link)) {
            throw new NotFoundException();
        }
    }

    private static Response created(Link link) {
        Linked made = Linked.of(link);
        return Response.created(URI.create(made.url())).entity(made).build();
    }

    private static List<String> proofs(HttpHeaders headers) {
        return OwnerCookie.proofs(header(headers, HttpHeaders.COOKIE), header(headers, HttpHeaders.AUTHORIZATION));
    }

    private static List<String> header(HttpHeaders headers, String name) {
        List<String> values = headers.getRequestHeader(name);
        return values == null ? List.of() : values;
    }

    private static @Nullable Duration lifetime(@Nullable String text) {
        try {
            Duration lifetime = text == null ? null : Duration.parse(text);
            if (lifetime != null && !lifetime.isPositive()) {
                throw new BadFieldException("lifetime", "must be positive");
            }
            return lifetime;
        } catch (DateTimeParseException e) {
            throw new BadFieldException("lifetime", "must be a duration such as PT2H or P7D");
        }
    }
}
