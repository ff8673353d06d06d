package dev.vethlab.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Numbers that nobody can guess. */
public final class Tokens {
    private static final int BYTES = 16;
    private static final int CODE_LENGTH = 7;
    private static final String CODE_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    /** 128 random bits in hexadecimal digits: the id of a session, or what proves its ownership. */
    public static String secret() {
        return HexFormat.of().formatHex(bytes());
    }

    /** 128 random bits in few characters: the id of a link. */
    static String link() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    public static long seed() {
        return RANDOM.nextLong() & 0xFFFF_FFFFL;
    }

    /** A few characters that people can read out and type, none of which looks like another: not secret for long. */
    public static String code() {
        return RANDOM.ints(CODE_LENGTH, 0, CODE_CHARACTERS.length()).mapToObj(i -> CODE_CHARACTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
