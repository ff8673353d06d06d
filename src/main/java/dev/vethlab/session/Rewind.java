package dev.vethlab.session;

import dev.vethlab.engine.trace.Journeys;
import dev.vethlab.engine.trace.PacketBorn;
import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.trace.TraceSink;
import dev.vethlab.engine.world.World;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session's past, made again from its log in a world of its own, in which one may look at any moment.
 *
 * <p>A moment is the number of a trace event: the world as that stage was reported, in the middle of an event of the simulation if need be.
 * The replay stands at the moment last looked at, so that to look a little later costs a little; to look earlier, one begins anew.
 */
final class Rewind {
    private final Recipe recipe;
    private final List<LoggedInput> log;
    private final SessionLimits limits;
    private final long last;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Look<?> wanted;
    private long reached;
    private boolean closed;

    /** Somebody wants to see the world at a moment. */
    private record Look<T>(long moment, Function<World, T> eyes, CompletableFuture<T> answer) {
        void take(World world) {
            try {
                answer.complete(eyes.apply(world));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }
    }

    /**
     * Begins to replay.
     *
     * @param log ends with a {@link Input.Moment}: how far the session has come
     * @param last the last moment in it
     */
    Rewind(Recipe recipe, List<LoggedInput> log, long last, SessionLimits limits) {
        this.recipe = recipe;
        this.log = log;
        this.last = last;
        this.limits = limits;
        Thread.ofVirtual().name("rewind").start(this::drive);
    }

    /** Whether it can still come to a moment; one looks at a time. */
    boolean canReach(long moment) {
        lock.lock();
        try {
            return !closed && moment <= last && moment >= reached;
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the world as it was; fails with {@link SessionGoneException} if it is closed meanwhile. */
    <T> CompletableFuture<T> look(long moment, Function<World, T> eyes) {
        var look = new Look<>(moment, eyes, new CompletableFuture<T>());
        lock.lock();
        try {
            if (closed || wanted != null) {
                return CompletableFuture.failedFuture(new SessionGoneException());
            }
            wanted = look;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return look.answer();
    }

    /** Lets the replay end. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (wanted != null) {
                wanted.answer().completeExceptionally(new SessionGoneException());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void drive() {
        World world = World.boot(recipe.world(), recipe.seed(), recipe.dockerd(), recipe.limits(limits.world()));
        try {
            replay(world);
            while (!isClosed()) {
                stand(world, Long.MAX_VALUE);
            }
        } catch (RuntimeException e) {
            close();
        } finally {
            world.discard();
        }
    }

    private void replay(World world) {
        var journeys = new Journeys(limits.stages());
        var pacer = new Pacer(System::nanoTime, () -> {}, () -> {});
        var broadcast = new Broadcast(new SessionStream(1, 0), journeys, pacer, SessionObserver.NONE);
        var shells = new Shells(world, broadcast, limits, SessionCompanion.NONE);
        world.kernel().tracer().setJourneys(journeys);
        world.kernel().tracer().setSink(new TraceSink() {
            @Override
            public void born(PacketBorn packet) {
                broadcast.born(packet);
            }

            @Override
            public void event(TraceEvent event) {
                broadcast.event(event);
                stand(world, event.sequence());
            }
        });
        stand(world, world.kernel().tracer().lastEvent());
        long events = 0;
        for (LoggedInput input : log) {
            while (events < input.events() && !isClosed()) {
                events++;
                runNext(world);
                shells.countEvent();
            }
            world.simulation().advanceTo(input.time());
            shells.apply(input.id(), input.input());
        }
        shells.abandon(SessionGoneException::new);
    }

    /** A defect ended only that event in the session, too. */
    private static void runNext(World world) {
        try {
            world.simulation().runNext();
        } catch (RuntimeException e) {
            // the session itself told of it
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** The world is at a moment: stays there until a later one is wanted. */
    private void stand(World world, long moment) {
        lock.lock();
        try {
            reached = Math.min(moment, last);
            while (!closed && (wanted == null || wanted.moment() <= reached)) {
                if (wanted == null) {
                    changed.awaitUninterruptibly();
                } else {
                    wanted.take(world);
                    wanted = null;
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
