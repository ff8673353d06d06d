package dev.vethlab.engine.command.docker;

/** A command line that cannot be understood; the message is pflag's. */
final class FlagException extends Exception {
    private static final long serialVersionUID = 1;

    FlagException(String message) {
        super(message, null, false, false);
    }

    String message() {
        return java.util.Objects.requireNonNull(getMessage());
    }
}
