package dev.vethlab.session;

import java.util.concurrent.Semaphore;

/**
 * Shares the processors among sessions. Virtual threads are not preempted, so whoever runs for long gives way by itself: what runs longer
 * than a slice without waiting queues up, slice by slice, for all processors but one. That one is left for all who only need a moment, so
 * that a session with endless work slows down itself and its like, and nobody who types.
 */
final class Slices {
    private static final long SLICE = 5_000_000;
    private static final Semaphore LONG_RUNNING = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), true);

    private long began = System.nanoTime();
    private boolean permitted;

    /** Called between two pieces of work. */
    void next() {
        if (System.nanoTime() - began > SLICE) {
            release();
            Thread.yield();
            LONG_RUNNING.acquireUninterruptibly();
            permitted = true;
            began = System.nanoTime();
        }
    }

    /** It waits now, or has ended: what follows is another piece of work. */
    void rest() {
        release();
        began = System.nanoTime();
    }

    private void release() {
        if (permitted) {
            permitted = false;
            LONG_RUNNING.release();
        }
    }
}
