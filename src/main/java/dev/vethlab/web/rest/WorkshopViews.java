package dev.vethlab.web.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vethlab.workshop.Activity;
import dev.vethlab.workshop.seat.Seat;
import dev.vethlab.workshop.seat.Standing;
import dev.vethlab.workshop.seat.Work;
import dev.vethlab.workshop.seat.Workshop;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the workshop interface takes and gives. */
final class WorkshopViews {
    private static final int LONGEST_FIELD = 200;

    private WorkshopViews() {}

    /** A workshop to make. */
    record Create(
            @Schema(description = "a lesson or challenge that every seat begins with") @Nullable String lesson,
            @Schema(description = "without a lesson: lab (the default), net or bare") @Nullable String world,
            @Schema(description = "how many may join; 30 unless given") @Nullable @Min(1) Integer seats,
            @Schema(description = "until it closes by itself, from 5 to 10080; 120 unless given")
                    @Nullable @Min(Workshop.SHORTEST_MINUTES) @Max(Workshop.LONGEST_MINUTES) Integer minutes) {
        static final Create DEFAULT = new Create(null, null, null, null);
    }

    /** Somebody who wants a seat. */
    record Join(
            @NotNull @Size(max = LONGEST_FIELD) @JsonProperty("code") String code,
            @NotNull @Size(max = LONGEST_FIELD) @JsonProperty("name") String name) {}

    /** A seat that somebody has. */
    record Joined(@Schema(description = "the seat's page, for this person alone") String url, String name) {}

    /** A way to a seat. */
    record Visit(
            @Schema(description = "participant may type, viewer may look")
                    @NotNull @Pattern(regexp = SessionRequests.ROLES, message = SessionRequests.NO_ROLE) String role) {}

    /** The page that shows something. */
    record Page(String url) {}

    /** A workshop, for its organiser. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WorkshopView(
            @Schema(description = "whoever knows it is the organiser") String id,
            @Schema(description = "by which participants join") String code,
            @Schema(description = "the organiser's page") String url,
            @Schema(description = "where participants join") String joinUrl,
            String title,
            @Nullable String lesson,
            String world,
            int seats,
            int taken,
            Instant begun,
            Instant ends,
            boolean open,
            @Schema(description = "the organiser's own terminal, once there is one") @Nullable String stage,
            @Schema(description = "whether it is shown to all seats") boolean showing) {
        static WorkshopView of(Workshop workshop, Instant now) {
            return new WorkshopView(workshop.id(), workshop.code(), "/workshops/" + workshop.id(), "/w/" + workshop.code(), workshop.title(),
                    workshop.lesson(), workshop.world().text(), workshop.seats(), workshop.taken(), workshop.begun(), workshop.ends(),
                    workshop.isOpen(now), workshop.stage() == null ? null : "/s/" + workshop.stage(), workshop.shown() != null);
        }
    }

    /** A seat in one row. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SeatView(
            String id,
            String name,
            Instant joined,
            int done,
            int steps,
            int ticked,
            int checks,
            int commands,
            int errors,
            @Schema(description = "the last command, its beginning") String command,
            @Schema(description = "its exit status") int status,
            @Schema(description = "the last line it showed, if it failed") String said,
            @Nullable Instant active,
            @Nullable Instant finished,
            @Schema(description = "from when on the seat counts as stuck, if it does") @Nullable Instant stuckFrom,
            @Schema(description = "from when on it counts as idle") Instant idleFrom) {
        static SeatView of(Seat seat) {
            Work work = seat.work();
            Activity activity = work.activity();
            Standing standing = Standing.of(seat);
            return new SeatView(seat.id(), seat.name(), seat.joined(), work.done(), work.steps(), work.ticked(), work.checks(),
                    activity.commands(), activity.errors(), activity.command(), activity.status(), activity.said(), work.active(),
                    work.finished(), standing.stuckFrom(), standing.idleFrom());
        }
    }

    /**
     * What has changed.
     *
     * @param now the server's clock
     * @param workshop null if nothing of it has changed
     * @param seats those that have changed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Look(Instant now, @Nullable WorkshopView workshop, List<SeatView> seats) {}
}
