package dev.vethlab.engine.command.net.socat;

/** What ends socat: a line of its log, its severity first. */
final class SocatFailure extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;

    SocatFailure(String message) {
        this(message, 1);
    }

    SocatFailure(String message, int status) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
