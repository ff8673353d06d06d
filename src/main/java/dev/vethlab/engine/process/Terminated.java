package dev.vethlab.engine.process;

/** Unwinds a program whose process ended: by a signal, or by {@link EmulatedProcess#exit}. Not to be caught but by the process. */
final class Terminated extends RuntimeException {
    private static final long serialVersionUID = 1;

    Terminated() {
        super(null, null, false, false);
    }
}
