package dev.vethlab.web;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The cookie that makes a browser a session's owner: one for each session. */
public final class OwnerCookie {
    private static final int LIFETIME = (int) Duration.ofDays(30).toSeconds();
    private static final String PREFIX = "owner-";

    private OwnerCookie() {}

    public static NewCookie of(String session, String token) {
        return new NewCookie.Builder(PREFIX + session)
                .value(token)
                .path("/")
                .maxAge(LIFETIME)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    /** The tokens in {@code Cookie} headers, and those that programs send as {@code Authorization: Bearer}. */
    public static List<String> proofs(List<String> cookies, List<String> authorizations) {
        Stream<String> fromCookies = cookies.stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(PREFIX))
                .map(cookie -> cookie.substring(cookie.indexOf('=') + 1));
        Stream<String> fromPrograms = authorizations.stream()
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> header.substring("Bearer ".length()).strip());
        return Stream.concat(fromCookies, fromPrograms).toList();
    }
}
