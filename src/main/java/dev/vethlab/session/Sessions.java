package dev.vethlab.session;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All sessions: makes them, finds them, and lets those rest that nobody looks at. A resting session is its log; whoever asks for it
 * gets it back by replay. Safe for use by several threads.
 */
public final class Sessions {
    private static final int ID_BYTES = 16;

    private final SessionStore store;
    private final SessionLimits limits;
    private final SessionObserver observer;
    private final SessionCompanion.Maker companions;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> running = new LinkedHashMap<>(16, 0.75f, true);

    public Sessions(SessionStore store, SessionLimits limits, SessionObserver observer) {
        this(store, limits, observer, (world, tell) -> SessionCompanion.NONE);
    }

    /** @param companions makes who goes along with each of them */
    public Sessions(SessionStore store, SessionLimits limits, SessionObserver observer, SessionCompanion.Maker companions) {
        this.store = store;
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
        return create(recipe, List.of());
    }

    private Session create(Recipe recipe, List<LoggedInput> inputs) {
        if (store.size() >= limits.sessions()) {
            throw new LimitReachedException("vethlab: this server may have " + limits.sessions() + " sessions");
        }
        String id = randomId();
        store.create(id, new SessionStore.Stored(recipe, randomId(), inputs));
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
        return random.nextLong() & 0xFFFF_FFFFL;
    }

    /** Whether there is such a session, running or resting. */
    public boolean exists(String id) {
        synchronized (this) {
            if (running.containsKey(id)) {
                return true;
            }
        }
        return store.load(id).isPresent();
    }

    /**
     * The session, brought back by replay if it rested.
     *
     * @throws SessionGoneException if there is none
     */
    public synchronized Session find(String id) {
        Session session = running.get(id);
        if (session == null) {
            SessionStore.Stored stored = store.load(id).orElseThrow(SessionGoneException::new);
            makeRoom();
            session = new Session(id, stored, store, limits, observer, companions);
            running.put(id, session);
        }
        return session;
    }

    /** Forgets a session and its log. */
    public void delete(String id) {
        if (!store.delete(id)) {
            throw new SessionGoneException();
        }
        Session session;
        synchronized (this) {
            session = running.remove(id);
        }
        if (session != null) {
            session.close();
        }
    }

    /** Keeps the session's log as it is now, under a name of its own; opening it forks. */
    public String share(Session session) {
        String share = randomId();
        store.create(sharePlace(share), new SessionStore.Stored(session.recipe(), "", session.logToNow()));
        return share;
    }

    /** A new session in the state that was shared; empty if there is no such share. */
    public Optional<Session> openShare(String share) {
        return store.load(sharePlace(share)).map(stored -> create(stored.recipe(), stored.inputs()));
    }

    private static String sharePlace(String share) {
        return "share/" + share;
    }

    /** Lets sessions rest that nobody has used for so long. */
    public synchronized void restIdle(long nanos) {
        List<Session> idle = running.values().stream().filter(session -> session.idleNanos() > nanos).toList();
        idle.forEach(session -> {
            running.remove(session.id());
            session.close();
        });
    }

    /** Lets all rest: the server stops. */
    public void close() {
        restIdle(-1);
    }

    /** How many are in memory. */
    public synchronized int running() {
        return running.size();
    }

    /** How many are kept, resting ones and shares included. */
    public int kept() {
        return store.size();
    }

    /** Lets the one rest that was used longest ago and that nobody looks at. */
    private void makeRoom() {
        if (running.size() < limits.running()) {
            return;
        }
        @Nullable Session oldest =
                running.values().stream().filter(session -> session.idleNanos() > 0).findFirst().orElse(null);
        if (oldest == null) {
            throw new LimitReachedException("vethlab: this server may run " + limits.running() + " sessions at the same time");
        }
        running.remove(oldest.id());
        oldest.close();
    }

    private String randomId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
