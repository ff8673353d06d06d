package dev.vethlab.engine.command.core.jq;

import java.util.ArrayList;
import java.util.List;

/** Cuts a program into words. A string with its interpolations is one word; {@link JqParser} looks into it. */
final class JqLexer {
    enum Kind {
        NUMBER,
        STRING,
        NAME,
        FIELD,
        VARIABLE,
        FORMAT,
        SYMBOL,
        END
    }

    /** A word and where it stands: {@code from} to before {@code to}. */
    record Token(Kind kind, String text, int from, int to) {
        boolean is(String symbol) {
            return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbol);
        }
    }

    private static final List<String> SYMBOLS = List.of("?//=", "?//", "//=", "|=", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=",
            "//", "..", "|", ",", "=", "<", ">", "+", "-", "*", "/", "%", "?", "[", "]", "{", "}", "(", ")", ":", ";", ".");

    private final String program;
    private int at;

    JqLexer(String program) {
        this.program = program;
    }

    /** Where, in {@code text}, the parenthesis ends that begins before {@code from}. */
    static int closing(String text, int from) throws CompileError {
        var lexer = new JqLexer(text);
        lexer.at = from;
        lexer.interpolation();
        return lexer.at - 1;
    }

    List<Token> tokens() throws CompileError {
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = next();
            tokens.add(token);
        } while (token.kind() != Kind.END);
        return tokens;
    }

    private Token next() throws CompileError {
        skipBlanks();
        int from = at;
        if (at == program.length()) {
            return new Token(Kind.END, "", Math.max(0, at - 1), at);
        }
        char c = program.charAt(at);
        if (c == '"') {
            string(from);
            return token(Kind.STRING, from);
        }
        if (Character.isDigit(c) || c == '.' && at + 1 < program.length() && Character.isDigit(program.charAt(at + 1))) {
            number();
            return token(Kind.NUMBER, from);
        }
        if (c == '.' && startsName(at + 1)) {
            at++;
            name();
            return new Token(Kind.FIELD, program.substring(from + 1, at), from, at);
        }
        if (c == '$' && startsName(at + 1)) {
            at++;
            qualifiedName();
            return new Token(Kind.VARIABLE, program.substring(from + 1, at), from, at);
        }
        if (c == '@' && startsName(at + 1)) {
            at++;
            name();
            return token(Kind.FORMAT, from);
        }
        if (startsName(at)) {
            qualifiedName();
            return token(Kind.NAME, from);
        }
        for (String symbol : SYMBOLS) {
            if (program.startsWith(symbol, at)) {
                at += symbol.length();
                return token(Kind.SYMBOL, from);
            }
        }
        throw new CompileError(program, "syntax error, unexpected INVALID_CHARACTER", from, from + 1);
    }

    private Token token(Kind kind, int from) {
        return new Token(kind, program.substring(from, at), from, at);
    }

    private void skipBlanks() {
        while (at < program.length()) {
            if (program.charAt(at) == '#') {
                int end = program.indexOf('\n', at);
                at = end < 0 ? program.length() : end;
            } else if (Character.isWhitespace(program.charAt(at))) {
                at++;
            } else {
                return;
            }
        }
    }

    private boolean startsName(int index) {
        return index < program.length() && (Character.isLetter(program.charAt(index)) || program.charAt(index) == '_');
    }

    private void name() {
        while (at < program.length() && (Character.isLetterOrDigit(program.charAt(at)) || program.charAt(at) == '_')) {
            at++;
        }
    }

    private void qualifiedName() {
        name();
        while (program.startsWith("::", at) && startsName(at + 2)) {
            at += 2;
            name();
        }
    }

    private void number() {
        while (at < program.length() && (Character.isDigit(program.charAt(at)) || program.charAt(at) == '.')) {
            at++;
        }
        if (at < program.length() && (program.charAt(at) == 'e' || program.charAt(at) == 'E')) {
            int digits = at + 1 < program.length() && "+-".indexOf(program.charAt(at + 1)) >= 0 ? at + 2 : at + 1;
            if (digits < program.length() && Character.isDigit(program.charAt(digits))) {
                at = digits;
                while (at < program.length() && Character.isDigit(program.charAt(at))) {
                    at++;
                }
            }
        }
    }

    private void string(int from) throws CompileError {
        at++;
        while (at < program.length()) {
            char c = program.charAt(at);
            if (c == '"') {
                at++;
                return;
            }
            if (c == '\\' && at + 1 < program.length() && program.charAt(at + 1) == '(') {
                at += 2;
                interpolation();
            } else {
                at += c == '\\' ? 2 : 1;
            }
        }
        throw new CompileError(program,
                "syntax error, unexpected end of file, expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END",
                Math.min(from + 1, program.length() - 1), program.length());
    }

    private void interpolation() throws CompileError {
        int depth = 1;
        while (depth > 0) {
            Token token = next();
            if (token.kind() == Kind.END) {
                throw new CompileError(program, "syntax error, unexpected end of file", program.length() - 1, program.length());
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
    }
}
