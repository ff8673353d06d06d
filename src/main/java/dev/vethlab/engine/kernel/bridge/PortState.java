package dev.vethlab.engine.kernel.bridge;

import java.util.Locale;

/** The states of a bridge port (IEEE 802.1D, 8.4; {@code BR_STATE_*} by their numbers). */
public enum PortState {
    DISABLED,
    LISTENING,
    LEARNING,
    FORWARDING,
    BLOCKING;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
