package dev.vethlab.engine.process;

/** A PID namespace: numbers processes from 1 as they see themselves. */
public final class PidNamespace {
    private int last;

    /** So many numbers are taken by threads that nobody gets to see. */
    public void skip(int threads) {
        last += threads;
    }

    int allocate() {
        return ++last;
    }
}
