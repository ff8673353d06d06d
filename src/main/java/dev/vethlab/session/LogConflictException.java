package dev.vethlab.session;

/** The log went on without this replica: somebody else owns the session now. What is in memory is out of date. */
public final class LogConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LogConflictException(String message) {
        super(message);
    }
}
