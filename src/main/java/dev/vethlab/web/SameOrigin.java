package dev.vethlab.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Whether a request comes from a page of this very server. */
public final class SameOrigin {
    private SameOrigin() {}

    /** Programs send no Origin; a browser always does where it matters. */
    public static boolean is(@Nullable String origin, String host) {
        if (origin == null) {
            return true;
        }
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
