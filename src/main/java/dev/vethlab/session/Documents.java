package dev.vethlab.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Small texts beside the sessions, in folders, which every replica sees and changes: who changes one says which version was read, so that
 * of several who do so at the same time one succeeds. Safe for use by several threads; every call may wait, and fails with {@link
 * StoreException}.
 */
public interface Documents {
    /**
     * A text under its key.
     *
     * @param version how often it was put; 0 for one that is not there yet
     */
    record Document(String key, long version, String text) {}

    /** The document, unless it has expired. */
    Optional<Document> get(String folder, String key);

    /** All that have not expired, in the order of their keys. */
    List<Document> all(String folder);

    /**
     * Puts a text in the place of the version that the document names, if that is still what is there; it then has the next version.
     *
     * @param expires when it is forgotten
     * @return false if another was there, and nothing has changed
     */
    boolean put(String folder, Document document, Instant expires);

    /** Forgets a document; false if there was none. */
    boolean delete(String folder, String key);
}
