package dev.vethlab.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps documents as long as a test runs. */
final class InMemoryDocuments implements Documents {
    private final Map<String, Map<String, Document>> folders = new TreeMap<>();

    @Override
    public synchronized Optional<Document> get(String folder, String key) {
        return Optional.ofNullable(folder(folder).get(key));
    }

    @Override
    public synchronized List<Document> all(String folder) {
        return List.copyOf(folder(folder).values());
    }

    @Override
    public synchronized boolean put(String folder, Document document, Instant expires) {
        long version = get(folder, document.key()).map(Document::version).orElse(0L);
        if (version == document.version()) {
            folder(folder).put(document.key(), new Document(document.key(), version + 1, document.text()));
        }
        return version == document.version();
    }

    @Override
    public synchronized boolean delete(String folder, String key) {
        return folder(folder).remove(key) != null;
    }

    private Map<String, Document> folder(String name) {
        return folders.computeIfAbsent(name, folder -> new TreeMap<>());
    }
}
