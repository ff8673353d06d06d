package dev.vethlab.engine.command.core.sed;

import org.jspecify.annotations.Nullable;

/** GNU sed's escapes that stand for a character: {@code \\t}, {@code \\x41}, {@code \\o101}, {@code \\d065}, {@code \\cA}. */
final class SedEscapes {
    private static final String LETTERS = "ntrafv";
    private static final String STANDING_FOR = "\n\t\r\007\f\013";

    private SedEscapes() {}

    /**
     * An escape.
     *
     * @param length of what stands behind the backslash
     */
    record Escape(char character, int length) {}

    /** What begins at {@code at}, the place behind a backslash; null if it stands for no character. */
    static @Nullable Escape at(String text, int at) {
        char letter = text.charAt(at);
        int known = LETTERS.indexOf(letter);
        if (known >= 0) {
            return new Escape(STANDING_FOR.charAt(known), 1);
        }
        return switch (letter) {
            case 'x' -> number(text, at, 16, 2);
            case 'o' -> number(text, at, 8, 3);
            case 'd' -> number(text, at, 10, 3);
            case 'c' -> at + 1 < text.length() ? new Escape((char) (Character.toUpperCase(text.charAt(at + 1)) ^ 0x40), 2) : null;
            default -> null;
        };
    }

    private static @Nullable Escape number(String text, int at, int radix, int most) {
        int end = at + 1;
        while (end < text.length() && end - at <= most && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end == at + 1 ? null : new Escape((char) (Integer.parseInt(text.substring(at + 1, end), radix) & 0xFF), end - at);
    }

    /** A regular expression with its escapes replaced, in brackets, too; what is an operator's stays, and a number makes no operator. */
    static String inRegex(String regex) {
        var text = new StringBuilder();
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c != '\\' || i + 1 == regex.length()) {
                text.append(c);
                continue;
            }
            Escape escape = at(regex, ++i);
            if (escape == null) {
                text.append(c).append(regex.charAt(i));
            } else {
                text.append(escape.length() > 1 && "^$.*[]\\+?(){}|".indexOf(escape.character()) >= 0 ? "\\" : "")
                        .append(escape.character());
                i += escape.length() - 1;
            }
        }
        return text.toString();
    }
}
