package dev.vethlab.web;

import org.jspecify.annotations.Nullable;

/**
 * A failure for the log: its kind and where it came from, without its message, which may hold what somebody typed.
 */
public final class Wordless extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Wordless(Throwable failure) {
        super(failure.getClass().getName(), cause(failure.getCause()), false, true);
        setStackTrace(failure.getStackTrace());
    }

    private static @Nullable Throwable cause(@Nullable Throwable cause) {
        return cause == null ? null : new Wordless(cause);
    }

    /** The kind alone. */
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}
