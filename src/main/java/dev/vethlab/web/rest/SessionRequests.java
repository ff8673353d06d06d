package dev.vethlab.web.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vethlab.web.wire.ClientMessage;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the session interface takes and gives. */
final class SessionRequests {
    private static final int LONGEST_FLAGS = 4096;

    private SessionRequests() {}

    /** A session to make; nothing is required. */
    record Create(
            @Schema(description = "lab (the default), net or bare") @Nullable String world,
            @Schema(description = "the same seed and inputs give the same session, bit for bit") @Nullable Long seed,
            @Schema(description = "flags of the Docker engine, such as --userland-proxy=false") @Nullable @Size(max = LONGEST_FLAGS)
                    String dockerd,
            @Schema(description = "a lesson: it brings its world and flags, and is set up") @Nullable String lesson) {
        static final Create DEFAULT = new Create(null, null, null, null);
    }

    /** A session that was made. */
    record Created(
            @Schema(description = "names the session: whoever knows it may use it") String id,
            @Schema(description = "proves ownership") String owner) {}

    /** A command for the shell of a machine, or of a running container by its name. */
    record Exec(@NotNull @JsonProperty("node") String node, @NotNull @JsonProperty("command") String command) {}

    /** What it answered: both streams in order. */
    record Executed(String output, int exitCode) {}

    /** A word to the session's lesson. */
    record Note(
            @NotNull @Pattern(regexp = ClientMessage.NOTE) @JsonProperty("about") String about,
            @NotNull @Size(max = ClientMessage.LONGEST_NOTE) @JsonProperty("text") String text) {}

    /** A share that was made. */
    record Shared(String id, @Schema(description = "the page that opens it") String url) {}
}
