package dev.vethlab.engine.docker.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes {@link Value}s as Go's {@code encoding/json} does. */
public final class Json {
    private final StringBuilder out = new StringBuilder();
    private final String indent;
    private final boolean escapeHtml;

    private Json(String indent, boolean escapeHtml) {
        this.indent = indent;
        this.escapeHtml = escapeHtml;
    }

    /** On one line; {@code <}, {@code >} and {@code &} escaped, as {@code json.Marshal} does. */
    public static String compact(Value value) {
        var json = new Json("", true);
        json.write(value, "");
        return json.out.toString();
    }

    /** With four blanks a level, nothing escaped that need not be, as {@code docker inspect} prints it. */
    public static String indented(Value value) {
        var json = new Json("    ", false);
        json.write(value, "");
        return json.out.toString();
    }

    /** Spread over lines and escaped, as {@code json.MarshalIndent} does. */
    public static String marshalled(Value value, String indent) {
        var json = new Json(indent, true);
        json.write(value, "");
        return json.out.toString();
    }

    private void write(Value value, String margin) {
        switch (value) {
            case Value.Text text -> quote(text.text());
            case Value.Whole whole -> out.append(whole.number());
            case Value.Real real -> out.append(real.number());
            case Value.Flag flag -> out.append(flag.flag());
            case Value.Nil nil -> out.append("null");
            case Value.Items items -> list('[', ']', items.items().stream().map(i -> Map.entry("", i)).toList(), margin);
            case Value.Entries entries -> list('{', '}', List.copyOf(entries.entries().entrySet()), margin);
            case Value.Struct struct -> {
                var fields = new ArrayList<Map.Entry<String, Value>>();
                for (Value.Field field : struct.fields()) {
                    if (!field.json().isEmpty() && !(field.omitEmpty() && field.value().isEmpty())) {
                        fields.add(Map.entry(field.json(), field.value()));
                    }
                }
                list('{', '}', fields, margin);
            }
        }
    }

    private void list(char open, char close, List<Map.Entry<String, Value>> members, String margin) {
        out.append(open);
        String inner = margin + indent;
        boolean first = true;
        for (Map.Entry<String, Value> member : members) {
            if (!first) {
                out.append(',');
            }
            first = false;
            newLine(inner);
            if (open == '{') {
                quote(member.getKey());
                out.append(indent.isEmpty() ? ":" : ": ");
            }
            write(member.getValue(), inner);
        }
        if (!first) {
            newLine(margin);
        }
        out.append(close);
    }

    private void newLine(String margin) {
        if (!indent.isEmpty()) {
            out.append('\n').append(margin);
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
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean html = escapeHtml && (c == '<' || c == '>' || c == '&');
                    if (c < ' ' || html || c == '\u2028' || c == '\u2029') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
