package dev.vethlab.engine.command.core.jq;

import dev.vethlab.engine.command.core.jq.JqLexer.Kind;
import dev.vethlab.engine.command.core.jq.JqLexer.Token;
import java.util.List;

/** Goes through the words of a program, and says which one is not expected as bison does. */
class TokenReader {
    final String program;
    final List<Token> tokens;
    int at;

    TokenReader(String program, List<Token> tokens) {
        this.program = program;
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token take() {
        return tokens.get(at++);
    }

    boolean accept(String symbol) {
        boolean found = peek().is(symbol);
        at += found ? 1 : 0;
        return found;
    }

    void expect(String symbol, String expecting) throws CompileError {
        if (!accept(symbol)) {
            throw unexpected(expecting);
        }
    }

    CompileError unexpected(String expecting) {
        Token token = peek();
        String what = switch (token.kind()) {
            case NUMBER -> "LITERAL";
            case STRING -> "QQSTRING_START";
            case NAME -> Builtins.isKeyword(token.text()) ? token.text() : "IDENT";
            case FIELD -> "FIELD";
            case VARIABLE -> "BINDING";
            case FORMAT -> "FORMAT";
            case SYMBOL -> symbol(token.text());
            case END -> "end of file";
        };
        return new CompileError(program, "syntax error, unexpected " + what + expecting, token.from(), token.to());
    }

    private static String symbol(String text) {
        return ")]}".contains(text) ? "INVALID_CHARACTER" : text.length() == 1 ? "'" + text + "'" : text;
    }

    String variable() throws CompileError {
        Token token = take();
        if (token.kind() != Kind.VARIABLE) {
            at--;
            throw unexpected("");
        }
        return token.text();
    }
}
