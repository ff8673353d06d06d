package dev.vethlab.workshop.seat;

import dev.vethlab.session.Session;
import dev.vethlab.session.Sessions;
import dev.vethlab.session.Update;
import dev.vethlab.workshop.LessonRun;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the seats whose sessions are in this replica's memory: writes down what is done there when it has changed, tells them what
 * the organiser shows, and ends their typing when the workshop is over. To be called about once a second, by one thread at a time; it reads
 * each workshop that has a seat here once, and writes a seat only if something happened there.
 */
public final class Attendance {
    private final Workshops workshops;
    private final Sessions sessions;
    private final Clock clock;
    private final Map<String, Here> seats = new ConcurrentHashMap<>();

    public Attendance(Workshops workshops, Sessions sessions, Clock clock) {
        this.workshops = workshops;
        this.sessions = sessions;
        this.clock = clock;
        workshops.onSeat(seats::remove);
    }

    /** A session in this replica's memory. */
    private static final class Here {
        private final @Nullable SeatPlace place;
        private boolean over;

        /** @param place null if the session is no seat */
        Here(@Nullable SeatPlace place) {
            this.place = place;
        }
    }

    /** A session that is a seat, for as long as one look takes. */
    private record Local(Session session, Here here) {}

    /** Looks once. */
    public void look() {
        List<Session> running = sessions.inMemory();
        seats.keySet().retainAll(running.stream().map(Session::id).collect(Collectors.toSet()));
        Map<String, List<Local>> byWorkshop = new TreeMap<>();
        for (Session session : running) {
            if (!session.isReady()) {
                continue;
            }
            // in one: it may become a seat at this very time
            Here here = seats.computeIfAbsent(session.id(), id -> new Here(workshops.place(id).orElse(null)));
            if (here.place != null) {
                byWorkshop.computeIfAbsent(here.place.workshop(), id -> new ArrayList<>()).add(new Local(session, here));
            }
        }
        byWorkshop.forEach(this::look);
    }

    private void look(String id, List<Local> local) {
        Optional<Workshop> workshop = workshops.known(id);
        Map<String, Seat> bySession = workshops.seats(id).stream().collect(Collectors.toMap(Seat::session, Function.identity()));
        Instant now = clock.instant();
        List<Runnable> writing = new ArrayList<>();
        for (Local one : local) {
            Seat seat = bySession.get(one.session.id());
            if (workshop.isEmpty() || seat == null) {
                left(one.session);
                continue;
            }
            // before the work: what is done meanwhile is written at the next look
            int written = one.session.lengthDone();
            Work work = seat.work().then(LessonRun.activityOf(one.session), LessonRun.of(one.session).map(LessonRun::progress).orElse(null),
                    now);
            if (!work.equals(seat.work()) || written != seat.written()) {
                // together, so that they share a transaction
                writing.add(() -> workshops.write(workshop.get(), seat, work, written));
            }
            tell(workshop.get(), one, seat, now);
        }
        Together.run(writing);
    }

    /** The session is no seat any more: another replica has reset the seat, or forgotten the workshop. */
    private void left(Session session) {
        seats.put(session.id(), new Here(null));
        if (!sessions.isKept(session.id())) {
            sessions.dropDeleted(session.id());
        }
    }

    private void tell(Workshop workshop, Local one, Seat seat, Instant now) {
        if (!Objects.equals(workshop.shown(), one.session.shown())) {
            one.session.show(workshop.shown());
        }
        if (!workshop.isOpen(now) && !one.here.over) {
            one.here.over = true;
            workshops.stopTyping(workshop, seat);
            one.session.say(Update.Notice.info("The workshop is over: what you did stays here to be looked at."));
        }
    }
}
