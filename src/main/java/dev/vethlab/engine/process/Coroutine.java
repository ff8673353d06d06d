package dev.vethlab.engine.process;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A body that runs only while it has the baton, on a virtual thread.
 *
 * <p>The event loop lends the baton with {@link #resume} and goes on when it is given back: when the body has called {@link #pause} or
 * ended. So of the event loop and all coroutines exactly one runs, and what one wrote the next one sees (the volatile flags order them). A
 * coroutine may run events meanwhile; if one of these resumes another coroutine, the baton goes straight there, because to change threads
 * costs more than most events do, and the last one gives it back. For the same reason the thread of one that has ended goes on with the
 * one that it begins, and one that only waits for another to end may {@linkplain #lendThread lend} it its thread.
 */
final class Coroutine {
    private static final ThreadLocal<Coroutine> CURRENT = new ThreadLocal<>();

    private final String name;
    private final Runnable body;
    private final BooleanSupplier events;
    private @Nullable Thread thread;
    private @Nullable Coroutine host;
    private volatile @Nullable Coroutine guest;
    private @Nullable Loan loan;
    private volatile boolean running;
    private volatile boolean ended;

    /**
     * @param events run when the body has ended, for as long as they say yes: what happens next is often another coroutine's turn
     */
    Coroutine(String name, Runnable body, BooleanSupplier events) {
        this.name = name;
        this.body = body;
        this.events = events;
    }

    /** What the event loop lends to one coroutine and gets back from that or another one. */
    private static final class Loan {
        private final Thread lender = Thread.currentThread();
        private @Nullable Throwable failure;
        private volatile boolean over;

        void giveBack() {
            over = true;
            LockSupport.unpark(lender);
        }
    }

    /** Unwinds a coroutine that has ended from the event in which it passed the baton on. */
    private static final class PassedOn extends Error {
        private static final long serialVersionUID = 1;

        /** The one that its thread goes on with, if that has none. */
        private final transient @Nullable Coroutine heir;

        private PassedOn(@Nullable Coroutine heir) {
            super(null, null, false, false);
            this.heir = heir;
        }
    }

    /** The life of a thread: one coroutine, and those that it begins where the one before has ended. */
    private void runThread() {
        for (Coroutine next = this; next != null; next = next.run()) {
            CURRENT.set(next);
        }
    }

    /** The one that inherits the thread. */
    private @Nullable Coroutine run() {
        try {
            try {
                body.run();
            } finally {
                ended = true;
            }
            while (events.getAsBoolean()) {
                // whatever happens next
            }
        } catch (PassedOn e) {
            return e.heir;
        } catch (Throwable e) {
            lent().failure = e;
        }
        lent().giveBack();
        return null;
    }

    /** Runs the body until it pauses or ends, unless it runs; a failure of a body comes out at the event loop. */
    void resume() {
        Coroutine giver = CURRENT.get();
        if (ended || giver == this) {
            return; // it has run the event itself
        }
        if (giver != null) {
            giver.passTo(this);
            return;
        }
        var lent = new Loan();
        take(lent);
        while (!lent.over) {
            LockSupport.park(this);
        }
        if (lent.failure != null) {
            throw new IllegalStateException("the program failed: " + lent.failure, lent.failure);
        }
    }

    /** Called by the body: gives the baton back until the next {@link #resume}. */
    void pause() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("only the coroutine itself can pause");
        }
        running = false;
        lent().giveBack();
        awaitBaton();
    }

    boolean hasEnded() {
        return ended;
    }

    /**
     * Lets another one run on this one's thread, above its frames, if it has not begun and this one is no guest itself. Until that has
     * ended nobody may {@link #resume} this one, which then goes on by itself.
     */
    void lendThread(Coroutine other) {
        if (other.thread == null && host == null) {
            guest = other;
            other.host = this;
        }
    }

    /** Whether another one is on its thread. */
    boolean isBeneath() {
        return guest != null;
    }

    /** It waits for an event, which was the other's: it goes on when somebody resumes it. */
    private void passTo(Coroutine other) {
        if (ended && other.thread == null && other.host == null) {
            other.loan = lent();
            other.running = true;
            other.thread = thread;
            throw new PassedOn(other);
        }
        running = false;
        other.take(lent());
        if (ended) {
            throw new PassedOn(null);
        }
        awaitBaton();
    }

    private void take(Loan lent) {
        loan = lent;
        boolean begins = thread == null && host == null;
        if (begins) {
            thread = Thread.ofVirtual().name(name).unstarted(this::runThread);
        } else if (host != null) {
            thread = host.thread;
        }
        running = true;
        if (begins) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
    }

    private void awaitBaton() {
        while (!running) {
            Coroutine above = guest;
            if (above != null && above.running) {
                above.runAsGuest(this);
            } else {
                LockSupport.park(this);
            }
        }
    }

    /** Its body, and then the host has the baton. */
    private void runAsGuest(Coroutine below) {
        CURRENT.set(this);
        try {
            body.run();
        } catch (Throwable e) {
            lent().failure = e;
        } finally {
            ended = true;
            CURRENT.set(below);
            below.guest = null;
            below.loan = lent();
            below.running = true;
        }
    }

    private Loan lent() {
        return java.util.Objects.requireNonNull(loan, "it has no baton");
    }
}
