package dev.vethlab.web;

import dev.vethlab.session.InMemorySessionStore;
import dev.vethlab.session.SessionLimits;
import dev.vethlab.session.Sessions;
import dev.vethlab.workshop.LessonRun;
import dev.vethlab.workshop.Lessons;
import io.quarkus.runtime.Shutdown;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes the registry of sessions, and now and then lets those rest that nobody uses. */
@ApplicationScoped
class SessionsProducer {
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final Sessions sessions;
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("session-sweeper").factory());

    SessionsProducer(Metrics metrics, Lessons lessons) {
        sessions = new Sessions(new InMemorySessionStore(), SessionLimits.DEFAULT, metrics,
                (world, tell) -> new LessonRun(world, lessons::find, tell));
        metrics.watch(sessions);
    }

    @Produces
    @Singleton
    Sessions sessions() {
        return sessions;
    }

    @Startup
    void start() {
        sweeper.scheduleWithFixedDelay(() -> sessions.restIdle(IDLE.toNanos()), 1, 1, TimeUnit.MINUTES);
    }

    @Shutdown
    void stop() {
        sweeper.shutdownNow();
        sessions.close();
    }
}
