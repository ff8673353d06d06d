package dev.vethlab.session;

/** A limit of {@link SessionLimits} is reached; the message is for the person. */
public final class LimitReachedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LimitReachedException(String message) {
        super(message);
    }
}
