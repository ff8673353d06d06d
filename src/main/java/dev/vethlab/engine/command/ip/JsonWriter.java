package dev.vethlab.engine.command.ip;

/** Writes JSON as {@code lib/json_writer.c} lays it out: on one line, or pretty with its own ways of breaking lines. */
final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;
    private int depth;
    private boolean comma;

    JsonWriter(boolean pretty) {
        this.pretty = pretty;
    }

    void startObject() {
        begin('{');
    }

    void endObject() {
        end('}');
    }

    void startArray() {
        begin('[');
        if (pretty) {
            out.append(' ');
        }
    }

    void endArray() {
        if (pretty && comma) {
            out.append(' ');
        }
        comma = false;
        end(']');
    }

    void name(String name) {
        separate();
        endLine();
        comma = false;
        quote(name);
        out.append(':');
        if (pretty) {
            out.append(' ');
        }
    }

    /** A string, number, boolean or null. */
    void value(@org.jspecify.annotations.Nullable Object value) {
        separate();
        if (value instanceof String text) {
            quote(text);
        } else {
            out.append(value);
        }
        comma = true;
    }

    String text() {
        return out.toString();
    }

    private void begin(char bracket) {
        separate();
        out.append(bracket);
        depth++;
        comma = false;
    }

    private void end(char bracket) {
        depth--;
        if (comma) {
            endLine();
        }
        out.append(bracket);
        comma = true;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
        comma = true;
    }

    private void endLine() {
        if (pretty) {
            out.append('\n').append("    ".repeat(depth));
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> out.append(c);
            }
        }
        out.append('"');
    }
}
