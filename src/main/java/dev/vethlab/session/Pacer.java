package dev.vethlab.session;

import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.TraceEvent;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Holds the emulation back to the chosen pace.
 *
 * <p>The driver asks before each event of the simulation ({@link #mayRun}); the packet path asks after each stage ({@link #stage}). Both
 * only ever wait: nothing here reaches into the emulation, so the pace cannot change a result. Live and slow are one straight line
 * from wall time to virtual time, begun anew (an anchor) whenever the pace changes or time stood still. Step is a number of
 * stages that may still pass.
 */
final class Pacer {
    /** How far virtual time may lag behind the wall clock before the rest is forgiven, in nanoseconds. */
    private static final long FORGIVEN_LAG = 500_000_000;

    private enum Granted {
        NOTHING,
        STAGE,
        PACKET
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LongSupplier wallNanos;
    private final Runnable onHeld;
    private final Runnable whileHeld;
    private volatile Pace pace = Pace.LIVE;
    private Granted granted = Granted.NOTHING;
    private boolean hurried;
    private boolean interrupted;
    private boolean closed;
    private volatile boolean held;
    private long anchorWall;
    private long anchorVirtual;

    /**
     * @param wallNanos the wall clock
     * @param onHeld told by the emulation's own thread when {@link #isHeld} changed
     * @param whileHeld done by the emulation's own thread while it stands in the middle of an event, each time it is interrupted
     */
    Pacer(LongSupplier wallNanos, Runnable onHeld, Runnable whileHeld) {
        this.wallNanos = wallNanos;
        this.onHeld = onHeld;
        this.whileHeld = whileHeld;
    }

    Pace pace() {
        return pace;
    }

    /** Whether the clock stands although there is something to do. */
    boolean isHeld() {
        return held;
    }

    void setPace(Pace next) {
        change(() -> {
            pace = next;
            granted = Granted.NOTHING;
            anchorWall = 0;
        });
    }

    /** Under {@link Pace.Step}: lets one stage happen, or all until a packet has come to its end. */
    void step(boolean wholePacket) {
        change(() -> granted = wholePacket ? Granted.PACKET : Granted.STAGE);
    }

    /** While hurried, live and slow are fast: somebody waits for a command's answer. Said by the emulation's own thread alone. */
    void hurry(boolean on) {
        if (hurried != on) {
            change(() -> {
                hurried = on;
                anchorWall = 0;
            });
        }
    }

    /**
     * Makes a waiting {@link #mayRun} return, because there is something else to do first; a waiting {@link #stage} does what may be done
     * there.
     */
    void interrupt() {
        change(() -> interrupted = true);
    }

    /** Lets everything run on, for good. */
    void close() {
        change(() -> closed = true);
    }

    /** Time stood still because there was nothing to do: the line from wall to virtual time begins anew. */
    void rest() {
        change(() -> {
            anchorWall = 0;
            granted = Granted.NOTHING;
        });
    }

    /** The virtual time that it is on the wall clock, between {@code now} and {@code due}. */
    long virtualTime(long now, long due) {
        lock.lock();
        try {
            return Math.min(due, Math.max(now, reached(now, due)));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the emulation, which stands at {@code now}, may run what is due at {@code due}.
     *
     * @return false if interrupted
     */
    boolean mayRun(long now, long due) {
        lock.lock();
        try {
            while (!interrupted) {
                long wait = waitFor(now, due);
                if (wait <= 0) {
                    hold(false);
                    return true;
                }
                if (wait == Long.MAX_VALUE) {
                    hold(true);
                    changed.awaitUninterruptibly();
                } else {
                    await(wait);
                }
            }
            interrupted = false;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** A packet passed a stage: under {@link Pace.Step}, waits for the next step. */
    void stage(TraceEvent event) {
        if (!(pace instanceof Pace.Step)) {
            return;
        }
        lock.lock();
        try {
            if (!stepping()) {
                return;
            }
            boolean end = event.outcome() instanceof Outcome.Delivered || event.outcome() instanceof Outcome.Dropped;
            if (granted == Granted.STAGE || end) {
                granted = Granted.NOTHING;
            }
            while (stepping() && granted == Granted.NOTHING) {
                hold(true);
                whileHeld.run();
                changed.awaitUninterruptibly();
            }
            hold(false);
        } finally {
            lock.unlock();
        }
    }

    private boolean stepping() {
        return pace instanceof Pace.Step && !closed;
    }

    /** How many nanoseconds it will be, at this pace, until what is due may run; {@link Long#MAX_VALUE} if that takes a step. */
    long waitFor(long now, long due) {
        lock.lock();
        try {
            return closed ? 0 : switch (pace) {
                case Pace.Fast fast -> 0;
                case Pace.Step step -> granted == Granted.NOTHING ? Long.MAX_VALUE : 0;
                case Pace.Live live -> hurried ? 0 : due - reached(now, due);
                case Pace.Slow slow -> hurried ? 0 : saturatedProduct(due - reached(now, due), slow.factor());
            };
        } finally {
            lock.unlock();
        }
    }

    /** Lag is counted from what is due: the time waited for it is none. */
    private long reached(long now, long due) {
        if (!(pace instanceof Pace.Live || pace instanceof Pace.Slow) || hurried) {
            return now;
        }
        long wall = wallNanos.getAsLong();
        if (anchorWall == 0) {
            anchorWall = wall;
            anchorVirtual = now;
        }
        long passed = wall - anchorWall;
        long reached = anchorVirtual + (pace instanceof Pace.Slow slow ? passed / slow.factor() : passed);
        if (reached - due > FORGIVEN_LAG) {
            anchorWall = wall;
            anchorVirtual = due;
            return due;
        }
        return reached;
    }

    private static long saturatedProduct(long a, long b) {
        return a <= 0 ? a : a > Long.MAX_VALUE / 2 / b ? Long.MAX_VALUE / 2 : a * b;
    }

    private void await(long nanos) {
        try {
            changed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("a session's threads are not interrupted", e);
        }
    }

    private void hold(boolean now) {
        if (held != now) {
            held = now;
            onHeld.run();
        }
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
