package dev.vethlab.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Numbers that nobody can guess. */
final class Tokens {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    /** 128 random bits in hexadecimal digits: the id of a session, or what proves its ownership. */
    static String secret() {
        return HexFormat.of().formatHex(bytes());
    }

    /** 128 random bits in few characters: the id of a link. */
    static String link() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    static long seed() {
        return RANDOM.nextLong() & 0xFFFF_FFFFL;
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
