package dev.vethlab.web;

import dev.vethlab.session.Links;
import dev.vethlab.session.SessionStore;
import dev.vethlab.session.Sessions;
import dev.vethlab.session.StoreException;
import dev.vethlab.workshop.LessonSessions;
import dev.vethlab.workshop.seat.Attendance;
import dev.vethlab.workshop.seat.Workshops;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes the registry of workshops, and looks after the seats in this replica's memory once a second. */
@ApplicationScoped
class WorkshopsProducer {
    private final Workshops workshops;
    private final Attendance attendance;
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("attendance").factory());

    WorkshopsProducer(SessionStore store, Sessions sessions, Links links, LessonSessions lessons, Settings settings) {
        workshops = new Workshops(
                store, sessions, links, lessons, settings.limits().workshops(), settings.forgetAfter(), Clock.systemUTC());
        attendance = new Attendance(workshops, sessions, Clock.systemUTC());
    }

    @Produces
    @Singleton
    Workshops workshops() {
        return workshops;
    }

    @Startup
    void start() {
        looking.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            attendance.look();
        } catch (StoreException e) {
            Log.warn(e.getMessage());
        } catch (RuntimeException e) {
            Log.error("attendance failed", new Wordless(e));
        }
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        looking.shutdownNow();
    }
}
