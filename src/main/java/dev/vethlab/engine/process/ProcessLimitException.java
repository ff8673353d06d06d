package dev.vethlab.engine.process;

/** The machine may not have more processes. */
public final class ProcessLimitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ProcessLimitException(int limit) {
        super("vethlab: a machine may have " + limit + " processes");
    }
}
