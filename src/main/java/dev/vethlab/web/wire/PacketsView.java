package dev.vethlab.web.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vethlab.engine.trace.Journeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trace events after a sequence number; {@code lost} is there when some are no longer kept. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PacketsView(List<TraceView> events, long next, @Nullable Long lost) {
    public static PacketsView of(Journeys.Page page) {
        return new PacketsView(ServerMessage.views(page.stages()), page.next(), page.lost() == 0 ? null : page.lost());
    }
}
