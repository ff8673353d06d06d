package dev.vethlab.engine.command.core.jq;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON value after the other from a text, and says what is wrong as {@code jv_parse.c} does. */
final class JsonReader {
    private static final int MAX_DEPTH = 256;

    private final String text;
    private int at;
    private int line = 1;
    private int column;

    JsonReader(String text) {
        this.text = text;
    }

    /** What was read is no JSON. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** The one value that {@code text} is. */
    static Json parse(String text) throws Malformed {
        var reader = new JsonReader(text);
        Json value = reader.next();
        if (value == null) {
            throw new Malformed("Expected JSON value");
        }
        if (reader.next() != null) {
            throw new Malformed("Unexpected extra JSON values");
        }
        return value;
    }

    /** The lines that have been handed to the parser so far: all up to the end of the one that it is in. */
    int linesRead() {
        int end = text.indexOf('\n', Math.max(0, at - 1));
        return (int) text.substring(0, end < 0 ? text.length() : end + 1).chars().filter(c -> c == '\n').count();
    }

    /** The next value; null at the end. */
    @Nullable Json next() throws Malformed {
        skipBlanks();
        return at == text.length() ? null : value(0);
    }

    private Json value(int depth) throws Malformed {
        if (depth > MAX_DEPTH) {
            throw wrong("Exceeds depth limit for parsing");
        }
        skipBlanks();
        if (at == text.length()) {
            throw atEnd("Unfinished JSON term");
        }
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> Json.of(string());
            case ']', '}' -> {
                step();
                throw wrong("Unmatched '" + c + "'");
            }
            case ',' -> {
                step();
                throw wrong("Expected value before ','");
            }
            case ':' -> {
                step();
                throw wrong("':' not as part of an object");
            }
            default -> literal();
        };
    }

    private Json array(int depth) throws Malformed {
        step();
        List<Json> items = new ArrayList<>();
        while (true) {
            skipBlanks();
            if (at < text.length() && text.charAt(at) == ']') {
                step();
                if (!items.isEmpty()) {
                    throw wrong("Expected another array element");
                }
                return new Json.Arr(items);
            }
            items.add(value(depth + 1));
            skipBlanks();
            if (at == text.length()) {
                throw atEnd("Unfinished JSON term");
            }
            char c = step();
            if (c == ']') {
                return new Json.Arr(items);
            }
            if (c != ',') {
                throw c == '}' ? wrong("Unmatched '}'") : separator();
            }
        }
    }

    private Json object(int depth) throws Malformed {
        step();
        Map<String, Json> fields = new LinkedHashMap<>();
        while (true) {
            skipBlanks();
            if (at < text.length() && text.charAt(at) == '}') {
                step();
                if (!fields.isEmpty()) {
                    throw wrong("Expected another key-value pair");
                }
                return new Json.Obj(fields);
            }
            Json key = value(depth + 1);
            skipBlanks();
            if (at == text.length()) {
                throw atEnd("Unfinished JSON term");
            }
            char c = step();
            if (c != ':') {
                throw c == ',' || c == '}' ? wrong("Objects must consist of key:value pairs") : separator();
            }
            if (!(key instanceof Json.Str name)) {
                throw wrong("Object keys must be strings");
            }
            skipBlanks();
            if (at < text.length() && text.charAt(at) == '}') {
                step();
                throw wrong("Unmatched '}'");
            }
            fields.put(name.text(), value(depth + 1));
            skipBlanks();
            if (at == text.length()) {
                throw atEnd("Unfinished JSON term");
            }
            c = step();
            if (c == '}') {
                return new Json.Obj(fields);
            }
            if (c != ',') {
                throw c == ']' ? wrong("Unmatched ']'") : separator();
            }
        }
    }

    /** A value stands where a separator should: jq notices when that value ends. */
    private Malformed separator() throws Malformed {
        at--;
        column--;
        value(0);
        if (at < text.length()) {
            step();
        }
        return wrong("Expected separator between values");
    }

    private String string() throws Malformed {
        step();
        var out = new StringBuilder();
        String wrong = null;
        while (at < text.length()) {
            char c = step();
            if (c == '"') {
                if (wrong != null) {
                    throw wrong(wrong);
                }
                return out.toString();
            }
            if (c < ' ') {
                wrong = "Invalid string: control characters from U+0000 through U+001F must be escaped";
            }
            if (c != '\\') {
                out.append(c);
                continue;
            }
            if (at == text.length()) {
                break;
            }
            char escape = step();
            int known = "\"\\/bfnrt".indexOf(escape);
            if (known >= 0) {
                out.append("\"\\/\b\f\n\r\t".charAt(known));
            } else if (escape == 'u' && at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
                column += 4;
            } else {
                wrong = "Invalid escape";
            }
        }
        throw atEnd("Unfinished string");
    }

    private Json literal() throws Malformed {
        int from = at;
        while (at < text.length() && " \t\r\n[]{},:\"".indexOf(text.charAt(at)) < 0) {
            step();
        }
        String word = text.substring(from, at);
        Json value = switch (word) {
            case "null", "nan" -> Json.NULL;
            case "true" -> Json.TRUE;
            case "false" -> Json.FALSE;
            default -> number(word);
        };
        if (value == null) {
            if (at < text.length()) {
                step();
            }
            if (word.startsWith("'")) {
                throw wrong("Invalid string literal; expected \", but got '");
            }
            throw wrong("tfn".indexOf(word.charAt(0)) >= 0 ? "Invalid literal" : "Invalid numeric literal");
        }
        return value;
    }

    static Json.@Nullable Num number(String word) {
        if (!word.matches("-?(\\d{1,1000}(\\.\\d{0,1000})?|\\.\\d{1,1000})([eE][-+]?\\d{1,9})?")) {
            return null;
        }
        BigDecimal exact = new BigDecimal(word);
        return new Json.Num(exact.doubleValue(), exact);
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n\uFEFF".indexOf(text.charAt(at)) >= 0) {
            step();
        }
    }

    private char step() {
        char c = text.charAt(at++);
        column++;
        if (c == '\n') {
            line++;
            column = 0;
        }
        return c;
    }

    private Malformed wrong(String what) {
        return new Malformed(what + " at line " + line + ", column " + column);
    }

    private Malformed atEnd(String what) {
        return new Malformed(what + " at EOF at line " + line + ", column " + column);
    }
}
