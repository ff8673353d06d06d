package dev.vethlab.engine.docker.api;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Operations on images. A {@code term} is a name, an id, or the beginning of an id that no other has. */
public interface ImageApi {
    /** {@code GET /images/json}. */
    List<? extends ImageView> all();

    /** @throws EngineException 404 if there is none */
    ImageView find(String term) throws EngineException;

    /** Like {@link #find}; null if there is none. */
    @Nullable ImageView lookup(String term);

    /** {@code GET /images/{name}/json}. */
    Value.Struct inspect(String term) throws EngineException;

    /** {@code POST /images/create?fromImage=}: from the registry, unless it is on hand. */
    ImageView pull(Reference reference) throws EngineException;

    /** {@code POST /images/{name}/tag}. */
    void tag(String term, Reference name) throws EngineException;

    /** {@code DELETE /images/{name}}: what was done. */
    List<Removal> remove(String term, boolean force) throws EngineException;

    /** {@code POST /images/prune}: of the images without a name, or {@code all}, what {@code wanted} accepts and no container uses. */
    Pruned prune(boolean all, Predicate<ImageView> wanted) throws EngineException;

    /** What was done, and how many bytes that freed. */
    record Pruned(List<Removal> removals, long bytes) {}

    /**
     * {@code POST /commit}: an image of a container's files.
     *
     * @param name null for none
     * @param changes instructions of a Dockerfile that say what its containers are to be like
     */
    ImageView commit(String container, @Nullable Reference name, String author, String comment, List<String> changes)
            throws EngineException;

    /**
     * {@code POST /build}.
     *
     * @param output gets what the build says as it goes on
     */
    BuildRequest.Result build(EmulatedProcess client, BuildRequest request, Consumer<String> output) throws EngineException;

    /** {@code GET /images/get?names=…}: images as an archive. */
    Bytes save(List<String> names) throws EngineException;

    /** {@code POST /images/load}: gets the images of an archive; what is to be said of each. */
    List<String> load(Bytes archive) throws EngineException;

    /**
     * {@code POST /images/create?fromSrc=-}: an image of the files of an archive.
     *
     * @param name null for none
     * @param changes instructions of a Dockerfile that say what its containers are to be like
     */
    ImageView make(Bytes archive, @Nullable Reference name, String comment, List<String> changes) throws EngineException;

    /** One of the two is empty. */
    record Removal(String untagged, String deleted) {}
}
