package dev.vethlab.workshop.seat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.vethlab.session.Documents;
import dev.vethlab.session.Documents.Document;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Records of one kind as documents: what is written today must be read by every later version, so names of components never change. */
final class Papers<T> {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Documents documents;
    private final Class<T> type;

    Papers(Documents documents, Class<T> type) {
        this.documents = documents;
        this.type = type;
    }

    Optional<T> get(String folder, String key) {
        return documents.get(folder, key).map(this::read);
    }

    List<T> all(String folder) {
        return documents.all(folder).stream().map(this::read).toList();
    }

    /** Keeps a new one; false if there is one of that key already. */
    boolean create(String folder, String key, T paper, Instant expires) {
        return documents.put(folder, new Document(key, 0, write(paper)), expires);
    }

    /**
     * Changes one as it is at that time, again and again until nobody else has changed it meanwhile.
     *
     * @param change may throw, and then nothing is changed
     * @return what it is now; empty if there is none
     */
    Optional<T> change(String folder, String key, UnaryOperator<T> change, Instant expires) {
        while (true) {
            Optional<Document> found = documents.get(folder, key);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Document old = found.get();
            T changed = change.apply(read(old));
            if (documents.put(folder, new Document(key, old.version(), write(changed)), expires)) {
                return Optional.of(changed);
            }
        }
    }

    private T read(Document document) {
        try {
            return JSON.readValue(document.text(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is stored is not what was written", e);
        }
    }

    private String write(T paper) {
        try {
            return JSON.writeValueAsString(paper);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
