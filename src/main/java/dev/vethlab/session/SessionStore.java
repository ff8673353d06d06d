package dev.vethlab.session;

import java.util.List;
import java.util.Optional;

/** Where sessions outlive memory: recipes and logs, by id. Safe for use by several threads. */
public interface SessionStore {
    /**
     * A session as it is kept.
     *
     * @param owner the token that proves ownership
     */
    record Stored(Recipe recipe, String owner, List<LoggedInput> inputs) {}

    /** Keeps a new session, with the inputs it begins with. */
    void create(String id, Stored session);

    /**
     * Appends an input, whose index says how many must be there already: the commit point of everything that follows from it.
     *
     * @throws IllegalStateException if the log is not that long, or the session is gone
     */
    void append(String id, LoggedInput input);

    Optional<Stored> load(String id);

    /** Forgets a session; false if there was none. */
    boolean delete(String id);

    /** How many are kept. */
    int size();
}
