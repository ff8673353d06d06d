package dev.vethlab.session;

/** The store does not answer, or failed; what was asked of it may be asked again. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreException(Throwable cause) {
        super("The store of sessions does not answer.", cause);
    }
}
