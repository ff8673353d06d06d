package dev.vethlab.web;

import dev.vethlab.workshop.seat.Seat;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Locale;

/** The cookie by which a browser has its seat in a workshop again: one for each workshop. */
public final class SeatCookie {
    private static final int LIFETIME = (int) Duration.ofDays(30).toSeconds();
    private static final String PREFIX = "seat-";

    private SeatCookie() {}

    public static NewCookie of(String code, Seat seat) {
        return new NewCookie.Builder(name(code))
                .value(seat.link())
                .path("/")
                .maxAge(LIFETIME)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    /** The link that the browser has for a workshop; empty for none. */
    public static String link(HttpHeaders headers, String code) {
        Cookie cookie = headers.getCookies().get(name(code));
        return cookie == null ? "" : cookie.getValue();
    }

    private static String name(String code) {
        return PREFIX + code.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    }
}
