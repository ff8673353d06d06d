package dev.vethlab.web.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.ExecuteResult;
import dev.vethlab.session.Link;
import dev.vethlab.web.wire.ClientMessage;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.Lessons;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the session interface takes and gives. */
final class SessionRequests {
    private static final int LONGEST_FLAGS = 4096;

    static final String ROLES = "participant|viewer";
    static final String NO_ROLE = "must be participant or viewer";

    private SessionRequests() {}

    /** The world of a name; the lab for none. */
    static WorldKind world(@Nullable String name) {
        return name == null
                ? WorldKind.LAB
                : WorldKind.of(name).orElseThrow(() -> new BadFieldException("world", "there is no world " + name));
    }

    /** The lesson of an id. */
    static Lesson lesson(Lessons lessons, String id) {
        return lessons.find(id).orElseThrow(() -> new BadFieldException("lesson", "there is no lesson " + id));
    }

    /** What an invitation for one of the {@link #ROLES} is. */
    static Link.Kind invitation(String role) {
        return Link.Kind.valueOf(role.toUpperCase(Locale.ROOT));
    }

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

    /** What it answered: both streams in order. It is text for scripts, so every line ends in a line feed, whatever a terminal was told. */
    record Executed(String output, int exitCode) {
        static Executed of(ExecuteResult result) {
            return new Executed(result.output().replace("\r\n", "\n").replace('\r', '\n'), result.exitCode());
        }
    }

    /** A word to the session's lesson. */
    record Note(
            @NotNull @Pattern(regexp = ClientMessage.NOTE) @JsonProperty("about") String about,
            @NotNull @Size(max = ClientMessage.LONGEST_NOTE) @JsonProperty("text") String text) {}

    /** A share to make. */
    record Share(
            @Schema(description = "moment (the default): a session in this state; start: one in which all of it happens again") @Nullable
                    @Pattern(regexp = "moment|start", message = "must be moment or start") String from,
            @Schema(description = "how long the link leads somewhere, as PT2H or P7D; as long as is possible unless given") @Nullable
                    String lifetime) {
        static final Share DEFAULT = new Share(null, null);
    }

    /** An invitation to make. */
    record Invite(
            @Schema(description = "participant may type, viewer may look")
                    @NotNull @Pattern(regexp = ROLES, message = NO_ROLE) String role,
            @Schema(description = "how long the link leads somewhere, as PT2H or P7D; as long as is possible unless given") @Nullable
                    String lifetime) {}

    /** A link that was made. */
    record Linked(
            String id,
            @Schema(description = "moment, start, participant or viewer") String kind,
            @Schema(description = "the page that opens it") String url,
            @Schema(description = "when it leads nowhere any more") Instant expires) {
        static Linked of(Link link) {
            String page = link.kind().isShare() ? "/share/" : "/s/";
            return new Linked(link.id(), link.kind().name().toLowerCase(Locale.ROOT), page + link.id(), link.expires());
        }
    }
}
