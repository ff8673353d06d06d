package dev.vethlab.engine.process;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that runs only while somebody lends it the baton.
 *
 * <p>{@link #resume} hands the baton over and returns when the body has called {@link #pause} or ended; so of the event loop and all
 * coroutines exactly one runs, and what one wrote the next one sees (the volatile flag orders them).
 */
final class Coroutine {
    private final Thread thread;
    private @Nullable Thread resumer;
    private @Nullable Throwable failure;
    private volatile boolean running;
    private volatile boolean ended;

    Coroutine(String name, Runnable body) {
        thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                body.run();
            } catch (Throwable e) {
                failure = e;
            } finally {
                ended = true;
                handBack();
            }
        });
    }

    /** Runs the body until it pauses or ends, unless it runs; a failure of the body comes out here. */
    void resume() {
        if (ended || Thread.currentThread() == thread) {
            return; // it has run the event itself
        }
        resumer = Thread.currentThread();
        running = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        while (running) {
            LockSupport.park(this);
        }
        if (failure != null) {
            Throwable e = failure;
            failure = null;
            throw new IllegalStateException("the program failed: " + e, e);
        }
    }

    /** Called by the body: gives the baton back until the next {@link #resume}. */
    void pause() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("only the coroutine itself can pause");
        }
        handBack();
        while (!running) {
            LockSupport.park(this);
        }
    }

    boolean hasEnded() {
        return ended;
    }

    private void handBack() {
        Thread next = resumer;
        running = false;
        LockSupport.unpark(next);
    }
}
