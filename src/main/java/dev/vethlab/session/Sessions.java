package dev.vethlab.session;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All sessions: makes them, finds them, and lets those rest that nobody looks at. A resting session is its log; whoever asks for it
 * gets it back by replay. Safe for use by several threads.
 */
public final class Sessions implements AutoCloseable {
    private static final int STRIPES = 256;

    private final SessionStore store;
    private final Leases leases;
    private final SessionLimits limits;
    private final SessionObserver observer;
    private final SessionCompanion.Maker companions;
    private final Map<String, Session> running = new ConcurrentHashMap<>();

    /** Held while a session comes into memory or leaves it: it is never there twice. */
    private final ReentrantLock[] moving = Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    private volatile boolean draining;

    public Sessions(SessionStore store, SessionLimits limits, SessionObserver observer) {
        this(store, Leases.ALONE, limits, observer, (world, tell) -> SessionCompanion.NONE);
    }

    /** @param companions makes who goes along with each of them */
    public Sessions(
            SessionStore store, Leases leases, SessionLimits limits, SessionObserver observer, SessionCompanion.Maker companions) {
        this.store = store;
        this.leases = leases;
        this.limits = limits;
        this.observer = observer;
        this.companions = companions;
    }

    /**
     * A fresh session, booted.
     *
     * @throws LimitReachedException if there are too many
     * @throws IllegalArgumentException if the engine does not know one of its flags; the message names it
     */
    public Session create(Recipe recipe) {
        return create(new SessionStore.Stored(recipe, Tokens.secret(), null, List.of()));
    }

    /** A session of its own from what was stored elsewhere. */
    Session create(SessionStore.Stored stored) {
        if (store.size() >= limits.sessions()) {
            throw new LimitReachedException("sessions", "vethlab: this server may have " + limits.sessions() + " sessions");
        }
        String id = Tokens.secret();
        store.create(id, new SessionStore.Stored(
                stored.recipe().within(limits.world()), stored.owner(), stored.plays(), stored.inputs()));
        Session session = find(id);
        try {
            session.awaitReady();
        } catch (IllegalArgumentException e) {
            delete(id);
            throw e;
        }
        return session;
    }

    /** A seed for those who name none. */
    public long randomSeed() {
        return Tokens.seed();
    }

    /** Whether the store has such a session. */
    public boolean isKept(String id) {
        return store.exists(id);
    }

    /** Whether there is such a session, running or resting. */
    public boolean exists(String id) {
        return running.containsKey(id) || store.exists(id);
    }

    /**
     * The session, brought back by replay if it rested.
     *
     * @throws SessionGoneException if there is none
     * @throws SessionMovedException if another replica drives it
     */
    public Session find(String id) {
        Session here = running.get(id);
        Session session = here != null ? here : exclusively(id, () -> {
            Session meanwhile = running.get(id);
            return meanwhile != null ? meanwhile : bringBack(id);
        });
        session.use(); // lest it go to rest before whoever asks for it begins
        return session;
    }

    private Session bringBack(String id) {
        if (draining || leases.claim(id).isPresent()) {
            throw new SessionMovedException();
        }
        @Nullable Session session = null;
        try {
            SessionStore.Stored stored = store.load(id).orElseThrow(SessionGoneException::new);
            makeRoom();
            session = new Session(id, stored, leftToPlay(stored), store, limits, observer, companions, this::forget);
            running.put(id, session);
            return session;
        } finally {
            if (session == null) {
                leases.release(id);
            }
        }
    }

    /** What follows in the log that the session plays, as long as it did the same so far. */
    private List<LoggedInput> leftToPlay(SessionStore.Stored stored) {
        if (stored.plays() == null) {
            return List.of();
        }
        List<LoggedInput> script = store.load(Link.PLACE + stored.plays()).map(SessionStore.Stored::inputs).orElse(List.of());
        int done = stored.inputs().size();
        return done <= script.size() && script.subList(0, done).equals(stored.inputs()) ? script.subList(done, script.size()) : List.of();
    }

    private void forget(Session session) {
        running.remove(session.id(), session);
    }

    /** Forgets a session, its log, and the links that lead into it. */
    public void delete(String id) {
        store.links(id).stream().filter(link -> !link.kind().isShare()).forEach(link -> store.deleteLink(link.id()));
        if (!store.delete(id)) {
            throw new SessionGoneException();
        }
        dropDeleted(id);
    }

    /** Lets sessions rest that nobody has used for so long. */
    public void restIdle(long nanos) {
        running.values().forEach(session -> {
            if (session.idleNanos() > nanos) {
                exclusively(session.id(), () -> session.idleNanos() > nanos && rest(session));
            }
        });
    }

    private boolean rest(Session session) {
        session.close();
        try {
            leases.release(session.id());
        } catch (StoreException e) {
            // it runs out by itself
        }
        return true;
    }

    /** Holds the leases of what is in memory for longer; what another replica has taken over by now leaves memory. */
    public void renewLeases() {
        for (String lost : leases.renew(List.copyOf(running.keySet()))) {
            Session session = running.get(lost);
            if (session != null) {
                exclusively(lost, () -> {
                    session.close();
                    return true;
                });
            }
        }
    }

    /** Lets all rest, at the same time, and brings none back: the server stops. */
    @Override
    public void close() {
        draining = true;
        List<Thread> resting = running.values().stream()
                .map(session -> Thread.startVirtualThread(() -> exclusively(session.id(), () -> rest(session))))
                .toList();
        for (Thread thread : resting) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether the server is about to stop. */
    public boolean isDraining() {
        return draining;
    }

    /** Those that are in memory here. */
    public List<Session> inMemory() {
        return List.copyOf(running.values());
    }

    /** Whether one of them is in memory here. */
    public boolean isInMemory(String id) {
        return running.containsKey(id);
    }

    /** Lets one go that was deleted by another replica, if it is in memory here. */
    public void dropDeleted(String id) {
        exclusively(id, () -> {
            Session session = running.get(id);
            if (session != null) {
                session.closeForGood();
            }
            leases.release(id);
            return true;
        });
    }

    /** How many are in memory. */
    public int running() {
        return running.size();
    }

    /** How many browsers look, at all of them together. */
    public int viewers() {
        return running.values().stream().mapToInt(Session::viewers).sum();
    }

    /** How many are kept, resting ones and shares included. */
    public int kept() {
        return store.size();
    }

    /** Lets the one rest that was used longest ago and that nobody looks at. */
    private void makeRoom() {
        while (running.size() >= limits.running()) {
            Session oldest = running.values().stream()
                    .filter(session -> session.idleNanos() > 0)
                    .max(Comparator.comparingLong(Session::idleNanos))
                    .orElseThrow(() -> new LimitReachedException(
                            "running-sessions", "vethlab: this server may run " + limits.running() + " sessions at the same time"));
            ReentrantLock lock = lock(oldest.id());
            // who waits here holds a lock already
            if (lock.tryLock()) {
                try {
                    rest(oldest);
                } finally {
                    lock.unlock();
                }
            } else {
                Thread.yield();
            }
        }
    }

    private interface Move<T> {
        T make();
    }

    private <T> T exclusively(String id, Move<T> move) {
        ReentrantLock lock = lock(id);
        lock.lock();
        try {
            return move.make();
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock lock(String id) {
        return moving[Math.floorMod(id.hashCode(), STRIPES)];
    }
}
