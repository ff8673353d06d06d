package dev.vethlab.web.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks up what a page has to load in the manifest that the front end's build wrote: names there carry a hash. */
@ApplicationScoped
public class Assets {
    private static final String PLACE = "/assets/";
    private static final String MANIFEST = "META-INF/resources/assets/manifest.json";

    private final ObjectMapper json;
    private final LaunchMode mode;
    private volatile @Nullable JsonNode manifest;

    Assets(ObjectMapper json, LaunchMode mode) {
        this.json = json;
        this.mode = mode;
    }

    /**
     * What an entry point loads, as addresses.
     *
     * @param script a module
     * @param styles its style sheets and those of all that it imports
     */
    public record Entry(String script, List<String> styles) {}

    /** The assets of an entry point such as {@code src/app/play.ts}. */
    public Entry of(String source) {
        JsonNode all = manifest();
        Set<String> styles = new LinkedHashSet<>();
        collectStyles(all, source, new LinkedHashSet<>(), styles);
        return new Entry(PLACE + chunk(all, source).get("file").asText(), new ArrayList<>(styles));
    }

    private static void collectStyles(JsonNode all, String key, Set<String> seen, Set<String> styles) {
        if (seen.add(key)) {
            JsonNode chunk = chunk(all, key);
            chunk.path("imports").forEach(other -> collectStyles(all, other.asText(), seen, styles));
            chunk.path("css").forEach(sheet -> styles.add(PLACE + sheet.asText()));
        }
    }

    private static JsonNode chunk(JsonNode all, String key) {
        JsonNode chunk = all.get(key);
        if (chunk == null) {
            throw new IllegalStateException("the front end's manifest does not name " + key);
        }
        return chunk;
    }

    /** Read once, but each time while developing, when the front end may be built again. */
    private JsonNode manifest() {
        JsonNode known = manifest;
        if (known == null || mode == LaunchMode.DEVELOPMENT) {
            known = read();
            manifest = known;
        }
        return known;
    }

    private JsonNode read() {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(MANIFEST)) {
            if (file == null) {
                throw new IllegalStateException("the front end is not built: " + MANIFEST + " is missing");
            }
            return json.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
