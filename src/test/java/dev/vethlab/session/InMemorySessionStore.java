package dev.vethlab.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps logs as long as a test runs. */
public final class InMemorySessionStore implements SessionStore {
    private record Kept(Recipe recipe, String owner, @Nullable String plays, List<LoggedInput> inputs) {}

    private final Map<String, Kept> sessions = new TreeMap<>();
    private final Map<String, Link> links = new TreeMap<>();
    private final Documents documents = new InMemoryDocuments();

    @Override
    public synchronized void create(String id, Stored session) {
        sessions.put(id, new Kept(session.recipe(), session.owner(), session.plays(), new ArrayList<>(session.inputs())));
    }

    @Override
    public synchronized void append(String id, LoggedInput input) {
        Kept kept = sessions.get(id);
        if (kept == null) {
            throw new SessionGoneException();
        }
        if (kept.inputs.size() != input.index()) {
            throw new LogConflictException("input " + input.index() + " does not follow");
        }
        kept.inputs.add(input);
    }

    @Override
    public synchronized Optional<Stored> load(String id) {
        return Optional.ofNullable(sessions.get(id))
                .map(kept -> new Stored(kept.recipe, kept.owner, kept.plays, List.copyOf(kept.inputs)));
    }

    @Override
    public synchronized boolean exists(String id) {
        return sessions.containsKey(id);
    }

    @Override
    public synchronized int length(String id) {
        Kept kept = sessions.get(id);
        return kept == null ? 0 : kept.inputs().size();
    }

    @Override
    public synchronized boolean delete(String id) {
        return sessions.remove(id) != null;
    }

    @Override
    public synchronized int size() {
        return sessions.size();
    }

    @Override
    public synchronized void createLink(Link link) {
        links.put(link.id(), link);
    }

    @Override
    public synchronized Optional<Link> link(String id) {
        return Optional.ofNullable(links.get(id));
    }

    @Override
    public synchronized List<Link> links(String session) {
        return links.values().stream().filter(link -> link.session().equals(session)).toList();
    }

    @Override
    public synchronized boolean deleteLink(String id) {
        return links.remove(id) != null;
    }

    @Override
    public Documents documents() {
        return documents;
    }

    /** Nothing lasts long enough in a test. */
    @Override
    public void expire(Instant now) {}

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void close() {}
}
