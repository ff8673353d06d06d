package dev.vethlab.workshop.seat;

/** What somebody wants of a workshop cannot be; the message is for them. */
public final class WorkshopException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Reason reason;

    /** Why it cannot be. */
    public enum Reason {
        /** There is no such workshop or seat. */
        GONE,
        /** It is over. */
        CLOSED,
        /** Somebody else has a seat of that name. */
        NAME_TAKEN,
        /** This is no name. */
        BAD_NAME
    }

    WorkshopException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
