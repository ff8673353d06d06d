package dev.vethlab.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The most recent answers of commands, for those who ask again because they lost the connection while they waited. */
final class Answers {
    private static final int KEPT = 16;

    private final Map<String, CompletableFuture<ExecuteResult>> byId = new LinkedHashMap<>();

    void keep(String id, CompletableFuture<ExecuteResult> answer) {
        if (!id.isEmpty()) {
            byId.put(id, answer);
            if (byId.size() > KEPT) {
                byId.remove(byId.keySet().iterator().next());
            }
        }
    }

    Optional<CompletableFuture<ExecuteResult>> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Where the answer of a command that is in the log belongs: its replay gives the same once more. Null if nobody can ask for it. */
    @Nullable CompletableFuture<ExecuteResult> replayed(String id) {
        if (!id.isEmpty() && !byId.containsKey(id)) {
            keep(id, new CompletableFuture<>());
        }
        return byId.get(id);
    }
}
