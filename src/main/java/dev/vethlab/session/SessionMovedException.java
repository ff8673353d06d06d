package dev.vethlab.session;

/** The session left the memory of this server while it was asked; it is there for whoever asks again, here or elsewhere. */
public final class SessionMovedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SessionMovedException() {
        super("The session is moving; ask again.");
    }
}
