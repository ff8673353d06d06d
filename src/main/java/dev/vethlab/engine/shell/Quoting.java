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

    /** With backslashes, as {@code printf %q} has it. */
    public static String escaped(String text) {
        if (text.isEmpty()) {
            return "''";
        }
        if (text.chars().anyMatch(c -> c < ' ')) {
            return "$'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\t", "\\t") + "'";
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
