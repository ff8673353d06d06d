package dev.vethlab.web.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vethlab.engine.trace.Explanation;
import dev.vethlab.engine.trace.FieldChange;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.PacketBorn;
import dev.vethlab.engine.trace.Place;
import dev.vethlab.engine.trace.TraceEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to one packet at one stage. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TraceView(
        long sequence,
        long time,
        long packet,
        @Nullable OriginView origin,
        PlaceView place,
        String stage,
        HeadersView headers,
        @Nullable List<FieldChange> changes,
        @Nullable DecisionView decision,
        OutcomeView outcome,
        ExplanationView explanation) {

    /** Why the packet exists. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OriginView(@Nullable Long packet, String cause, @Nullable String sender) {
        static OriginView of(PacketBorn born) {
            return new OriginView(
                    born.parent() == 0 ? null : born.parent(),
                    born.cause().name(),
                    born.sender().isEmpty() ? null : born.sender());
        }
    }

    /** Where it happened. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlaceView(String machine, @Nullable String namespace, @Nullable String device) {
        static PlaceView of(Place place) {
            return new PlaceView(
                    place.machine(),
                    place.namespace().isEmpty() ? null : place.namespace(),
                    place.device().isEmpty() ? null : place.device());
        }
    }

    /** What became of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OutcomeView(String kind, @Nullable String waitsFor, @Nullable String reason, @Nullable Boolean telling) {
        static OutcomeView of(TraceEvent event) {
            return switch (event.outcome()) {
                case Outcome.Continues continues -> new OutcomeView("continue", null, null, null);
                case Outcome.Delivered delivered -> new OutcomeView("delivered", null, null, null);
                case Outcome.Held held -> new OutcomeView("held", held.waitsFor(), null, null);
                case Outcome.Dropped dropped -> new OutcomeView("dropped", null, dropped.reason().name(),
                        Explanation.isTellingDrop(event) ? true : null);
            };
        }
    }

    /** What happened and why, in words. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ExplanationView(String title, String detail, String why, String wouldLetThrough) {
        static ExplanationView of(Explanation explanation) {
            return new ExplanationView(
                    explanation.title(), explanation.detail(), explanation.why(), explanation.wouldLetThrough());
        }
    }

    /** Translates; {@code born} is null when the packet's beginning is no longer kept. */
    public static TraceView of(TraceEvent event, @Nullable PacketBorn born) {
        List<FieldChange> changes = FieldChange.between(event.before(), event.payload());
        return new TraceView(
                event.sequence(),
                event.time(),
                event.packet(),
                born == null ? null : OriginView.of(born),
                PlaceView.of(event.place()),
                event.stage().name(),
                HeadersView.of(event.frame(), event.payload()),
                changes.isEmpty() ? null : changes,
                DecisionView.of(event.decision()),
                OutcomeView.of(event),
                ExplanationView.of(Explanation.of(event, born)));
    }
}
