package dev.vethlab.engine.kernel.socket;

/** A socket of any kind. */
public abstract class Socket {
    /** As {@code ss} would show it, for the trace. */
    public abstract String text();
}
