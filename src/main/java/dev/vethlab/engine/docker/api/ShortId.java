package dev.vethlab.engine.docker.api;

/** The short form of the engine's identifiers. */
public final class ShortId {
    private static final int LENGTH = 12;

    private ShortId() {}

    /** The first 12 digits of an id, without the {@code sha256:} that an image's has. */
    public static String of(String id) {
        String plain = id.startsWith("sha256:") ? id.substring("sha256:".length()) : id;
        return plain.length() > LENGTH ? plain.substring(0, LENGTH) : plain;
    }
}
