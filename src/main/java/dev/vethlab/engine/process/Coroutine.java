package dev.vethlab.engine.process;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that runs only while it has the baton.
 *
 * <p>The event loop lends the baton with {@link #resume} and goes on when it is given back: when the body has called {@link #pause} or
 * ended. So of the event loop and all coroutines exactly one runs, and what one wrote the next one sees (the volatile flags order them). A
 * coroutine may run events meanwhile; if one of these resumes another coroutine, the baton goes straight there, because to change threads
 * costs more than most events do, and the last one gives it back.
 */
final class Coroutine {
    private static final ThreadLocal<Coroutine> CURRENT = new ThreadLocal<>();

    private final Thread thread;
    private @Nullable Loan loan;
    private volatile boolean running;
    private volatile boolean ended;

    /**
     * @param events run when the body has ended, for as long as they say yes: what happens next is often another coroutine's turn
     */
    Coroutine(String name, Runnable body, BooleanSupplier events) {
        thread = Thread.ofVirtual().name(name).unstarted(() -> run(body, events));
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

    /** Unwinds the thread of a coroutine that has ended, from the event in which it passed the baton on. */
    private static final class PassedOn extends Error {
        private static final long serialVersionUID = 1;
        static final PassedOn INSTANCE = new PassedOn();

        private PassedOn() {
            super(null, null, false, false);
        }
    }

    private void run(Runnable body, BooleanSupplier events) {
        CURRENT.set(this);
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
            return;
        } catch (Throwable e) {
            lent().failure = e;
        }
        lent().giveBack();
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

    /** It waits for an event, which was the other's: it goes on when somebody resumes it. */
    private void passTo(Coroutine other) {
        running = false;
        other.take(lent());
        if (ended) {
            throw PassedOn.INSTANCE;
        }
        awaitBaton();
    }

    private void take(Loan lent) {
        loan = lent;
        running = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
    }

    private void awaitBaton() {
        while (!running) {
            LockSupport.park(this);
        }
    }

    private Loan lent() {
        return java.util.Objects.requireNonNull(loan, "it has no baton");
    }
}
