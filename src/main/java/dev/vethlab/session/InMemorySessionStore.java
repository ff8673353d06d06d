package dev.vethlab.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps logs as long as the server runs. */
public final class InMemorySessionStore implements SessionStore {
    private record Kept(Recipe recipe, String owner, List<LoggedInput> inputs) {}

    private final Map<String, Kept> sessions = new HashMap<>();

    @Override
    public synchronized void create(String id, Stored session) {
        sessions.put(id, new Kept(session.recipe(), session.owner(), new ArrayList<>(session.inputs())));
    }

    @Override
    public synchronized void append(String id, LoggedInput input) {
        Kept kept = sessions.get(id);
        if (kept == null || kept.inputs.size() != input.index()) {
            throw new IllegalStateException("input " + input.index() + " does not follow");
        }
        kept.inputs.add(input);
    }

    @Override
    public synchronized Optional<Stored> load(String id) {
        return Optional.ofNullable(sessions.get(id)).map(kept -> new Stored(kept.recipe, kept.owner, List.copyOf(kept.inputs)));
    }

    @Override
    public synchronized boolean delete(String id) {
        return sessions.remove(id) != null;
    }

    @Override
    public synchronized int size() {
        return sessions.size();
    }
}
