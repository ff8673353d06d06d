package dev.vethlab.engine.command.docker.template;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How Go's {@code fmt} prints values: {@code %v} and the other verbs. */
final class GoFormat {
    private static final int MAX_WIDTH = 10_000;

    private GoFormat() {}

    /** {@code %v}. */
    static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case String text -> text;
            case Double number -> number(number);
            case List<?> list -> "[" + String.join(" ", list.stream().map(GoFormat::value).toList()) + "]";
            case Map<?, ?> map -> {
                var text = new StringBuilder("map[");
                new TreeMap<Object, Object>(map).forEach(
                        (key, element) -> text.append(text.length() > 4 ? " " : "").append(key).append(':').append(value(element)));
                yield text.append(']').toString();
            }
            case Struct struct -> "{" + String.join(" ", struct.fields().stream().map(f -> value(f.value())).toList()) + "}";
            default -> value.toString();
        };
    }

    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e21 ? String.valueOf((long) number) : String.valueOf(number);
    }

    /** What a template prints of a value: {@code <no value>} for what is not there. */
    static String shown(@Nullable Object value) {
        return value == Evaluator.NO_VALUE ? "<no value>" : value(value);
    }

    static String typeName(@Nullable Object value) {
        return switch (value) {
            case null -> "nil";
            case String s -> "string";
            case Boolean b -> "bool";
            case Long l -> "int";
            case Double d -> "float64";
            case List<?> l -> "[]interface {}";
            case Map<?, ?> m -> "map[string]interface {}";
            default -> "struct";
        };
    }

    /** {@code fmt.Sprintf}. */
    static String printf(String format, List<@Nullable Object> arguments) {
        var out = new StringBuilder();
        int next = 0;
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i++);
            if (c != '%') {
                out.append(c);
                continue;
            }
            int start = i;
            while (i < format.length() && "+-# 0".indexOf(format.charAt(i)) >= 0) {
                i++;
            }
            String flags = format.substring(start, i);
            start = i;
            while (i < format.length() && Character.isDigit(format.charAt(i))) {
                i++;
            }
            int width = small(format.substring(start, i));
            int precision = -1;
            if (i < format.length() && format.charAt(i) == '.') {
                start = ++i;
                while (i < format.length() && Character.isDigit(format.charAt(i))) {
                    i++;
                }
                precision = small(format.substring(start, i));
            }
            if (i >= format.length()) {
                return out.append("%!(NOVERB)").toString();
            }
            char verb = format.charAt(i++);
            if (verb == '%') {
                out.append('%');
            } else if (next >= arguments.size()) {
                out.append("%!").append(verb).append("(MISSING)");
            } else {
                out.append(pad(verb(verb, flags, precision, arguments.get(next++)), flags, width, verb));
            }
        }
        if (next < arguments.size()) {
            out.append("%!(EXTRA ");
            for (int j = next; j < arguments.size(); j++) {
                out.append(j > next ? ", " : "").append(typeName(arguments.get(j))).append('=').append(value(arguments.get(j)));
            }
            out.append(')');
        }
        return out.toString();
    }

    private static int small(String digits) {
        return digits.isEmpty() ? 0 : digits.length() > 5 ? MAX_WIDTH : Math.min(MAX_WIDTH, Integer.parseInt(digits));
    }

    private static String verb(char verb, String flags, int precision, @Nullable Object value) {
        boolean isText = value instanceof String || value instanceof List || value instanceof Map || value instanceof Struct;
        return switch (verb) {
            case 'v' -> value(value);
            case 's' -> value == null ? "%!s(<nil>)" : isText ? cut(value(value), precision) : bad(verb, value);
            case 'q' -> value instanceof String text ? quote(cut(text, precision)) : bad(verb, value);
            case 'd' -> value instanceof Long number ? sign(number, flags) + number : bad(verb, value);
            case 'x' -> value instanceof Long number ? Long.toHexString(number) : value instanceof String text ? hex(text)
                    : bad(verb, value);
            case 'X' -> value instanceof Long number ? Long.toHexString(number).toUpperCase(java.util.Locale.ROOT) : bad(verb, value);
            case 'o' -> value instanceof Long number ? Long.toOctalString(number) : bad(verb, value);
            case 'b' -> value instanceof Long number ? Long.toBinaryString(number) : bad(verb, value);
            case 'c' -> value instanceof Long number ? Character.toString(number.intValue()) : bad(verb, value);
            case 't' -> value instanceof Boolean ? value.toString() : bad(verb, value);
            case 'T' -> typeName(value);
            case 'f', 'F' -> value instanceof Double number
                    ? String.format(java.util.Locale.ROOT, "%." + (precision < 0 ? 6 : precision) + "f", number) : bad(verb, value);
            case 'g' -> value instanceof Double number ? number(number) : bad(verb, value);
            default -> bad(verb, value);
        };
    }

    private static String sign(long number, String flags) {
        return number >= 0 && flags.contains("+") ? "+" : "";
    }

    private static String cut(String text, int precision) {
        return precision < 0 || precision >= text.length() ? text : text.substring(0, precision);
    }

    private static String hex(String text) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            out.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return out.toString();
    }

    private static String bad(char verb, @Nullable Object value) {
        return value == null ? "%!" + verb + "(<nil>)" : "%!" + verb + "(" + typeName(value) + "=" + value(value) + ")";
    }

    private static String pad(String text, String flags, int width, char verb) {
        int missing = width - text.length();
        if (missing <= 0) {
            return text;
        }
        if (flags.contains("-")) {
            return text + " ".repeat(missing);
        }
        return (flags.contains("0") && verb != 's' && verb != 'v' ? "0" : " ").repeat(missing) + text;
    }

    /** A Go string literal. */
    static String quote(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\x%02x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    /** The text of a Go string or character literal, quotes included. */
    static String unquote(String literal) {
        var out = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escaped = literal.charAt(++i);
            out.append(switch (escaped) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case '0' -> '\0';
                default -> escaped;
            });
        }
        return out.toString();
    }
}
