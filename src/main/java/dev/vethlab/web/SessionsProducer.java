package dev.vethlab.web;

import dev.vethlab.session.Leases;
import dev.vethlab.session.Links;
import dev.vethlab.session.SessionLimits;
import dev.vethlab.session.SessionStore;
import dev.vethlab.session.Sessions;
import dev.vethlab.session.StoreException;
import dev.vethlab.session.store.RedisStore;
import dev.vethlab.session.store.SqliteStore;
import dev.vethlab.workshop.LessonRun;
import dev.vethlab.workshop.Lessons;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Shutdown;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.websockets.next.OpenConnections;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the registry of sessions on the chosen store, and does what must be done now and then. */
@ApplicationScoped
class SessionsProducer {
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Settings settings;
    private final OpenConnections connections;
    private final SessionStore store;
    private final Leases leases;
    private final Sessions sessions;
    private final Links links;
    private final ScheduledExecutorService housekeeping =
            Executors.newScheduledThreadPool(2, Thread.ofVirtual().name("housekeeping").factory());

    SessionsProducer(
            Settings settings,
            Instance<Redis> redis,
            @ConfigProperty(name = "quarkus.http.port") int port,
            OpenConnections connections,
            Metrics metrics,
            Lessons lessons) {
        this.settings = settings;
        this.connections = connections;
        switch (settings.store()) {
            case EMBEDDED -> {
                store = new SqliteStore(settings.dataDir(), settings.forgetAfter(), Clock.systemUTC());
                leases = Leases.ALONE;
            }
            case REDIS -> {
                var shared = new RedisStore(
                        redis.get(), self(settings, port), settings.replica().lease(), settings.forgetAfter(), Clock.systemUTC());
                store = shared;
                leases = shared;
            }
            default -> throw new IllegalStateException();
        }
        SessionLimits limits = settings.limits().ofSessions();
        sessions = new Sessions(store, leases, limits, metrics, (world, tell) -> new LessonRun(world, lessons::find, tell));
        links = new Links(sessions, store, limits, settings.links().lifetime(), Clock.systemUTC());
        metrics.watch(sessions);
    }

    /** Every socket is told that its session comes back elsewhere, before the process ends. */
    private void awaitGoodbyes() {
        long deadline = System.nanoTime() + GOODBYE.toNanos();
        while (connections.stream().findAny().isPresent() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(GOODBYE.toNanos() / 100);
        }
    }

    private static String self(Settings settings, int port) {
        return settings.replica().address().orElseGet(() -> hostName() + ":" + port) + "/" + UUID.randomUUID();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this machine has no address: set vethlab.replica.address", e);
        }
    }

    @Produces
    @Singleton
    Sessions sessions() {
        return sessions;
    }

    @Produces
    @Singleton
    Links links() {
        return links;
    }

    @Produces
    @Singleton
    SessionStore store() {
        return store;
    }

    @Produces
    @Singleton
    Leases leases() {
        return leases;
    }

    @Startup
    void start() {
        every(settings.restAfter().toMillis() / 10 + 1, () -> sessions.restIdle(settings.restAfter().toNanos()));
        every(TimeUnit.HOURS.toMillis(1), () -> store.expire(Clock.systemUTC().instant()));
        if (leases != Leases.ALONE) {
            every(settings.replica().lease().toMillis() / 3, sessions::renewLeases);
        }
    }

    private void every(long millis, Runnable task) {
        housekeeping.scheduleWithFixedDelay(() -> {
            try {
                task.run();
            } catch (StoreException e) {
                Log.warn(e.getMessage());
            }
        }, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** While the sockets are still open, for they must be told; after this event Quarkus closes them. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        housekeeping.shutdownNow();
        sessions.close();
        awaitGoodbyes();
    }

    @Shutdown
    void stop() {
        housekeeping.shutdownNow();
        sessions.close();
        store.close();
    }
}
