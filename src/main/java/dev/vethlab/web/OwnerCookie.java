package dev.vethlab.web;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;

/** The cookie that makes a browser a session's owner: one for each session. */
public final class OwnerCookie {
    private static final int LIFETIME = (int) Duration.ofDays(30).toSeconds();

    private OwnerCookie() {}

    /** The cookie's name for a session. */
    public static String name(String session) {
        return "owner-" + session;
    }

    public static NewCookie of(String session, String token) {
        return new NewCookie.Builder(name(session))
                .value(token)
                .path("/")
                .maxAge(LIFETIME)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
