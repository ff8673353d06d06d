package dev.vethlab.engine.kernel.netfilter;

/** Strings as {@code iptables-save} quotes them. */
public final class SaveText {
    private static final String HARMLESS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/@%^+=,~";

    private SaveText() {}

    /** Appends the word, in double quotes if it holds more than harmless characters ({@code xtables_save_string}). */
    public static void quote(StringBuilder out, String word) {
        boolean harmless = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            harmless &= HARMLESS.indexOf(word.charAt(i)) >= 0;
        }
        if (harmless) {
            out.append(word);
            return;
        }
        out.append('"');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\' || c == '"' || c == '\'') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }
}
