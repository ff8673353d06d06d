package dev.vethlab.web.inspect;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.world.World;
import dev.vethlab.web.Access;
import dev.vethlab.web.inspect.Inspection.RuleTable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The tables that the netfilter map shows. */
@Path("/api/v1/sessions/{id}/netfilter")
@Produces(MediaType.APPLICATION_JSON)
public class NetfilterResource {
    private final Access access;

    NetfilterResource(Access access) {
        this.access = access;
    }

    /** A namespace's tables that are used, in the order in which hooks ask them. */
    record NetfilterView(String machine, String namespace, List<RuleTable> tables) {}

    @GET
    @RunOnVirtualThread
    @Operation(
            summary = "A network namespace's tables, chains and rules with their counters",
            description = "namespace is empty for the machine's own. at is the number of a trace event: as they were then.")
    @APIResponse(responseCode = "404", description = "unknown session, or a namespace that is, or was, not there")
    public NetfilterView tables(
            String id, @RestQuery @DefaultValue("host") String machine, @RestQuery @DefaultValue("") String namespace,
            @RestQuery @Nullable Long at) {
        return Moment.look(access.toLook(id), at, world -> find(world, machine, namespace)
                        .map(found -> new NetfilterView(machine, namespace, FilterTables.all(found))))
                .orElseThrow(() -> new NotFoundException("There is no namespace " + machine + "/" + namespace + "."));
    }

    private static Optional<NetworkNamespace> find(World world, String machine, String namespace) {
        return world.machines().stream()
                .filter(found -> found.name().equals(machine))
                .flatMap(found -> found.namespaces().stream())
                .filter(found -> found.name().equals(namespace))
                .findFirst();
    }
}
