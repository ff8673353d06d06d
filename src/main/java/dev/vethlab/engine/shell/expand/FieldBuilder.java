package dev.vethlab.engine.shell.expand;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts fields together from the pieces of a word, splitting what came from unquoted expansions at {@code IFS}. */
final class FieldBuilder {
    static final int MAX_FIELDS = 50_000;
    static final int MAX_TEXT = 4 << 20;

    private final List<Field> fields = new ArrayList<>();
    private final @Nullable String separators;
    private @Nullable Field current;
    private int size;

    /** {@code separators} is {@code IFS}; null if nothing is to be split. */
    FieldBuilder(@Nullable String separators) {
        this.separators = separators;
    }

    boolean splits() {
        return separators != null;
    }

    private Field current() {
        Field field = current;
        if (field == null) {
            field = new Field();
            current = field;
        }
        return field;
    }

    static void checkLength(int size) {
        if (size > MAX_TEXT) {
            throw new ExpansionError("vethlab: a word expands to " + MAX_TEXT + " characters at most");
        }
    }

    void append(String text, boolean quoted) {
        size += text.length();
        checkLength(size);
        current().append(text, quoted);
    }

    /** Ends the field; a new one begins with what comes next. */
    void separate() {
        Field done = current;
        if (done != null) {
            fields.add(done);
            current = null;
            if (fields.size() > MAX_FIELDS) {
                throw new ExpansionError("vethlab: a word expands to " + MAX_FIELDS + " fields at most");
            }
        }
    }

    /** Appends what an unquoted expansion gave: split (XCU 2.6.5). */
    void split(String text) {
        if (separators == null || separators.isEmpty()) {
            if (!text.isEmpty()) {
                append(text, false);
            }
            return;
        }
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (separators.indexOf(c) < 0) {
                int end = i;
                while (end < text.length() && separators.indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                append(text.substring(i, end), false);
                i = end;
                continue;
            }
            boolean delimiter = false;
            while (i < text.length() && separators.indexOf(text.charAt(i)) >= 0) {
                boolean blank = Character.isWhitespace(text.charAt(i));
                if (!blank && delimiter) {
                    break;
                }
                delimiter |= !blank;
                i++;
            }
            if (delimiter) {
                current();
            }
            separate();
        }
    }

    List<Field> fields() {
        separate();
        return fields;
    }

    /** All in one field; the empty field if there was nothing. */
    Field single() {
        Field field = current();
        current = null;
        return field;
    }
}
