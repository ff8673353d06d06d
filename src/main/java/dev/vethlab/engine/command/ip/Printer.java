package dev.vethlab.engine.command.ip;

import org.jspecify.annotations.Nullable;

/** Writes facts as text or as JSON, whichever was asked for ({@code lib/json_print.c}). */
public final class Printer {
    /** What a colour stands for; the codes are those for a light background. */
    public enum Colour {
        INTERFACE("\u001b[36m"),
        MAC("\u001b[33m"),
        INET("\u001b[35m"),
        INET6("\u001b[34m"),
        UP("\u001b[32m"),
        DOWN("\u001b[31m");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final @Nullable JsonWriter json;
    private final boolean coloured;
    private final boolean oneLine;

    public Printer(boolean json, boolean pretty, boolean coloured, boolean oneLine) {
        this.json = json ? new JsonWriter(pretty) : null;
        this.coloured = coloured;
        this.oneLine = oneLine;
    }

    public boolean isJson() {
        return json != null;
    }

    /** Text that JSON leaves out. */
    public Printer text(String words) {
        if (json == null) {
            text.append(words);
        }
        return this;
    }

    /** The end of a line inside of an object: a backslash if all is to be on one line. */
    public Printer newLine() {
        return text(oneLine ? "\\" : "\n");
    }

    /** A fact that text leaves out. */
    public Printer json(String key, @Nullable Object value) {
        if (json != null) {
            json.name(key);
            json.value(value);
        }
        return this;
    }

    /** A fact both ways: {@code before value after} as text. */
    public Printer both(String key, String before, Object value, String after) {
        if (json != null) {
            return json(key, value);
        }
        text.append(before).append(value).append(after);
        return this;
    }

    /** Like {@link #both}, the value in colour. */
    public Printer coloured(Colour colour, String key, String before, String value, String after) {
        if (json != null) {
            return json(key, value);
        }
        text.append(before);
        appendColoured(colour, value);
        text.append(after);
        return this;
    }

    /** Text in colour that JSON leaves out. */
    public Printer colouredText(Colour colour, String words) {
        if (json == null) {
            appendColoured(colour, words);
        }
        return this;
    }

    private void appendColoured(Colour colour, String value) {
        if (coloured) {
            text.append("\u001b[1;").append(colour.code.substring(2)).append(value).append("\u001b[0m");
        } else {
            text.append(value);
        }
    }

    /** A value of a list. */
    public Printer element(Object value) {
        if (json != null) {
            json.value(value);
        }
        return this;
    }

    public Printer openArray() {
        if (json != null) {
            json.startArray();
        }
        return this;
    }

    public Printer openArray(String key) {
        if (json != null) {
            json.name(key);
            json.startArray();
        }
        return this;
    }

    public Printer closeArray() {
        if (json != null) {
            json.endArray();
        }
        return this;
    }

    public Printer openObject() {
        if (json != null) {
            json.startObject();
        }
        return this;
    }

    public Printer openObject(String key) {
        if (json != null) {
            json.name(key);
            json.startObject();
        }
        return this;
    }

    public Printer closeObject() {
        if (json != null) {
            json.endObject();
        }
        return this;
    }

    /** All that was written, with the newline that ends a JSON document. */
    public String finished() {
        return json != null ? json.text() + "\n" : text.toString();
    }
}
