package dev.vethlab.session;

/** The session asked for is not there, or not any more. */
public final class SessionGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SessionGoneException() {
        super("There is no such session, or it is gone.");
    }
}
