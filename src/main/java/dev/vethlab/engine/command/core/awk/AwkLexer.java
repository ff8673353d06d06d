package dev.vethlab.engine.command.core.awk;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Cuts an awk program into tokens. Whether a slash divides or begins a regular expression depends on what came before. */
final class AwkLexer {
    enum Kind {
        NUMBER,
        TEXT,
        REGEX,
        NAME,
        /** A name right before a parenthesis. */
        CALL,
        KEYWORD,
        OPERATOR,
        NEWLINE,
        END
    }

    record Token(Kind kind, String text, int line) {
        boolean is(String what) {
            return text.equals(what) && (kind == Kind.OPERATOR || kind == Kind.KEYWORD);
        }
    }

    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }

    private static final Set<String> KEYWORDS = new TreeSet<>(List.of("BEGIN", "END", "function", "func", "if", "else", "while", "for",
            "do", "break", "continue",
            "next", "nextfile", "exit", "return", "delete", "in", "getline", "print", "printf"));
    private static final List<String> OPERATORS = List.of("&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "==",
            "<=", ">=", "!=",
            ">>", "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", ">", "<", "|", "?", ":", "~", "$", "=");

    private final String source;
    private int position;
    private int line = 1;
    private int parentheses;
    private int braces;
    private Token last = new Token(Kind.NEWLINE, "\n", 1);

    AwkLexer(String source) {
        this.source = source;
    }

    private char at(int i) {
        return i < source.length() ? source.charAt(i) : '\0';
    }

    Token next() throws Mistake {
        Token token = read();
        last = token;
        if (token.kind() == Kind.OPERATOR) {
            switch (token.text()) {
                case "(" -> parentheses++;
                case ")" -> parentheses--;
                case "{" -> braces++;
                case "}" -> braces--;
                default -> {}
            }
            if (parentheses < 0 || braces < 0) {
                parentheses = Math.max(0, parentheses);
                braces = Math.max(0, braces);
                throw new Mistake("line " + token.line() + ": extra '" + token.text() + "'\nawk: " + after().getMessage());
            }
        }
        return token;
    }

    /** The mistake that follows a bracket which nothing opened: mawk reads on without it. */
    private Mistake after() {
        try {
            return mistake(next());
        } catch (Mistake mistake) {
            return mistake;
        }
    }

    /** What mawk says where its grammar knows no way on: of brackets first (parse.y, {@code yyerror}). */
    Mistake mistake(Token at) {
        if (parentheses > (at.is("(") ? 1 : 0)) {
            return new Mistake("line " + at.line() + ": missing ) near " + named(at) + unclosed(at));
        }
        if (at.kind() == Kind.END && braces > 0) {
            return new Mistake("line " + at.line() + ": missing } near end of file");
        }
        return new Mistake("line " + at.line() + ": syntax error at or near " + named(at) + unclosed(at));
    }

    private static String named(Token token) {
        return token.kind() == Kind.END ? "end of file" : token.kind() == Kind.NEWLINE ? "end of line" : token.text();
    }

    /** A statement that is none ends with its line; the block around it is missed at the end of the program. */
    private String unclosed(Token at) {
        boolean atEnd = at.kind() == Kind.NEWLINE && source.substring(position).isBlank();
        return atEnd && braces > 0 ? "\nawk: line " + line + ": missing } near end of file" : "";
    }

    private Token read() throws Mistake {
        while (true) {
            char c = at(position);
            if (c == ' ' || c == '\t' || c == '\r') {
                position++;
            } else if (c == '\\' && at(position + 1) == '\n') {
                position += 2;
                line++;
            } else if (c == '#') {
                int end = source.indexOf('\n', position);
                position = end < 0 ? source.length() : end;
            } else {
                break;
            }
        }
        if (position >= source.length()) {
            return new Token(Kind.END, "", line);
        }
        char c = at(position);
        if (c == '\n') {
            position++;
            return new Token(Kind.NEWLINE, "\n", line++);
        }
        if (Character.isDigit(c) || c == '.' && Character.isDigit(at(position + 1))) {
            return number();
        }
        if (c == '_' || Character.isLetter(c)) {
            int start = position;
            while (at(position) == '_' || Character.isLetterOrDigit(at(position))) {
                position++;
            }
            String name = source.substring(start, position);
            return new Token(KEYWORDS.contains(name) ? Kind.KEYWORD : at(position) == '(' ? Kind.CALL : Kind.NAME, name, line);
        }
        if (c == '"') {
            return text();
        }
        if (c == '/' && beginsRegex()) {
            return regex();
        }
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, position)) {
                position += operator.length();
                return new Token(Kind.OPERATOR, operator, line);
            }
        }
        throw new Mistake("line " + line + ": syntax error at or near " + c);
    }

    private boolean beginsRegex() {
        return switch (last.kind()) {
            case NUMBER, TEXT, REGEX, NAME, CALL -> false;
            case KEYWORD -> !last.text().equals("getline");
            case OPERATOR -> !List.of(")", "]", "$", "++", "--").contains(last.text());
            case NEWLINE, END -> true;
        };
    }

    private Token number() {
        int start = position;
        while (Character.isDigit(at(position)) || at(position) == '.') {
            position++;
        }
        if ((at(position) == 'e' || at(position) == 'E')
                && (Character.isDigit(at(position + 1)) || "+-".indexOf(at(position + 1)) >= 0 && Character.isDigit(at(position + 2)))) {
            position += 2;
            while (Character.isDigit(at(position))) {
                position++;
            }
        }
        return new Token(Kind.NUMBER, source.substring(start, position), line);
    }

    private Token text() throws Mistake {
        var text = new StringBuilder();
        int i = position + 1;
        while (at(i) != '"') {
            char c = at(i++);
            if (i > source.length() || c == '\n') {
                throw new Mistake("line " + line + ": runaway string constant \"" + text + " ...");
            }
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char e = at(i++);
            int known = "nt\\\"rabfv".indexOf(e);
            if (known >= 0) {
                text.append("\n\t\\\"\r\007\b\f\013".charAt(known));
            } else if (e >= '0' && e <= '7') {
                int value = e - '0';
                for (int k = 0; k < 2 && at(i) >= '0' && at(i) <= '7'; k++) {
                    value = value * 8 + at(i++) - '0';
                }
                text.append((char) value);
            } else if (e == 'x' && Character.digit(at(i), 16) >= 0) {
                int value = 0;
                for (int k = 0; k < 2 && Character.digit(at(i), 16) >= 0; k++) {
                    value = value * 16 + Character.digit(at(i++), 16);
                }
                text.append((char) value);
            } else if (e != '\n') {
                text.append('\\').append(e);
            }
        }
        position = i + 1;
        return new Token(Kind.TEXT, text.toString(), line);
    }

    private Token regex() throws Mistake {
        int i = position + 1;
        boolean bracket = false;
        var text = new StringBuilder();
        while (at(i) != '/' || bracket) {
            char c = at(i);
            if (i >= source.length() || c == '\n') {
                throw new Mistake("line " + line + ": runaway regular expression /" + text + " ...");
            }
            if (c == '\\' && at(i + 1) == '/') {
                text.append('/');
                i += 2;
                continue;
            }
            if (c == '\\') {
                text.append(c).append(at(i + 1));
                i += 2;
                continue;
            }
            if (c == '[') {
                bracket = true;
                int first = i + 1 + (at(i + 1) == '^' ? 1 : 0);
                if (at(first) == ']') {
                    text.append(source, i, first + 1);
                    i = first + 1;
                    continue;
                }
            } else if (c == ']') {
                bracket = false;
            }
            text.append(c);
            i++;
        }
        position = i + 1;
        return new Token(Kind.REGEX, text.toString(), line);
    }
}
