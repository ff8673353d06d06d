package dev.vethlab.engine.docker.api;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.OpenFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations on containers. A {@code term} is a name, an id, or the beginning of an id that no other has. */
public interface ContainerApi {
    /** {@code GET /containers/json?all=1}: the newest first. */
    List<? extends ContainerView> all();

    /** @throws EngineException 404 if there is none, 400 if the beginning of an id is several containers' */
    ContainerView find(String term) throws EngineException;

    /** {@code GET /containers/{id}/json?size=…}. */
    Value.Struct inspect(String term, boolean size) throws EngineException;

    /** How many bytes its files have that its image does not have so. */
    long writtenSize(String term) throws EngineException;

    /** {@code POST /containers/create}; {@code name} may be empty, {@code networks} too. */
    ContainerView create(String name, ContainerConfig config, HostConfig host, Map<String, EndpointSettings> networks)
            throws EngineException;

    /** {@code POST /containers/{id}/start}; nothing if it runs. */
    void start(String term) throws EngineException;

    /**
     * {@code POST /containers/{id}/stop}; nothing if it does not run.
     *
     * @param timeout seconds until it is killed, -1 for never; null for its own
     * @param signal empty for its own
     */
    void stop(EmulatedProcess client, String term, @Nullable Integer timeout, String signal) throws EngineException;

    /** {@code POST /containers/{id}/restart}. */
    void restart(EmulatedProcess client, String term, @Nullable Integer timeout, String signal) throws EngineException;

    /** {@code POST /containers/{id}/kill}; {@code signal} empty for KILL. */
    void kill(EmulatedProcess client, String term, String signal) throws EngineException;

    /** {@code POST /containers/{id}/pause}. */
    void pause(String term) throws EngineException;

    /** {@code POST /containers/{id}/unpause}. */
    void unpause(String term) throws EngineException;

    /** {@code POST /containers/{id}/rename}. */
    void rename(String term, String name) throws EngineException;

    /** {@code POST /containers/{id}/wait}: until it does not run; its exit status. */
    int await(EmulatedProcess client, String term) throws EngineException;

    /** {@code DELETE /containers/{id}?link=1}: takes away one of the names that links give, {@code web/db}. */
    void unlink(String term) throws EngineException;

    /** {@code DELETE /containers/{id}}; {@code volumes} for those that have no name as well. */
    void remove(EmulatedProcess client, String term, boolean force, boolean volumes) throws EngineException;

    /** {@code POST /containers/prune}: of the containers that do not run those that {@code wanted} accepts. */
    Pruned prune(EmulatedProcess client, java.util.function.Predicate<ContainerView> wanted) throws EngineException;

    /** Which containers went, and how many bytes of their own they had. */
    record Pruned(List<String> ids, long bytes) {}

    /** {@code POST /containers/{id}/update}, of which the restart policy is emulated. */
    void update(String term, ContainerUpdate update) throws EngineException;

    /** {@code GET} and {@code PUT /containers/{id}/archive}: its files. {@link #archived} says what was done with them. */
    FileSystem archive(String term) throws EngineException;

    /** {@code GET /containers/{id}/export}: its files as a tar archive. */
    Bytes export(String term) throws EngineException;

    /** Whether something may be copied to a path of a container. */
    void checkExtraction(String term, String path) throws EngineException;

    /** That something was copied out of its files, or into them. */
    void archived(String term, boolean out) throws EngineException;

    /** {@code GET /containers/{id}/changes}: how its files differ from its image's, by path. */
    List<Change> changes(String term) throws EngineException;

    /** A path that was added ({@code A}), changed ({@code C}) or deleted ({@code D}). */
    record Change(char kind, String path) {}

    /** {@code GET /containers/{id}/top?ps_args=…}: its processes as the host's {@code ps} shows them, -ef by default. */
    Processes top(EmulatedProcess client, String term, String options) throws EngineException;

    /** Columns and their values, a list a process. */
    record Processes(List<String> titles, List<List<String>> processes) {}

    /** {@code GET /containers/{id}/stats?one-shot=1}. */
    Stats stats(String term) throws EngineException;

    /**
     * {@code POST /containers/{id}/attach} for standard input: what its first process is to read from when it starts next; null if the
     * client only looks on. What it writes is in its {@link ContainerView#log}.
     *
     * @param terminal whether {@code input} is a terminal that the process gets for output as well
     */
    void attach(String term, @Nullable OpenFile input, boolean terminal, int group) throws EngineException;

    /**
     * {@code POST /containers/{id}/exec} and {@code /exec/{id}/start}.
     *
     * @param input null for none
     * @param terminal null unless it gets one
     * @param group the process group that is in the terminal's foreground; 0 for one of its own
     */
    ExecView exec(String term, ExecRequest request, @Nullable OpenFile input, @Nullable OpenFile terminal, int group)
            throws EngineException;

    /** What a container's devices carried, in bytes, and how many processes it has. Neither processor nor memory is emulated. */
    record Stats(long received, long sent, int processes, long memoryLimit) {}
}
