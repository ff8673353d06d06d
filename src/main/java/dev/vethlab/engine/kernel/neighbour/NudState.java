package dev.vethlab.engine.kernel.neighbour;

/** The states of neighbour unreachability detection ({@code NUD_*}, RFC 4861 §7.3.2 as Linux uses it for ARP). */
public enum NudState {
    /** Nothing is known, and nothing was asked. */
    NONE,
    INCOMPLETE,
    REACHABLE,
    STALE,
    DELAY,
    PROBE,
    FAILED,
    NOARP,
    PERMANENT;

    /** Whether nothing needs to be confirmed ({@code NUD_CONNECTED}). */
    public boolean isConnected() {
        return switch (this) {
            case REACHABLE, NOARP, PERMANENT -> true;
            case NONE, INCOMPLETE, STALE, DELAY, PROBE, FAILED -> false;
        };
    }

    /** Whether the address is good enough to send to ({@code NUD_VALID}). */
    public boolean isValid() {
        return switch (this) {
            case REACHABLE, STALE, DELAY, PROBE, NOARP, PERMANENT -> true;
            case NONE, INCOMPLETE, FAILED -> false;
        };
    }
}
