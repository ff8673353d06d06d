package dev.vethlab.session;

/** There is as much of something as there may be; the message is for the person. */
public final class LimitReachedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String limit;

    /** @param limit as its property is called, or what it is of */
    public LimitReachedException(String limit, String message) {
        super(message);
        this.limit = limit;
    }

    /** Which limit. */
    public String limit() {
        return limit;
    }
}
