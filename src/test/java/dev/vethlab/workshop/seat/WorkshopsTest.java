package dev.vethlab.workshop.seat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.InMemorySessionStore;
import dev.vethlab.session.Leases;
import dev.vethlab.session.LimitReachedException;
import dev.vethlab.session.Link;
import dev.vethlab.session.Links;
import dev.vethlab.session.Role;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionLimits;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.SessionStore;
import dev.vethlab.session.Sessions;
import dev.vethlab.workshop.Lesson;
import dev.vethlab.workshop.LessonRun;
import dev.vethlab.workshop.LessonSessions;
import dev.vethlab.workshop.Lessons;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An organiser and seats, on one replica or two. */
class WorkshopsTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final Lessons lessons = new Lessons(null, complaint -> {});
    private final SessionStore store = new InMemorySessionStore();
    private final TestClock clock = new TestClock();
    private final Replica here = new Replica();
    private final Replica there = new Replica();

    /** A server on the same store as the other. */
    private final class Replica {
        private final Sessions sessions = new Sessions(store, Leases.ALONE, SessionLimits.DEFAULT, SessionObserver.NONE,
                (world, tell) -> new LessonRun(world, lessons::find, tell));
        private final Links links = new Links(sessions, store, SessionLimits.DEFAULT, Duration.ofDays(90), clock);
        private final Workshops workshops =
                new Workshops(store, sessions, links, new LessonSessions(lessons, sessions), 3, DAY, clock);
        private final Attendance attendance = new Attendance(workshops, sessions, clock);

        private Links.Way way(Seat seat) {
            return links.way(seat.link()).orElseThrow();
        }

        private int type(Seat seat, String command) {
            return sessions.find(way(seat).session()).execute("host", command).join().exitCode();
        }
    }

    @AfterEach
    void close() {
        here.sessions.close();
        there.sessions.close();
    }

    @Test
    void whatIsDoneAtASeatIsSeenByWhicheverReplicaIsAsked() {
        Lesson lesson = lessons.all().getFirst();
        Workshop workshop = here.workshops.create(lesson, WorldKind.LAB, 5, Duration.ofHours(1));
        Seat ada = there.workshops.join(workshop.code().toLowerCase(), "Ada", "");
        there.type(ada, "true");
        clock.later(Duration.ofMinutes(1));
        assertThat(there.type(ada, "curl -s nowhere.example")).isNotZero();
        there.attendance.look();
        Work work = here.workshops.seats(workshop.id()).getFirst().work();
        assertThat(work.activity().commands()).as("the set-up is not the participant's").isEqualTo(2);
        assertThat(work.activity().errors()).isEqualTo(1);
        assertThat(work.activity().command()).isEqualTo("curl -s nowhere.example");
        assertThat(work.activity().status()).isEqualTo(6);
        assertThat(work.active()).isEqualTo(clock.instant());
        assertThat(work.steps()).isEqualTo(lesson.steps().size());
    }

    @Test
    void aSeatThatRestsAndComesBackHasDoneNothingMeanwhile() {
        Workshop workshop = here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        Seat ada = here.workshops.join(workshop.code(), "Ada", "");
        here.type(ada, "false");
        here.attendance.look();
        Work before = here.workshops.seats(workshop.id()).getFirst().work();
        here.sessions.close();
        clock.later(Duration.ofMinutes(10));
        there.sessions.find(there.way(ada).session()).structure();
        there.attendance.look();
        assertThat(there.workshops.seats(workshop.id()).getFirst().work()).isEqualTo(before);
    }

    /** It died before it wrote down what was last done: whoever looks next brings the session back. */
    @Test
    void whatADeadReplicaDidNotWriteDownIsFound() {
        Workshop workshop = here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        Seat ada = here.workshops.join(workshop.code(), "Ada", "");
        here.type(ada, "true");
        here.attendance.look();
        here.type(ada, "false");
        here.sessions.close();
        assertThat(there.workshops.lookAt(workshop.id()).getFirst().work().activity().commands()).isEqualTo(1);
        there.sessions.find(ada.session()).structure();
        there.attendance.look();
        Seat seat = there.workshops.lookAt(workshop.id()).getFirst();
        assertThat(seat.work().activity().commands()).isEqualTo(2);
        assertThat(seat.work().activity().status()).isEqualTo(1);
        assertThat(seat.written()).as("all of it").isEqualTo(store.length(ada.session()));
    }

    @Test
    void aNameIsOnePersonsAndTheLinkProvesWho() {
        Workshop workshop = here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        Seat ada = here.workshops.join(workshop.code(), "Ada", "");
        assertThat(here.workshops.join(workshop.code(), " ada ", ada.link())).isEqualTo(ada);
        assertThatThrownBy(() -> here.workshops.join(workshop.code(), "ADA", "")).isInstanceOf(WorkshopException.class)
                .hasMessageContaining("is called ADA already");
        assertThat(here.workshops.find(workshop.id()).taken()).isEqualTo(1);
    }

    @Test
    void ofManyWhoWantTheLastSeatsAsManyGetOneAsThereAre() {
        Workshop workshop = here.workshops.create(null, WorldKind.BARE, 4, Duration.ofHours(1));
        var refused = new AtomicInteger();
        List<CompletableFuture<Void>> joining = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Replica at = i % 2 == 0 ? here : there;
            String name = "p" + i % 6; // each name twice
            joining.add(CompletableFuture.runAsync(() -> {
                try {
                    at.workshops.join(workshop.code(), name, "");
                } catch (LimitReachedException | WorkshopException e) {
                    refused.incrementAndGet();
                }
            }, Thread::startVirtualThread));
        }
        joining.forEach(CompletableFuture::join);
        List<Seat> seats = here.workshops.seats(workshop.id());
        assertThat(refused).hasValue(12 - seats.size());
        assertThat(here.workshops.find(workshop.id()).taken()).isEqualTo(seats.size()).isLessThanOrEqualTo(4);
        assertThat(seats).extracting(Seat::name).doesNotHaveDuplicates();
        assertThat(store.size()).as("nobody left a session behind").isEqualTo(seats.size());
    }

    @Test
    void aSeatThatIsResetIsFreshUnderTheSameLink() {
        Workshop workshop = here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        Seat ada = there.workshops.join(workshop.code(), "Ada", "");
        there.type(ada, "touch /root/mine");
        there.attendance.look();
        Session old = there.sessions.find(ada.session());
        here.workshops.reset(workshop.id(), ada.id());
        there.attendance.look();
        assertThat(there.sessions.inMemory()).as("the other replica lets the old one go").doesNotContain(old);
        assertThat(there.type(ada, "ls /root/mine")).isNotZero();
        there.attendance.look();
        assertThat(here.workshops.seat(workshop.id(), ada.id()).work().activity().commands()).isEqualTo(1);
        assertThat(store.exists(ada.session())).isFalse();
    }

    @Test
    void whenItIsClosedNobodyJoinsAndSeatsAreLookedAt() {
        Workshop workshop = here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        Seat ada = here.workshops.join(workshop.code(), "Ada", "");
        assertThat(here.way(ada).role()).isEqualTo(Role.PARTICIPANT);
        here.workshops.close(workshop.id());
        assertThat(here.way(ada).role()).isEqualTo(Role.VIEWER);
        assertThatThrownBy(() -> here.workshops.join(workshop.code(), "Bob", "")).hasMessage("This workshop is over.");
        assertThatThrownBy(() -> here.workshops.reset(workshop.id(), ada.id())).hasMessage("This workshop is over.");
        assertThat(here.workshops.join(workshop.code(), "Ada", ada.link())).as("who was there may look").isEqualTo(ada);
    }

    @Test
    void itClosesByItselfAtItsEndAndIsForgottenLater() {
        Workshop workshop = here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        Seat ada = there.workshops.join(workshop.code(), "Ada", "");
        clock.later(Duration.ofHours(1));
        assertThatThrownBy(() -> here.workshops.join(workshop.code(), "Bob", "")).hasMessage("This workshop is over.");
        there.attendance.look();
        assertThat(here.way(ada).role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void theOrganiserLooksHelpsAndShows() {
        Workshop workshop = here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        Seat ada = here.workshops.join(workshop.code(), "Ada", "");
        Link look = here.workshops.linkTo(workshop.id(), ada.id(), Link.Kind.VIEWER);
        Link help = here.workshops.linkTo(workshop.id(), ada.id(), Link.Kind.PARTICIPANT);
        assertThat(here.links.way(look.id())).map(Links.Way::role).contains(Role.VIEWER);
        assertThat(help.id()).isNotEqualTo(ada.link());
        assertThat(here.workshops.linkTo(workshop.id(), ada.id(), Link.Kind.VIEWER)).isEqualTo(look);

        String stage = here.workshops.show(workshop.id());
        String shown = here.workshops.find(workshop.id()).shown();
        assertThat(here.links.way(shown)).contains(new Links.Way(stage, shown, Role.VIEWER));
        here.workshops.hide(workshop.id());
        assertThat(here.links.way(shown)).isEmpty();
        assertThat(here.workshops.show(workshop.id())).isEqualTo(stage);
    }

    @Test
    void aServerHasSoManyOpenWorkshops() {
        Workshop first = here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        assertThatThrownBy(() -> here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1)))
                .hasMessage("vethlab: this server may have 3 open workshops");
        here.workshops.close(first.id());
        here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
    }

    @Test
    void whatIsDeletedLeavesNothing() {
        Workshop workshop = here.workshops.create(null, WorldKind.BARE, 5, Duration.ofHours(1));
        Seat ada = here.workshops.join(workshop.code(), "Ada", "");
        here.workshops.show(workshop.id());
        here.workshops.delete(workshop.id());
        assertThat(store.size()).isZero();
        assertThat(here.links.way(ada.link())).isEmpty();
        assertThat(here.workshops.ofCode(workshop.code())).isEmpty();
        assertThatThrownBy(() -> here.workshops.find(workshop.id())).isInstanceOf(WorkshopException.class);
    }

    /** As many as one pod is to hold; each types, and the organiser sees all of it after one look. */
    @Test
    void twoHundredSeats() {
        Workshop workshop = here.workshops.create(null, WorldKind.LAB, 200, Duration.ofHours(1));
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            seats.add(here.workshops.join(workshop.code(), "seat " + i, ""));
        }
        assertThatThrownBy(() -> here.workshops.join(workshop.code(), "one more", "")).hasMessageContaining("200 seats");
        seats.forEach(seat -> here.type(seat, "docker ps"));
        here.attendance.look();
        assertThat(there.workshops.seats(workshop.id())).hasSize(200).allSatisfy(seat -> {
            assertThat(seat.work().activity().commands()).isEqualTo(1);
            assertThat(seat.work().activity().status()).isZero();
        });
    }

    /** Goes on when it is told to. */
    private static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-03-02T09:00:00Z");

        void later(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
