package dev.vethlab.engine.shell.expand;

/** An expansion failed: the command does not run, and a shell that reads a script ends. */
public final class ExpansionError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    public ExpansionError(String message) {
        this(message, 1);
    }

    public ExpansionError(String message, int status) {
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
