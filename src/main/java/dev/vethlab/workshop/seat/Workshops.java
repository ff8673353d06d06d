package dev.vethlab.workshop.seat;

import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.LimitReachedException;
import dev.vethlab.session.Link;
import dev.vethlab.session.Links;
import dev.vethlab.session.Recipe;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionGoneException;
import dev.vethlab.session.SessionMovedException;
import dev.vethlab.session.SessionStore;
import dev.vethlab.session.Sessions;
import dev.vethlab.session.Tokens;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.LessonSessions;
import dev.vethlab.workshop.seat.WorkshopException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All workshops. A participant's seat is a link into a session: it stays the same when the seat gets a fresh session, and only leads to
 * looking when the workshop is over. Safe for use by several threads, and by several replicas on one store.
 */
public final class Workshops {
    /** What stays the same of what is kept: folders of documents. */
    private static final String WORKSHOPS = "workshops";

    private static final String SEATS = "seats/";
    private static final String CODES = "codes/";
    private static final String PLACES = "places/";
    private static final String ONLY = "-";

    private final Papers<Workshop> workshops;
    private final Papers<Seat> seats;
    private final Papers<String> codes;
    private final Papers<SeatPlace> places;
    private final SessionStore store;
    private final Sessions sessions;
    private final Links links;
    private final LessonSessions lessons;
    private final int mostWorkshops;
    private final Duration kept;
    private final Clock clock;
    private final List<Consumer<String>> onSeat = new CopyOnWriteArrayList<>();

    /**
     * @param most how many may be open at the same time
     * @param kept how long the outcome is kept after the end
     */
    public Workshops(
            SessionStore store, Sessions sessions, Links links, LessonSessions lessons, int most, Duration kept, Clock clock) {
        workshops = new Papers<>(store.documents(), Workshop.class);
        seats = new Papers<>(store.documents(), Seat.class);
        codes = new Papers<>(store.documents(), String.class);
        places = new Papers<>(store.documents(), SeatPlace.class);
        this.store = store;
        this.sessions = sessions;
        this.links = links;
        this.lessons = lessons;
        this.mostWorkshops = most;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * Makes a workshop.
     *
     * @param lesson what seats begin with; null for a fresh world
     * @param world of every seat; a lesson brings its own
     * @param lasts until it closes by itself
     * @throws LimitReachedException if there are too many
     */
    public Workshop create(@Nullable Lesson lesson, WorldKind world, int seats, Duration lasts) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (workshops.all(WORKSHOPS).stream().filter(workshop -> workshop.isOpen(now)).count() >= mostWorkshops) {
            throw new LimitReachedException("workshops", "vethlab: this server may have " + mostWorkshops + " open workshops");
        }
        Instant ends = now.plus(lasts);
        String id = Tokens.secret();
        String code = Tokens.code();
        while (!codes.create(CODES + code, ONLY, id, ends.plus(kept))) {
            code = Tokens.code();
        }
        var workshop = new Workshop(id, code, lesson == null ? title(world) : lesson.title(), lesson == null ? null : lesson.id(),
                lesson == null ? world : lesson.world(), Tokens.seed(), seats, 0, now, ends, false, null, null);
        workshops.create(WORKSHOPS, id, workshop, ends.plus(kept));
        return workshop;
    }

    private static String title(WorldKind world) {
        return switch (world) {
            case LAB -> "Lab";
            case NET -> "Network without Docker";
            case BARE -> "Bare host";
        };
    }

    /** @throws WorkshopException if there is none of that id */
    public Workshop find(String id) {
        return workshops.get(WORKSHOPS, id).orElseThrow(Workshops::gone);
    }

    private static WorkshopException gone() {
        return new WorkshopException(Reason.GONE, "There is no such workshop.");
    }

