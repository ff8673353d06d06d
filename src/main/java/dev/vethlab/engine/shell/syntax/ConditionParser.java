package dev.vethlab.engine.shell.syntax;

import dev.vethlab.engine.shell.syntax.Command.Condition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code [[ … ]]}. */
final class ConditionParser {
    private static final Set<String> UNARY = new TreeSet<>(List.of(
            "-a", "-b", "-c", "-d", "-e", "-f", "-g", "-h", "-k", "-L", "-n", "-N", "-o", "-O", "-G", "-p", "-r", "-s", "-S", "-t", "-u",
                    "-v",
            "-w", "-x", "-z"));
    private static final Set<String> BINARY = new TreeSet<>(List.of("==", "=", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt",
            "-ot", "-ef"));

    private final Parser parser;

    ConditionParser(Parser parser) {
        this.parser = parser;
    }

    Condition read() throws SyntaxError {
        parser.read();
        Condition condition = either();
        Token end = parser.read();
        if (!end.isWord("]]")) {
            throw error(end);
        }
        return condition;
    }

    private void skipNewlines() throws SyntaxError {
        while (parser.look().kind() == Token.Kind.NEWLINE) {
            parser.read();
        }
    }

    private Condition either() throws SyntaxError {
        Condition left = both();
        while (parser.look().is("||")) {
            parser.read();
            left = new Condition.Either(left, both());
        }
        return left;
    }

    private Condition both() throws SyntaxError {
        Condition left = term();
        while (parser.look().is("&&")) {
            parser.read();
            left = new Condition.Both(left, term());
        }
        return left;
    }

    private Condition term() throws SyntaxError {
        skipNewlines();
        parser.deeper();
        Condition term = inner();
        parser.higher();
        skipNewlines();
        return term;
    }

    private Condition inner() throws SyntaxError {
        Token token = parser.read();
        if (token.is("(")) {
            Condition condition = either();
            Token end = parser.read();
            if (!end.is(")")) {
                throw error(end);
            }
            return new Condition.Grouped(condition);
        }
        if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.NUMBER || token.isWord("]]")) {
            throw error(token);
        }
        if (token.isWord("!")) {
            return new Condition.Not(term());
        }
        String text = token.word().plainText();
        Token next = parser.look();
        if (UNARY.contains(text) && next.kind() == Token.Kind.WORD && !next.isWord("]]") && !BINARY.contains(next.word().plainText())) {
            return new Condition.Unary(text, parser.read().word());
        }
        boolean less = next.is("<") || next.is(">");
        if (!less && !(next.kind() == Token.Kind.WORD && BINARY.contains(next.word().plainText()))) {
            return new Condition.Unary("-n", token.word());
        }
        String operator = parser.read().text();
        if (operator.equals("=~")) {
            return new Condition.Binary(token.word(), operator, parser.readRegex());
        }
        Token right = parser.read();
        if (right.kind() != Token.Kind.WORD && right.kind() != Token.Kind.NUMBER || right.isWord("]]")) {
            throw error(right);
        }
        return new Condition.Binary(token.word(), operator, right.word());
    }

    private static SyntaxError error(Token token) {
        return token.kind() == Token.Kind.END
                ? new SyntaxError("unexpected EOF while looking for `]]'", true, token.line(), false)
                : new SyntaxError("syntax error in conditional expression: unexpected token `" + token.text() + "'", false, token.line(),
                        true);
    }
}
