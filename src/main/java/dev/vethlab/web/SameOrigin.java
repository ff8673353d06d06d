package dev.vethlab.web;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a request comes from a page of this very server. */
public final class SameOrigin {
    private SameOrigin() {}

    /** Programs send no Origin; a browser always does where it matters. */
    public static boolean is(HttpServerRequest request) {
        return is(request.getHeader("Origin"), Objects.toString(request.authority(), ""));
    }

    static boolean is(@Nullable String origin, String host) {
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
