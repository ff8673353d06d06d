package dev.vethlab.engine.command.ipset;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The words of a command line, taken one after another. */
final class Words {
    private final List<String> words;
    private int next;

    Words(List<String> words) {
        this.words = new ArrayList<>(words);
    }

    boolean hasNext() {
        return next < words.size();
    }

    @Nullable String peek() {
        return hasNext() ? words.get(next) : null;
    }

    String take() {
        return words.get(next++);
    }

    /** The word behind an option. */
    String value(String option) throws IpsetException {
        if (!hasNext()) {
            throw IpsetException.usage("Missing mandatory argument of option `" + option + "'");
        }
        return take();
    }

    long numberOf(String option, long low, long high) throws IpsetException {
        return number(value(option), low, high);
    }

    static long number(String text, long low, long high) throws IpsetException {
        Long value = parse(text);
        if (value == null) {
            throw IpsetException.syntax("'" + text + "' is invalid as number");
        }
        if (value < low || value > high) {
            throw IpsetException.syntax("'" + text + "' is out of range " + low + "-" + high);
        }
        return value;
    }

    /** A number as {@code strtoull} with base 0 reads it; null if it is none. */
    static @Nullable Long parse(String text) {
        try {
            String digits = text.startsWith("-") ? text.substring(1) : text;
            if (digits.isEmpty() || !Character.isDigit(digits.charAt(0)) || digits.length() > 18) {
                return null;
            }
            return Long.decode(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static OptionalInt optional(@Nullable Long value, long low, long high) {
        return value != null && value >= low && value <= high ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
    }

    /** Splits a line of {@code ipset restore}: words at blanks, one in double quotes. */
    static List<String> split(String line) {
        var out = new ArrayList<String>();
        var word = new StringBuilder();
        boolean quoted = false;
        boolean open = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
                open = true;
            } else if (!quoted && Character.isWhitespace(c)) {
                if (open) {
                    out.add(word.toString());
                }
                word.setLength(0);
                open = false;
            } else {
                word.append(c);
                open = true;
            }
        }
        if (open) {
            out.add(word.toString());
        }
        return out;
    }
}
