package dev.vethlab.web.inspect;

import dev.vethlab.web.Access;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The inspector's fragments. */
@Path("/api/v1/sessions/{id}/inspect")
@Produces(MediaType.TEXT_HTML)
public class InspectResource {
    private final Access access;

    InspectResource(Access access) {
        this.access = access;
    }

    @CheckedTemplate(basePath = "inspect")
    static class Templates {
        static native TemplateInstance thing(Inspection it, String session);

        static native TemplateInstance gone();
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "What a thing of the drawing is and holds, as a fragment of HTML",
            description = "node is machine:NAME, device:MACHINE/NAMESPACE/NAME, namespace:MACHINE/NAME, container:ID, switch:NAME, "
                    + "station:MACHINE/HOOK, or a cable by its two ends, joined by >. at is the number of a trace event: as it was then.")
    @APIResponse(responseCode = "404", description = "unknown session, or a thing that is not there any more")
    public Response inspect(String id, @RestQuery @DefaultValue("") String node, @RestQuery @Nullable Long at) {
        return Moment.look(access.toLook(id), at, world -> Inspector.of(world, node))
                .map(found -> Response.ok(Templates.thing(found, id)))
                .orElseGet(() -> Response.status(Response.Status.NOT_FOUND).entity(Templates.gone()))
                .header("Cache-Control", "no-store").build();
    }
}
