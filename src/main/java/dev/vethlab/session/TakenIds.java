package dev.vethlab.session;

import java.util.LinkedHashSet;
import java.util.Set;

/** The ids of the most recent inputs, by which one that is sent again is known. */
final class TakenIds {
    private static final int KEPT = 1000;

    private final Set<String> ids = new LinkedHashSet<>();

    boolean contains(String id) {
        return ids.contains(id);
    }

    void add(String id) {
        if (!id.isEmpty() && ids.add(id) && ids.size() > KEPT) {
            ids.remove(ids.iterator().next());
        }
    }
}
