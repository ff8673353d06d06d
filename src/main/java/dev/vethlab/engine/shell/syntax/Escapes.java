package dev.vethlab.engine.shell.syntax;

import dev.vethlab.engine.packet.Bytes;

/** Backslash sequences: those of {@code $'…'}, of {@code echo -e} and of {@code printf}. */
public final class Escapes {
    private static final String LETTERS = "abfnrtv\\'\"?eE";
    private static final String VALUES = "\007\b\f\n\r\t\013\\'\"?\033\033";

    private Escapes() {}

    /** The text that {@code $'…'} stands for. */
    public static String ansi(String text) {
        return decode(text, false).text();
    }

    /** A decoded text; {@code stopped} if {@code \c} ended it: nothing more is to be printed. */
    public record Decoded(String text, boolean stopped) {}

    /** What {@code echo -e} and {@code %b} make of a text: octal numbers begin with a 0, and {@code \c} ends all. */
    public static Decoded echo(String text) {
        return decode(text, true);
    }

    private static Decoded decode(String text, boolean echo) {
        var result = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '\\' || i >= text.length()) {
                result.append(c);
                continue;
            }
            char e = text.charAt(i++);
            int letter = LETTERS.indexOf(e);
            if (echo && e == 'c') {
                return new Decoded(joined(result), true);
            } else if (letter >= 0 && !(echo && (e == '\'' || e == '"' || e == '?'))) {
                result.append(VALUES.charAt(letter));
            } else if (e == 'x' || e == 'u' || e == 'U') {
                int end = digits(text, i, 16, e == 'x' ? 2 : e == 'u' ? 4 : 8);
                if (end == i) {
                    result.append('\\').append(e);
                } else {
                    long code = Long.parseLong(text.substring(i, end), 16);
                    if (e == 'x') {
                        result.append(octet((int) code));
                    } else {
                        result.appendCodePoint(Character.isValidCodePoint((int) code) ? (int) code : 0xFFFD);
                    }
                    i = end;
                }
            } else if (e >= '0' && e <= '7' && (!echo || e == '0')) {
                int from = echo ? i : i - 1;
                int end = digits(text, from, 8, 3);
                result.append(octet(end == from ? 0 : Integer.parseInt(text.substring(from, end), 8) & 0xFF));
                i = end;
            } else {
                result.append('\\').append(e);
            }
        }
        return new Decoded(joined(result), false);
    }

    private static String octet(int value) {
        return Bytes.of(new byte[] {(byte) value}).text();
    }

    /** Octets one after the other may be a character. */
    private static String joined(StringBuilder text) {
        return Bytes.of(text.toString()).text();
    }

    private static int digits(String text, int from, int radix, int most) {
        int end = from;
        while (end < text.length() && end - from < most && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }
}
