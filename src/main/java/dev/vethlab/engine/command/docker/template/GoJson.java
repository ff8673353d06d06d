package dev.vethlab.engine.command.docker.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as Go's {@code encoding/json} writes it, without HTML escaping: structs in order, maps sorted. */
public final class GoJson {
    /** A nil slice: empty to a template, {@code null} in JSON. Told from other empty lists by its identity. */
    public static final List<Object> NIL_SLICE = java.util.Collections.unmodifiableList(new ArrayList<>(0));

    /** A nil map, likewise. */
    public static final Map<String, Object> NIL_MAP = java.util.Collections.unmodifiableMap(new TreeMap<>());

    private final StringBuilder out = new StringBuilder();
    private final String indent;

    private GoJson(String indent) {
        this.indent = indent;
    }

    /** On one line. */
    public static String compact(@Nullable Object value) {
        var json = new GoJson("");
        json.write(value, 0);
        return json.out.toString();
    }

    /** Spread over lines, indented by {@code indent} a level. */
    public static String indented(@Nullable Object value, String indent) {
        var json = new GoJson(indent);
        json.write(value, 0);
        return json.out.toString();
    }

    /** What Go has when it reads this JSON without knowing its types: maps for structs, nothing for what was left out. */
    static @Nullable Object readBack(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Object nil when nil == NIL_SLICE || nil == NIL_MAP -> null;
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>();
                list.forEach(item -> items.add(readBack(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                var entries = new UntypedMap();
                map.forEach((key, entry) -> entries.put(key.toString(), readBack(entry)));
                yield entries;
            }
            case Struct struct -> {
                var entries = new UntypedMap();
                shown(struct).forEach(field -> entries.put(field.jsonName(), readBack(field.value())));
                yield entries;
            }
            default -> value;
        };
    }

    private static List<Struct.Field> shown(Struct struct) {
        return struct.fields().stream().filter(f -> !f.omitEmpty() || !isEmpty(f.value())).toList();
    }

    private void write(@Nullable Object value, int level) {
        switch (value) {
            case null -> out.append("null");
            case String text -> string(text);
            case Object nil when nil == NIL_SLICE || nil == NIL_MAP -> out.append("null");
            case List<?> list -> {
                open('[', list.isEmpty(), level);
                boolean first = true;
                for (Object element : list) {
                    separate(first, level);
                    write(element, level + 1);
                    first = false;
                }
                close(']', list.isEmpty(), level);
            }
            case Map<?, ?> map -> {
                open('{', map.isEmpty(), level);
                boolean first = true;
                for (var entry : new TreeMap<Object, Object>(map).entrySet()) {
                    member(first, entry.getKey().toString(), entry.getValue(), level);
                    first = false;
                }
                close('}', map.isEmpty(), level);
            }
            case Struct struct -> {
                List<Struct.Field> fields = shown(struct);
                open('{', fields.isEmpty(), level);
                boolean first = true;
                for (Struct.Field field : fields) {
                    member(first, field.jsonName(), field.value(), level);
                    first = false;
                }
                close('}', fields.isEmpty(), level);
            }
            default -> out.append(GoFormat.value(value));
        }
    }

    private static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case Boolean truth -> !truth;
            case Long number -> number == 0;
            case Double number -> number == 0;
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private void member(boolean first, String name, @Nullable Object value, int level) {
        separate(first, level);
        string(name);
        out.append(indent.isEmpty() ? ":" : ": ");
        write(value, level + 1);
    }

    private void open(char bracket, boolean empty, int level) {
        out.append(bracket);
    }

    private void separate(boolean first, int level) {
        if (!first) {
            out.append(',');
        }
        newLine(level + 1);
    }

    private void close(char bracket, boolean empty, int level) {
        if (!empty) {
            newLine(level);
        }
        out.append(bracket);
    }

    private void newLine(int level) {
        if (!indent.isEmpty()) {
            out.append('\n').append(indent.repeat(level));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || c == '\u2028' || c == '\u2029') {
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
