package dev.vethlab.engine.docker.api;

import java.util.Map;

/** A network as clients see it ({@code GET /networks}). */
public interface NetworkView {
    /** The network that containers are on unless told otherwise. */
    String DEFAULT = "bridge";

    /** Whether it is the name of one of those that always are. */
    static boolean isPredefined(String name) {
        return name.equals("bridge") || name.equals("host") || name.equals("none") || name.equals("default");
    }

    String id();

    String name();

    /** {@code bridge}, {@code host} or {@code null}. */
    String driver();

    /** Virtual nanoseconds. */
    long created();

    /** {@code local}, or what was asked for. */
    String scope();

    boolean isInternal();

    /** Whether it is none of those that always are. */
    boolean isUserDefined();

    /** Whether a running container is on it. */
    boolean isUsed();

    Map<String, String> labels();
}
