package dev.vethlab.engine.shell;

/** Quotes a text so that a shell reads it back: for {@code set -x}, {@code export -p}, {@code printf %q}. */
public final class Quoting {
    private Quoting() {}

    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_-./:=@%+,^".indexOf(c) >= 0);
    }

    /** As bash traces a word: in single quotes if it must. */
    public static String forTrace(String text) {
        return isPlain(text) ? text : single(text);
    }

    /** In single quotes. */
    public static String single(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** In double quotes, as {@code declare -p} has it. */
    public static String doubled(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$").replace("`", "\\`") + "\"";
    }

    /** In single quotes, or as {@code $'…'} where there are control characters ({@code sh_quote_reusable}). */
    public static String reusable(String text) {
        return text.chars().anyMatch(c -> c < ' ' || c == 127) ? ansi(text) : single(text);
    }

    private static String ansi(String text) {
        var quoted = new StringBuilder("$'");
        text.chars().forEach(c -> {
            int letter = "\u001b\007\b\t\n\013\f\r\\'".indexOf(c);
            if (letter >= 0) {
                quoted.append('\\').append("Eabtnvfr\\'".charAt(letter));
            } else if (c < ' ' || c == 127) {
                quoted.append(String.format("\\%03o", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('\'').toString();
    }

    /** With backslashes, as {@code printf %q} has it. */
    public static String escaped(String text) {
        if (text.isEmpty()) {
            return "''";
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            return ansi(text);
        }
        var quoted = new StringBuilder();
        text.chars().forEach(c -> {
            if (!isPlain(String.valueOf((char) c))) {
                quoted.append('\\');
            }
            quoted.append((char) c);
        });
        return quoted.toString();
    }
}
