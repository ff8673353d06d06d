package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes {@link Value}s as YAML, two blanks a level ({@code gopkg.in/yaml.v3}). */
final class ComposeYaml {
    private final StringBuilder out = new StringBuilder();

    private ComposeYaml() {}

    static String of(Value.Struct value) {
        var yaml = new ComposeYaml();
        yaml.members(members(value), "");
        return yaml.out.toString();
    }

    /** What is shown of a struct or a map; empty for everything else. */
    private static List<Map.Entry<String, Value>> members(Value value) {
        var members = new ArrayList<Map.Entry<String, Value>>();
        if (value instanceof Value.Struct struct) {
            for (Value.Field field : struct.fields()) {
                if (!(field.omitEmpty() && field.value().isEmpty())) {
                    members.add(Map.entry(field.json(), field.value()));
                }
            }
        } else if (value instanceof Value.Entries entries) {
            members.addAll(entries.entries().entrySet());
        }
        return members;
    }

    private void members(List<Map.Entry<String, Value>> members, String margin) {
        String before = margin;
        for (Map.Entry<String, Value> member : members) {
            out.append(before).append(quoted(member.getKey())).append(':');
            below(member.getValue(), margin);
            before = margin;
        }
    }

    /** What stands behind a key: on its line, or on the lines after it. */
    private void below(Value value, String margin) {
        if (value instanceof Value.Items items && !items.items().isEmpty()) {
            out.append('\n');
            for (Value item : items.items()) {
                item(item, margin + "  ");
            }
        } else if (!members(value).isEmpty()) {
            out.append('\n');
            members(members(value), margin + "  ");
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void item(Value value, String margin) {
        out.append(margin).append("- ");
        List<Map.Entry<String, Value>> members = members(value);
        if (members.isEmpty()) {
            out.append(scalar(value)).append('\n');
            return;
        }
        out.append(quoted(members.getFirst().getKey())).append(':');
        below(members.getFirst().getValue(), margin + "  ");
        members(members.subList(1, members.size()), margin + "  ");
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Value.Text text -> quoted(text.text());
            case Value.Whole whole -> Long.toString(whole.number());
            case Value.Real real -> Double.toString(real.number());
            case Value.Flag flag -> Boolean.toString(flag.flag());
            case Value.Nil nil -> "null";
            case Value.Items items -> "[]";
            case Value.Entries entries -> "{}";
            case Value.Struct struct -> "{}";
        };
    }

    /** As YAML 1.1 writes a string: in quotes where it would be read as something else. */
    private static String quoted(String text) {
        boolean other = text.isEmpty() || text.matches("(?i)y|n|yes|no|on|off|true|false|null|~")
                || text.matches("[-+]?\\d[\\d_]*(\\.\\d*)?([eE][-+]?\\d+)?|0x[0-9a-fA-F]+|[-+]?\\d+(:\\d+)+");
        boolean special = text.matches("(?s)[-?:,\\[\\]{}#&*!|>'\"%@`\\s].*") && !text.matches("-\\S+") || text.contains(": ") || text.contains(" #")
                || text.endsWith(" ") || text.endsWith(":");
        if (other || text.contains("\n")) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
        }
        return special ? "'" + text.replace("'", "''") + "'" : text;
    }
}
