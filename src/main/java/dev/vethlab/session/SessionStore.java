package dev.vethlab.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions outlive memory: recipes, logs and links, by id. What a call has changed is safe when it returns. Safe for use by several
 * threads; every call may wait, and fails with {@link StoreException} if the store does not answer.
 */
public interface SessionStore extends AutoCloseable {
    /**
     * A session as it is kept.
     *
     * @param owner the token that proves ownership
     * @param plays the share whose log happens again in it; null for none
     */
    record Stored(Recipe recipe, String owner, @Nullable String plays, List<LoggedInput> inputs) {}

    /** Keeps a new session, with the inputs it begins with, until it was not used for so long as the store is told. */
    void create(String id, Stored session);

    /**
     * Appends an input, whose index says how many must be there already: the commit point of everything that follows from it.
     *
     * @throws LogConflictException if the log is not that long, or somebody else owns the session
     * @throws SessionGoneException if there is no such session
     */
    void append(String id, LoggedInput input);

    Optional<Stored> load(String id);

    boolean exists(String id);

    /** How many inputs its log has; 0 if there is no such session. */
    int length(String id);

    /** Forgets a session; false if there was none. */
    boolean delete(String id);

    /** How many are kept. */
    int size();

    /** Keeps a link, in the place of the one of that id, if there is one. */
    void createLink(Link link);

    /** The link of that id, unless it has expired. */
    Optional<Link> link(String id);

    /** The links made from a session that have not expired, in the order of their ids. */
    List<Link> links(String session);

    /** Forgets a link; false if there was none. */
    boolean deleteLink(String id);

    /** Small texts that are kept beside the sessions. */
    Documents documents();

    /** Forgets what has expired by {@code now}, where the store does not do so by itself. */
    void expire(Instant now);

    /** Whether it answers. */
    boolean isReady();

    @Override
    void close();
}
