package dev.vethlab.engine.docker.api;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads JSON as Go's {@code encoding/json} does, with its complaints ({@code scanner.go}). */
public final class JsonReader {
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int at;
    private int depth;

    /** What Go says of text that is no JSON. */
    public static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1;

        SyntaxException(String message) {
            super(message, null, false, false);
        }
    }

    private JsonReader(String text) {
        this.text = text;
    }

    public static Value read(String text) throws SyntaxException {
        var reader = new JsonReader(text);
        Value value = reader.value();
        reader.skipBlanks();
        if (reader.at < text.length()) {
            throw reader.unexpected("after top-level value");
        }
        return value;
    }

    private SyntaxException unexpected(String where) {
        if (at >= text.length()) {
            return new SyntaxException("unexpected end of JSON input");
        }
        char c = text.charAt(at);
        String shown = switch (c) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            case '\n' -> "'\\n'";
            case '\t' -> "'\\t'";
            case '\r' -> "'\\r'";
            case '\\' -> "'\\\\'";
            default -> c < ' ' ? String.format("'\\x%02x'", (int) c) : "'" + c + "'";
        };
        return new SyntaxException("invalid character " + shown + " " + where);
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char next() {
        skipBlanks();
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private Value value() throws SyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new SyntaxException("exceeded max depth");
        }
        Value value = switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> Value.of(string());
            case 't' -> literal("true", Value.of(true));
            case 'f' -> literal("false", Value.of(false));
            case 'n' -> literal("null", Value.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected("looking for beginning of value");
        };
        depth--;
        return value;
    }

    private Value object() throws SyntaxException {
        at++;
        var entries = new TreeMap<String, Value>();
        if (next() == '}') {
            at++;
            return new Value.Entries(entries);
        }
        while (true) {
            if (next() != '"') {
                throw unexpected("looking for beginning of object key string");
            }
            String key = string();
            if (next() != ':') {
                throw unexpected("after object key");
            }
            at++;
            entries.put(key, value());
            char c = next();
            if (c != ',' && c != '}') {
                throw unexpected("after object key:value pair");
            }
            at++;
            if (c == '}') {
                return new Value.Entries(entries);
            }
        }
    }

    private Value array() throws SyntaxException {
        at++;
        List<Value> items = new ArrayList<>();
        if (next() == ']') {
            at++;
            return new Value.Items(items);
        }
        while (true) {
            items.add(value());
            char c = next();
            if (c != ',' && c != ']') {
                throw unexpected("after array element");
            }
            at++;
            if (c == ']') {
                return new Value.Items(items);
            }
        }
    }

    private String string() throws SyntaxException {
        var out = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return out.toString();
            }
            if (c < ' ') {
                throw unexpected("in string literal");
            }
            out.append(c == '\\' ? escape() : c);
        }
        throw unexpected("in string literal");
    }

    private char escape() throws SyntaxException {
        at++;
        char c = at < text.length() ? text.charAt(at) : '\0';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    at++;
                    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
                    if (digit < 0) {
                        throw unexpected("in \\u hexadecimal character escape");
                    }
                    code = code << 4 | digit;
                }
                yield (char) code;
            }
            default -> throw unexpected("in string escape code");
        };
    }

    private Value literal(String word, Value value) throws SyntaxException {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= text.length() || text.charAt(at) != word.charAt(i)) {
                throw unexpected("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
        return value;
    }

    private Value number() throws SyntaxException {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (!digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw unexpected("in numeric literal");
        }
        return digits.matches("-?\\d{1,18}") ? Value.of(Long.parseLong(digits)) : new Value.Real(Double.parseDouble(digits));
    }
}
