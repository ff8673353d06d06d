package dev.vethlab.engine.docker.image;

/** A step of a build failed; {@code code} is the status of its command, or 1. */
final class BuildFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    BuildFailure(String message) {
        this(message, 1);
    }

    BuildFailure(String message, int code) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String message() {
        return java.util.Objects.requireNonNull(getMessage());
    }
}
