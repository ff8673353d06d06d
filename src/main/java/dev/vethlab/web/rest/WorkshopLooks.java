package dev.vethlab.web.rest;

import dev.vethlab.session.LimitReachedException;
import dev.vethlab.session.StoreException;
import dev.vethlab.web.rest.WorkshopViews.Look;
import dev.vethlab.web.rest.WorkshopViews.SeatView;
import dev.vethlab.web.rest.WorkshopViews.WorkshopView;
import dev.vethlab.workshop.seat.Workshops;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Organisers' pages that stay open: once a second each reads what the store has of its workshop, and is sent what has changed since.
 * It does not matter on which replicas the seats are.
 */
@ApplicationScoped
class WorkshopLooks {
    private static final int PAGES = 10;
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Something is sent after so many looks that saw nothing, lest a proxy take the connection for dead. */
    private static final int SILENT_LOOKS = 20;

    private final Workshops workshops;
    private final Map<String, Integer> pages = new ConcurrentHashMap<>();

    WorkshopLooks(Workshops workshops) {
        this.workshops = workshops;
    }

    /**
     * Everything, and then what changes.
     *
     * @throws LimitReachedException if too many pages look at this workshop
     */
    Multi<Look> at(String id) {
        workshops.find(id);
        if (pages.merge(id, 1, Integer::sum) > PAGES) {
            left(id);
            throw new LimitReachedException("workshop-pages", "vethlab: a workshop may be watched by " + PAGES + " pages");
        }
        var looker = new Looker(id);
        return Multi.createFrom()
                .ticks()
                .startingAfter(Duration.ofMillis(1))
                .every(EVERY)
                .onOverflow()
                .drop()
                .emitOn(Thread::startVirtualThread)
                .onItem()
                .transformToMultiAndConcatenate(tick -> Multi.createFrom().items(looker.look().stream()))
                .onTermination()
                .invoke(() -> left(id));
    }

    private void left(String id) {
        pages.computeIfPresent(id, (workshop, count) -> count == 1 ? null : count - 1);
    }

    /** One page, and what it has been sent. */
    private final class Looker {
        private final String id;
        private final Map<String, SeatView> sent = new TreeMap<>();
        private @Nullable WorkshopView workshop;
        private int silent;

        Looker(String id) {
            this.id = id;
        }

        /** At most one. */
        List<Look> look() {
            try {
                Instant now = Clock.systemUTC().instant();
                WorkshopView found = WorkshopView.of(workshops.find(id), now);
                List<SeatView> changed = workshops.lookAt(id).stream().map(SeatView::of).filter(seat -> !seat.equals(sent.get(seat.id())))
                        .toList();
                boolean nothing = found.equals(workshop) && changed.isEmpty();
                silent = nothing ? silent + 1 : 0;
                if (nothing && silent % SILENT_LOOKS != 0) {
                    return List.of();
                }
                var look = new Look(now, found.equals(workshop) ? null : found, changed);
                changed.forEach(seat -> sent.put(seat.id(), seat));
                workshop = found;
                return List.of(look);
            } catch (StoreException e) {
                return List.of(); // the next look may succeed
            }
        }
    }
}
