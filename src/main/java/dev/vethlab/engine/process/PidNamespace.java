package dev.vethlab.engine.process;

/** A PID namespace: numbers processes from 1 as they see themselves. */
public final class PidNamespace {
    private int last;

    int allocate() {
        return ++last;
    }
}
