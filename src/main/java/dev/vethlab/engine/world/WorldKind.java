package dev.vethlab.engine.world;

import java.util.Locale;
import java.util.Optional;

/** The start states that a session can have. */
public enum WorldKind {
    /** Client, host with Docker, router, internet. */
    LAB,
    /** The same without Docker. */
    NET,
    /** A host alone with only {@code lo} up, for networks built by hand. */
    BARE;

    /** As it is written in a request: {@code lab}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<WorldKind> of(String text) {
        for (WorldKind kind : values()) {
            if (kind.text().equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    boolean hasLan() {
        return this != BARE;
    }

    boolean hasDocker() {
        return this == LAB;
    }
}
