package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The containers there are, found by id, by a name of theirs or by the beginning of an id ({@code daemon/container.go}). */
public final class ContainerIndex {
    private final Map<String, Container> byId = new LinkedHashMap<>();

    /** The oldest first. */
    List<Container> all() {
        return new ArrayList<>(byId.values());
    }

    int size() {
        return byId.size();
    }

    void add(Container container) {
        byId.put(container.id(), container);
    }

    void addAll(ContainerIndex others) {
        byId.putAll(others.byId);
    }

    /** Whether it was there. */
    boolean remove(Container container) {
        return byId.remove(container.id()) != null;
    }

    Container find(String term) throws EngineException {
        Container exact = byId.get(term);
        if (exact != null) {
            return exact;
        }
        Optional<Container> named = named(term.startsWith("/") ? term.substring(1) : term);
        if (named.isPresent()) {
            return named.get();
        }
        List<Container> matches = byId.values().stream().filter(c -> c.id().startsWith(term)).toList();
        if (term.isEmpty() || matches.isEmpty()) {
            throw EngineException.notFound("No such container: " + term);
        }
        if (matches.size() > 1) {
            throw EngineException.badRequest("multiple IDs found with provided prefix: " + term);
        }
        return matches.getFirst();
    }

    Optional<Container> lookup(String term) {
        try {
            return Optional.of(find(term));
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    /** Who has this name, as its own or by a link. */
    Optional<Container> named(String name) {
        return byId.values().stream().filter(c -> c.names().contains(name)).findFirst();
    }
}
