package dev.vethlab.engine.shell.expand;

import java.util.BitSet;

/** A field that grows: its text, and which of its characters were quoted and so stand for themselves in a pattern. */
final class Field {
    private final StringBuilder text = new StringBuilder();
    private final BitSet quoted = new BitSet();

    void append(String more, boolean isQuoted) {
        if (isQuoted) {
            quoted.set(text.length(), text.length() + more.length());
        }
        text.append(more);
    }

    String text() {
        return text.toString();
    }

    /** The text as a {@link Glob} pattern: a backslash before what is quoted and special. */
    String pattern() {
        var pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || quoted.get(i) && Glob.SPECIAL.indexOf(c) >= 0) {
                pattern.append('\\');
            }
            pattern.append(c);
        }
        return pattern.toString();
    }

    /** The text as a regular expression: what was quoted stands for itself. */
    String regex() {
        var regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted.get(i) && "\\^$.|?*+()[]{}".indexOf(c) >= 0) {
                regex.append('\\');
            }
            regex.append(c);
        }
        return regex.toString();
    }

    /** Whether an unquoted character makes it a pattern. */
    boolean isPattern() {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[".indexOf(text.charAt(i)) >= 0 && !quoted.get(i)) {
                return true;
            }
        }
        return false;
    }
}
