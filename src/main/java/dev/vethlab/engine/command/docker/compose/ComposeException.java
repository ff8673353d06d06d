package dev.vethlab.engine.command.docker.compose;

/** A compose file or command that makes no sense, in Compose's words; or something of it that is not emulated. */
public final class ComposeException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean notEmulated;

    private ComposeException(String message, boolean notEmulated) {
        super(message, null, false, false);
        this.notEmulated = notEmulated;
    }

    public static ComposeException of(String message) {
        return new ComposeException(message, false);
    }

    public static ComposeException notEmulated(String what) {
        return new ComposeException(what + " is not emulated", true);
    }

    public boolean isNotEmulated() {
        return notEmulated;
    }

    public String message() {
        return java.util.Objects.requireNonNull(getMessage());
    }
}
