package dev.vethlab.engine.command.docker.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The functions of {@code text/template} and those of Docker's client ({@code templates/templates.go}). */
final class Functions {
    static final Set<String> NAMES = new TreeSet<>(List.of(
            "and", "or", "not", "len", "index", "slice", "print", "printf", "println", "html", "js", "urlquery", "eq", "ne", "lt", "le", "gt",
                    "ge",
            "json", "split", "join", "title", "lower", "upper", "pad", "truncate"));

    private static final List<String> HEADER_FUNCTIONS = List.of("json", "title", "lower", "upper", "truncate");
    private static final int MAX_PAD = 10_000;

    private Functions() {}

    /** The function refused its arguments. */
    static final class CallException extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean arity;

        CallException(String message, boolean arity) {
            super(message, null, false, false);
            this.arity = arity;
        }

        boolean isArity() {
            return arity;
        }
    }

    /** Whether the function takes a Go {@code []string} first, which raw JSON never is. */
    static boolean wantsTextList(String name) {
        return name.equals("join");
    }

    /** Whether a header comes out of it as it went in ({@code templates.HeaderFunctions}). */
    static boolean leavesHeaders(String name) {
        return HEADER_FUNCTIONS.contains(name);
    }

    static @Nullable Object call(String name, List<@Nullable Object> arguments) throws CallException {
        return switch (name) {
            case "not" -> !Evaluator.isTrue(only(name, arguments));
            case "len" -> length(only(name, arguments));
            case "index" -> index(arguments);
            case "slice" -> slice(arguments);
            case "print" -> print(arguments, false);
            case "println" -> print(arguments, true);
            case "printf" -> printf(arguments);
            case "html" -> html(print(arguments, false));
            case "js" -> javascript(print(arguments, false));
            case "urlquery" -> queryEscape(print(arguments, false));
            case "eq", "ne", "lt", "le", "gt", "ge" -> compare(name, arguments);
            case "json" -> GoJson.compact(only(name, arguments));
            case "split" -> split(text(name, arguments, 0, 2), text(name, arguments, 1, 2));
            case "join" -> join(arguments);
            case "title" -> title(text(name, arguments, 0, 1));
            case "lower" -> text(name, arguments, 0, 1).toLowerCase(Locale.ROOT);
            case "upper" -> text(name, arguments, 0, 1).toUpperCase(Locale.ROOT);
            case "pad" -> pad(text(name, arguments, 0, 3), number(arguments, 1), number(arguments, 2));
            case "truncate" -> truncate(text(name, arguments, 0, 2), number(arguments, 1));
            default -> throw new IllegalStateException("no function " + name);
        };
    }

    /** {@code template.JSEscapeString}. */
    private static String javascript(String text) {
        var out = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\'' -> out.append("\\'");
                case '"' -> out.append("\\\"");
                case '<', '>', '&', '=' -> out.append(String.format("\\u%04X", (int) c));
                default -> out.append(c < ' ' ? String.format("\\u%04X", (int) c) : String.valueOf(c));
            }
        }
        return out.toString();
    }

    private static void arity(String name, List<?> arguments, int wanted) throws CallException {
        if (arguments.size() != wanted) {
            throw new CallException("wrong number of args for " + name + ": want " + wanted + " got " + arguments.size(), true);
        }
    }

    private static @Nullable Object only(String name, List<@Nullable Object> arguments) throws CallException {
        arity(name, arguments, 1);
        return arguments.getFirst();
    }

    private static String text(String name, List<@Nullable Object> arguments, int at, int count) throws CallException {
        arity(name, arguments, count);
        if (arguments.get(at) instanceof String text) {
            return text;
        }
        throw new CallException("wrong type for value; expected string; got " + GoFormat.typeName(arguments.get(at)), true);
    }

    private static int number(List<@Nullable Object> arguments, int at) throws CallException {
        if (arguments.get(at) instanceof Long number) {
            return (int) Math.clamp(number, -MAX_PAD, MAX_PAD);
        }
        throw new CallException("wrong type for value; expected int; got " + GoFormat.typeName(arguments.get(at)), true);
    }

    private static long length(@Nullable Object value) throws CallException {
        return switch (value) {
            case null -> throw new CallException("len of nil pointer", false);
            case String text -> (long) text.length();
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            case Struct struct -> (long) struct.fields().size();
            default -> throw new CallException("len of type " + GoFormat.typeName(value), false);
        };
    }

    /** What a map answers for a key that it does not have: the zero value of its type, which its other values tell. */
    private static @Nullable Object zero(Map<?, ?> map) {
        if (map.isEmpty()) {
            return "";
        }
        return switch (map.values().iterator().next()) {
            case String s -> "";
            case List<?> l -> GoJson.NIL_SLICE;
            case null, default -> null;
        };
    }

    private static @Nullable Object index(List<@Nullable Object> arguments) throws CallException {
        if (arguments.isEmpty()) {
            throw new CallException("wrong number of args for index: want at least 1 got 0", true);
        }
        Object value = arguments.getFirst();
        for (Object key : arguments.subList(1, arguments.size())) {
            value = switch (value) {
                case null -> throw new CallException("index of untyped nil", false);
                case List<?> list -> list.get(position(key, list.size()));
                case String text -> (long) text.charAt(position(key, text.length()));
                case Map<?, ?> map -> {
                    String type = map instanceof KeyedMap keyed ? keyed.keyType() : "string";
                    if (!(key instanceof String) || map instanceof KeyedMap) {
                        throw new CallException("value has type " + GoFormat.typeName(key) + "; should be " + type, false);
                    }
                    yield map.containsKey(key) ? map.get(key) : map instanceof UntypedMap ? Evaluator.NO_VALUE : zero(map);
                }
                default -> throw new CallException("can't index item of type " + GoFormat.typeName(value), false);
            };
        }
        return value;
    }

    private static int position(@Nullable Object key, int size) throws CallException {
        if (!(key instanceof Long at)) {
            throw new CallException("cannot index slice/array with type " + GoFormat.typeName(key), false);
        }
        // indexArg() lets the length itself pass, at which reflect panics
        if (at == size) {
            throw new CallException("reflect: slice index out of range", false);
        }
        if (at < 0 || at > size) {
            throw new CallException("index out of range: " + at, false);
        }
        return at.intValue();
    }

    private static Object slice(List<@Nullable Object> arguments) throws CallException {
        Object value = arguments.isEmpty() ? null : arguments.getFirst();
        int size = (int) length(value);
        int from = arguments.size() > 1 ? bound(arguments.get(1), size) : 0;
        int to = arguments.size() > 2 ? bound(arguments.get(2), size) : size;
        if (from > to) {
            throw new CallException("invalid slice index: " + from + " > " + to, false);
        }
        return switch (value) {
            case String text -> text.substring(from, to);
            case List<?> list -> list.subList(from, to);
            case null, default -> throw new CallException("can't slice item of type " + GoFormat.typeName(value), false);
        };
    }

    private static int bound(@Nullable Object key, int size) throws CallException {
        return position(key, size + 1);
    }

    /** {@code fmt.Sprint} and {@code Sprintln}: blanks between operands when neither is a string, or always. */
    private static String print(List<@Nullable Object> arguments, boolean line) {
        var out = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            boolean blank = i > 0
                    && (line || !(arguments.get(i) instanceof String || arguments.get(i - 1) instanceof String));
            out.append(blank ? " " : "").append(GoFormat.shown(arguments.get(i)));
        }
        return out.append(line ? "\n" : "").toString();
    }

    private static String printf(List<@Nullable Object> arguments) throws CallException {
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof String format)) {
            throw new CallException("wrong number of args for printf: want at least 1 got " + arguments.size(), true);
        }
        return GoFormat.printf(format, arguments.subList(1, arguments.size()));
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&#34;").replace("'", "&#39;");
    }

    /** {@code url.QueryEscape}. */
    private static String queryEscape(String text) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : c == ' ' ? "+" : String.format("%%%02X", (int) c));
        }
        return out.toString();
    }

    private static Object compare(String name, List<@Nullable Object> arguments) throws CallException {
        if (arguments.size() < 2) {
            throw arguments.isEmpty()
                    ? new CallException("wrong number of args for " + name + ": want at least 1 got 0", true)
                    : new CallException("missing argument for comparison", false);
        }
        Object first = arguments.getFirst();
        if (name.equals("eq")) {
            for (Object other : arguments.subList(1, arguments.size())) {
                if (order(first, other, true) == 0) {
                    return true;
                }
            }
            return false;
        }
        int order = order(first, arguments.get(1), name.equals("ne"));
        return switch (name) {
            case "ne" -> order != 0;
            case "lt" -> order < 0;
            case "le" -> order <= 0;
            case "gt" -> order > 0;
            default -> order >= 0;
        };
    }

    private static int order(@Nullable Object one, @Nullable Object other, boolean equality) throws CallException {
        if (one instanceof Long a && other instanceof Long b) {
            return Long.compare(a, b);
        }
        if (one instanceof Double a && other instanceof Double b) {
            return Double.compare(a, b);
        }
        if (one instanceof String a && other instanceof String b) {
            return a.compareTo(b);
        }
        if (equality && one instanceof Boolean a && other instanceof Boolean b) {
            return Boolean.compare(a, b);
        }
        if (equality && (one == null || other == null)) {
            return one == other ? 0 : 1;
        }
        boolean basic = isBasic(one) && isBasic(other);
        throw new CallException(basic
                ? "incompatible types for comparison: " + GoFormat.typeName(one) + " and " + GoFormat.typeName(other)
                : "invalid type for comparison", false);
    }

    private static boolean isBasic(@Nullable Object value) {
        return value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Double;
    }

    private static List<Object> split(String text, String separator) {
        if (separator.isEmpty()) {
            return new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
        }
        var parts = new ArrayList<Object>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String join(List<@Nullable Object> arguments) throws CallException {
        String separator = text("join", arguments, 1, 2);
        if (arguments.getFirst() instanceof List<?> list) {
            return String.join(separator, list.stream().map(GoFormat::value).toList());
        }
        if (arguments.getFirst() == null) {
            return "";
        }
        throw new CallException("wrong type for value; expected []string; got " + GoFormat.typeName(arguments.getFirst()), true);
    }

    private static String title(String text) {
        var out = new StringBuilder();
        boolean start = true;
        for (char c : text.toCharArray()) {
            out.append(start ? Character.toTitleCase(c) : c);
            start = !Character.isLetterOrDigit(c) && c != '_' && c != '\'';
        }
        return out.toString();
    }

    private static String pad(String text, int before, int after) {
        return text.isEmpty() ? "" : " ".repeat(Math.max(0, before)) + text + " ".repeat(Math.max(0, after));
    }

    private static String truncate(String text, int length) {
        return text.length() < length || length < 0 ? text : text.substring(0, length);
    }
}
