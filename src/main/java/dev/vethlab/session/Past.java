package dev.vethlab.session;

import dev.vethlab.engine.world.World;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session's past, made again by replay. The {@link Rewind} is kept from one look to the next, which mostly wants a later moment. May be
 * used by several threads.
 */
final class Past {
    /** Events of the simulation beyond which a session is not replayed for a look: some seconds of work. */
    private static final long MOST_EVENTS = 3_000_000;

    private final Session session;
    private final SessionLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Rewind rewind;

    Past(Session session, SessionLimits limits) {
        this.session = session;
        this.limits = limits;
    }

    /**
     * Reads the world as it was at a moment.
     *
     * @throws LimitReachedException if the session is too long to be replayed for a look
     */
    <T> T look(long moment, Function<World, T> look) {
        lock.lock();
        try {
            if (rewind == null || !rewind.canReach(moment)) {
                long last = Session.join(session.look(world -> world.kernel().tracer().lastEvent()));
                if (moment >= last) {
                    return Session.join(session.look(look));
                }
                List<LoggedInput> log = session.logToNow();
                if (log.getLast().events() > MOST_EVENTS) {
                    throw new LimitReachedException("look-back", "vethlab: this session is too long to look back");
                }
                forget();
                rewind = new Rewind(session.recipe(), log, last, limits);
            }
            return Session.join(rewind.look(moment, look));
        } finally {
            lock.unlock();
        }
    }

    /** Frees what the looks so far have made. */
    void forget() {
        lock.lock();
        try {
            if (rewind != null) {
                rewind.close();
                rewind = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
