package dev.vethlab.engine.docker.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations on networks. A {@code term} is an id, a name, or the beginning of an id that no other has. */
public interface NetworkApi {
    /** {@code GET /networks}, in the order they were made. */
    List<? extends NetworkView> all();

    /** @throws EngineException 404 if there is none, 400 if the beginning of an id is several networks' */
    NetworkView find(String term) throws EngineException;

    /** Like {@link #find}; null if there is none. */
    @Nullable NetworkView lookup(String term);

    /** {@code GET /networks/{id}}. */
    Value.Struct inspect(String term) throws EngineException;

    /** {@code POST /networks/create}. */
    NetworkView create(NetworkCreate request) throws EngineException;

    /** {@code DELETE /networks/{id}}. */
    void remove(String term) throws EngineException;

    /** {@code POST /networks/prune}: of the unused networks those that {@code wanted} accepts; the names of those that went. */
    List<String> prune(java.util.function.Predicate<NetworkView> wanted) throws EngineException;

    /** {@code POST /networks/{id}/connect}: now if the container runs, else when it starts. */
    void connect(String network, String container, EndpointSettings settings) throws EngineException;

    /** {@code POST /networks/{id}/disconnect}. */
    void disconnect(String network, String container, boolean force) throws EngineException;
}
