package dev.vethlab.engine.command.core.jq;

/** An error of a filter, that {@code try} catches: any value. */
final class JqException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Json value;

    JqException(Json value) {
        super("", null, false, false);
        this.value = value;
    }

    JqException(String message) {
        this(Json.of(message));
    }

    Json value() {
        return value;
    }

    /** {@code break $label}: ends the filter that the label stands before. */
    static final class Leave extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Object label;

        Leave(Object label) {
            super("", null, false, false);
            this.label = label;
        }

        Object label() {
            return label;
        }
    }

    /** {@code halt} and {@code halt_error}: ends the program. */
    static final class Halt extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;
        private final String text;

        Halt(int status, String text) {
            super("", null, false, false);
            this.status = status;
            this.text = text;
        }

        int status() {
            return status;
        }

        String text() {
            return text;
        }
    }

    /** The filter did more than it may: not for {@code try} to catch. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super("", null, false, false);
        }
    }
}