    /** The workshop of a join code, however it was typed. */
    public Optional<Workshop> ofCode(String code) {
        return codes.get(CODES + code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT), ONLY).flatMap(id -> workshops.get(WORKSHOPS, id));
    }

    /** In the order in which they joined. */
    public List<Seat> seats(String workshop) {
        return seats.all(SEATS + workshop).stream().sorted(Comparator.comparing(Seat::joined).thenComparing(Seat::name)).toList();
    }

    /**
     * A seat for a name: a new one, or the same again for who has its link.
     *
     * @param link what proves that the seat is one's own; empty for none
     * @throws WorkshopException if there is no such workshop, it is over, or the name cannot be
     * @throws LimitReachedException if all seats are taken
     */
    public Seat join(String code, String name, String link) {
        Workshop workshop = ofCode(code).orElseThrow(() -> new WorkshopException(Reason.GONE, "There is no workshop with this code."));
        String shown = Names.shown(name);
        Optional<Seat> had = seats.get(SEATS + workshop.id(), Names.key(shown));
        if (had.filter(seat -> seat.link().equals(link)).isPresent()) {
            return had.get();
        }
        if (!workshop.isOpen(clock.instant())) {
            throw new WorkshopException(Reason.CLOSED, "This workshop is over.");
        }
        if (had.isPresent()) {
            throw taken(shown);
        }
        change(workshop.id(), Workshops::withOneMore);
        @Nullable Seat seat = null;
        try {
            seat = sit(workshop, shown);
            return seat;
        } finally {
            if (seat == null) {
                change(workshop.id(), now -> now.withTaken(now.taken() - 1));
            }
        }
    }

    private static WorkshopException taken(String name) {
        return new WorkshopException(Reason.NAME_TAKEN, "Somebody in this workshop is called " + name
                + " already. If it is you, come with the browser in which you joined; otherwise take another name.");
    }

    private static Workshop withOneMore(Workshop workshop) {
        if (workshop.taken() >= workshop.seats()) {
            throw new LimitReachedException("seats", "vethlab: this workshop has " + workshop.seats() + " seats, and all are taken");
        }
        return workshop.withTaken(workshop.taken() + 1);
    }

    private Seat sit(Workshop workshop, String name) {
        Session session = fresh(workshop);
        Link link = links.invite(session.id(), Link.Kind.PARTICIPANT, Duration.between(clock.instant(), expiry(workshop)));
        var seat = new Seat(Tokens.secret().substring(0, 8), name, session.id(), link.id(), clock.instant().truncatedTo(ChronoUnit.MILLIS),
                Work.NONE, 0);
        if (!seats.create(SEATS + workshop.id(), Names.key(name), seat, expiry(workshop))) {
            sessions.delete(session.id());
            throw taken(name);
        }
        note(workshop, seat);
        return seat;
    }

    private void note(Workshop workshop, Seat seat) {
        places.create(PLACES + seat.session(), ONLY, new SeatPlace(workshop.id(), Names.key(seat.name())), expiry(workshop));
        onSeat.forEach(listener -> listener.accept(seat.session()));
    }

    private Session fresh(Workshop workshop) {
        String lesson = workshop.lesson();
        return lesson == null
                ? sessions.create(new Recipe(workshop.world(), workshop.seed(), ""))
                : lessons.begin(lessons.lessons().find(lesson).orElseThrow(() -> new WorkshopException(Reason.GONE,
                        "The lesson of this workshop is not there any more.")), workshop.seed());
    }

    private Instant expiry(Workshop workshop) {
        return workshop.ends().plus(kept);
    }

    private Workshop change(String id, UnaryOperator<Workshop> change) {
        Workshop workshop = find(id);
        return workshops.change(WORKSHOPS, id, change, expiry(workshop)).orElseThrow(Workshops::gone);
    }

    // ---- for the organiser ----

    /**
     * All seats, as {@link #seats}. One in nobody's memory of which not everything was written down, because the replica that drove it has
     * died, is brought back: the next look tells all.
     */
    public List<Seat> lookAt(String workshop) {
        List<Seat> all = seats(workshop);
        all.stream()
                .filter(seat -> !sessions.isInMemory(seat.session()) && store.length(seat.session()) != seat.written())
                .forEach(this::bringBack);
        return all;
    }

    private void bringBack(Seat seat) {
        try {
            sessions.find(seat.session());
        } catch (SessionMovedException | SessionGoneException | LimitReachedException e) {
            // another replica drives it and writes soon, or there is nothing to be written any more, or no room for it now
        }
    }

    /** @throws WorkshopException if there is no such seat */
    public Seat seat(String workshop, String id) {
        return seats(workshop).stream().filter(seat -> seat.id().equals(id)).findFirst()
                .orElseThrow(() -> new WorkshopException(Reason.GONE, "There is no such seat."));
    }

    /** A link by which the organiser comes to a seat, to look or to help: the same one each time. */
    public Link linkTo(String workshop, String seat, Link.Kind kind) {
        Seat to = seat(workshop, seat);
        return links.of(to.session()).stream()
                .filter(link -> link.kind() == kind && !link.id().equals(to.link()))
                .findFirst()
                .orElseGet(() -> links.invite(to.session(), kind, null));
    }

    /** Gives a seat a fresh session; whoever sits there finds it in the place of the old one. */
    public Seat reset(String id, String seat) {
        Workshop workshop = open(id);
        Seat old = seat(id, seat);
        Session session = fresh(workshop);
        links.change(new Link(old.link(), session.id(), Link.Kind.PARTICIPANT, expiry(workshop)));
        forget(old.session());
        Seat reset = seats.change(SEATS + id, Names.key(old.name()), now -> now.with(session.id()), expiry(workshop))
                .orElseThrow(Workshops::gone);
        note(workshop, reset);
        return reset;
    }

    private Workshop open(String id) {
        Workshop workshop = find(id);
        if (!workshop.isOpen(clock.instant())) {
            throw new WorkshopException(Reason.CLOSED, "This workshop is over.");
        }
        return workshop;
    }

    /** Nobody joins any more, and seats can only be looked at. */
    public Workshop close(String id) {
        hide(id);
        Workshop closed = change(id, Workshop::closedNow);
        Together.run(seats(id).stream().<Runnable>map(seat -> () -> stopTyping(closed, seat)).toList());
        return closed;
    }

    /** A seat's link leads to looking from now on. */
    void stopTyping(Workshop workshop, Seat seat) {
        links.change(new Link(seat.link(), seat.session(), Link.Kind.VIEWER, expiry(workshop)));
    }

    /**
     * Shows the organiser's own session to all seats, which find a link to watch it.
     *
     * @return the organiser's session
     */
    public String show(String id) {
        Workshop workshop = open(id);
        String stage = workshop.stage();
        if (stage == null || !sessions.exists(stage)) {
            stage = fresh(workshop).id();
        }
        String session = stage;
        String link = links.invite(session, Link.Kind.VIEWER, null).id();
        change(id, now -> now.withStage(session, link));
        return session;
    }

    /** Stops to show it. */
    public void hide(String id) {
        Workshop workshop = find(id);
        if (workshop.stage() != null && workshop.shown() != null) {
            links.revoke(workshop.stage(), workshop.shown());
            change(id, now -> now.withStage(workshop.stage(), null));
        }
    }

    /** Forgets a workshop with all its seats. */
    public void delete(String id) {
        Workshop workshop = find(id);
        Together.run(seats(id).stream().<Runnable>map(seat -> () -> {
            forget(seat.session());
            store.documents().delete(SEATS + id, Names.key(seat.name()));
        }).toList());
        if (workshop.stage() != null) {
            forget(workshop.stage());
        }
        store.documents().delete(CODES + workshop.code(), ONLY);
        store.documents().delete(WORKSHOPS, id);
    }

    private void forget(String session) {
        store.documents().delete(PLACES + session, ONLY);
        try {
            sessions.delete(session);
        } catch (SessionGoneException e) {
            // nobody has used it for long
        }
    }

    // ---- for attendance ----

    /** Who wants to know of sessions that have become seats, here. */
    void onSeat(Consumer<String> listener) {
        onSeat.add(listener);
    }

    Optional<SeatPlace> place(String session) {
        return places.get(PLACES + session, ONLY);
    }

    Optional<Workshop> known(String id) {
        return workshops.get(WORKSHOPS, id);
    }

    /** Writes down what was done at a seat, unless it has another session by now. */
    void write(Workshop workshop, Seat seat, Work work, int written) {
        seats.change(SEATS + workshop.id(), Names.key(seat.name()),
                now -> now.session().equals(seat.session()) ? now.withWork(work, written) : now, expiry(workshop));
    }
}
