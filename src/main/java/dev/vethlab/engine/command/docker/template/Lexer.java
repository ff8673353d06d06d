package dev.vethlab.engine.command.docker.template;

import java.util.ArrayList;
import java.util.List;

/** Cuts a template into text and tokens ({@code text/template/parse/lex.go}). */
final class Lexer {
    enum Kind {
        TEXT,
        OPEN,
        CLOSE,
        IDENTIFIER,
        FIELD,
        VARIABLE,
        STRING,
        NUMBER,
        CHARACTER,
        DOT,
        PIPE,
        LEFT,
        RIGHT,
        COMMA,
        DECLARE,
        ASSIGN,
        SPACE,
        END
    }

    record Token(Kind kind, String text, int line, int column) {}

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) throws TemplateException {
        var lexer = new Lexer(source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() throws TemplateException {
        boolean trimNext = false;
        while (true) {
            int open = source.indexOf("{{", at);
            int end = open < 0 ? source.length() : open;
            String text = source.substring(at, end);
            boolean trimBefore = open >= 0 && source.startsWith("{{-", open) && open + 3 < source.length()
                    && isSpace(source.charAt(open + 3));
            String shown = trimNext ? text.stripLeading() : text;
            shown = trimBefore ? shown.stripTrailing() : shown;
            if (!shown.isEmpty()) {
                add(Kind.TEXT, shown, at);
            }
            count(text);
            at = end;
            if (open < 0) {
                add(Kind.END, "", at);
                return;
            }
            at += trimBefore ? 3 : 2;
            int comment = skipSpaces(at);
            if (source.startsWith("/*", comment)) {
                trimNext = comment(comment);
            } else {
                add(Kind.OPEN, "{{", open);
                trimNext = inside();
            }
        }
    }

    private int skipSpaces(int from) {
        int i = from;
        while (i < source.length() && isSpace(source.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Skips a comment; whether the text after it is to be trimmed. */
    private boolean comment(int from) throws TemplateException {
        int end = source.indexOf("*/", from);
        if (end < 0) {
            throw TemplateException.parse(line, "unclosed comment");
        }
        count(source.substring(at, end));
        int after = skipSpaces(end + 2);
        boolean trim = source.startsWith("-}}", after);
        if (!trim && !source.startsWith("}}", after)) {
            throw TemplateException.parse(line, "comment ends before closing delimiter");
        }
        at = after + (trim ? 3 : 2);
        return trim;
    }

    /** Tokens up to the closing braces; whether the text after them is to be trimmed. */
    private boolean inside() throws TemplateException {
        int parentheses = 0;
        while (true) {
            if (at >= source.length()) {
                throw TemplateException.parse(line, "unclosed action");
            }
            boolean trim = isSpace(source.charAt(at)) && source.startsWith("-}}", skipSpaces(at));
            if (trim || source.startsWith("}}", at)) {
                if (parentheses > 0) {
                    throw TemplateException.parse(line, "unclosed left paren");
                }
                at = trim ? skipSpaces(at) + 3 : at + 2;
                add(Kind.CLOSE, "}}", at);
                return trim;
            }
            char c = source.charAt(at);
            if (isSpace(c)) {
                int end = skipSpaces(at);
                String space = source.substring(at, end);
                add(Kind.SPACE, " ", at);
                count(space);
                at = end;
            } else if (c == '(') {
                parentheses++;
                single(Kind.LEFT);
            } else if (c == ')') {
                if (--parentheses < 0) {
                    throw TemplateException.parse(line, "unexpected right paren");
                }
                single(Kind.RIGHT);
            } else if (c == '|') {
                single(Kind.PIPE);
            } else if (c == ',') {
                single(Kind.COMMA);
            } else if (c == '=') {
                single(Kind.ASSIGN);
            } else if (source.startsWith(":=", at)) {
                add(Kind.DECLARE, ":=", at);
                at += 2;
            } else if (c == '"' || c == '`' || c == '\'') {
                quoted(c);
            } else {
                word(c);
            }
        }
    }

    private void single(Kind kind) {
        add(kind, source.substring(at, at + 1), at);
        at++;
    }

    private void quoted(char quote) throws TemplateException {
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' && quote != '`' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw TemplateException.parse(line, switch (quote) {
                case '"' -> "unterminated quoted string";
                case '`' -> "unterminated raw quoted string";
                default -> "unterminated character constant";
            });
        }
        add(quote == '\'' ? Kind.CHARACTER : Kind.STRING, source.substring(at, end + 1), at);
        at = end + 1;
    }

    private void word(char c) throws TemplateException {
        boolean number = Character.isDigit(c)
                || ((c == '-' || c == '+' || c == '.') && at + 1 < source.length() && Character.isDigit(source.charAt(at + 1)));
        int end = at + 1;
        while (end < source.length() && (isWord(source.charAt(end)) || (number && source.charAt(end) == '.'))) {
            end++;
        }
        String text = source.substring(at, end);
        Kind kind;
        if (number) {
            kind = Kind.NUMBER;
        } else if (c == '.') {
            kind = text.length() == 1 ? Kind.DOT : Kind.FIELD;
        } else if (c == '$') {
            kind = Kind.VARIABLE;
        } else if (Character.isLetter(c) || c == '_') {
            kind = Kind.IDENTIFIER;
        } else {
            throw TemplateException.parse(line, "unrecognized character in action: " + unicode(source.codePointAt(at)));
        }
        if (kind == Kind.FIELD || kind == Kind.VARIABLE || kind == Kind.IDENTIFIER) {
            terminated(end);
        }
        add(kind, text, at);
        at = end;
    }

    /** What follows a name must end it ({@code lexer.atTerminator}). */
    private void terminated(int end) throws TemplateException {
        boolean open = end < source.length() && !isSpace(source.charAt(end)) && ".,|:)(=".indexOf(source.charAt(end)) < 0
                && !source.startsWith("}}", end);
        if (open) {
            throw TemplateException.parse(line, "bad character " + unicode(source.codePointAt(end)));
        }
    }

    /** A character as Go's {@code %#U} writes it. */
    private static String unicode(int character) {
        return String.format("U+%04X '%s'", character, Character.toString(character));
    }

    private void add(Kind kind, String text, int position) {
        int lineStart = source.lastIndexOf('\n', Math.max(0, Math.min(position, source.length()) - 1)) + 1;
        tokens.add(new Token(kind, text, line, position - lineStart));
    }

    private void count(String text) {
        line += (int) text.chars().filter(c -> c == '\n').count();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
