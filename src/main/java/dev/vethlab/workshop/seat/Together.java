package dev.vethlab.workshop.seat;

import java.util.List;

/** Does several things that wait for the store at the same time, so that they share its transactions. */
final class Together {
    private Together() {}

    /** Waits until all are done. */
    static void run(List<Runnable> tasks) {
        List<Thread> threads = tasks.stream().map(Thread::startVirtualThread).toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
