package dev.vethlab.engine.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code name=value} and the values of arrays. */
final class AssignmentParser {
    private final Parser parser;

    AssignmentParser(Parser parser) {
        this.parser = parser;
    }

    /** The word as an assignment, then consumed; null if it is none. */
    Command.@Nullable Assignment read(Token token) throws SyntaxError {
        if (token.word().parts().isEmpty() || !(token.word().parts().getFirst() instanceof Part.Literal head)) {
            return null;
        }
        int end = 0;
        String text = head.text();
        while (end < text.length() && WordReader.isNamePart(text.charAt(end))) {
            end++;
        }
        String name = text.substring(0, end);
        if (!WordReader.isName(name)) {
            return null;
        }
        Word index = null;
        String source = token.text();
        if (!parser.lexer.posix && end < text.length() && text.charAt(end) == '[') {
            int close = source.indexOf("]", end);
            if (close < 0 || close + 1 >= source.length() || source.charAt(close + 1) != '=' && source.charAt(close + 1) != '+') {
                return null;
            }
            index = subscript(source.substring(end + 1, close), token);
            end = close + 1;
        }
        boolean appends = source.startsWith("+=", end);
        if (!appends && !source.startsWith("=", end)) {
            return null;
        }
        int valueAt = end + (appends ? 2 : 1);
        parser.read();
        Lexer lexer = parser.lexer;
        boolean list = lexer.at(lexer.position) == '(' && lexer.position == token.end() && !lexer.posix;
        if (list && valueAt == source.length() && index == null) {
            return new Command.Assignment(name, null, appends, Word.quoted(""), elements(), parser.printedSince(token));
        }
        return new Command.Assignment(name, index, appends, value(source.substring(valueAt), token), null, token.word().source());
    }

    private Word subscript(String text, Token token) throws SyntaxError {
        return reader(text, token).arithmeticText(text);
    }

    private Word value(String text, Token token) throws SyntaxError {
        return reader(text, token).assignmentValue();
    }

    private WordReader reader(String text, Token token) {
        return new WordReader(parser.lexer.inner(text, token.line()));
    }

    private List<Command.Element> elements() throws SyntaxError {
        parser.read();
        List<Command.Element> elements = new ArrayList<>();
        parser.skipNewlines();
        while (parser.look().kind() == Token.Kind.WORD) {
            elements.add(element(parser.read()));
            parser.skipNewlines();
        }
        parser.expect(")");
        return elements;
    }

    private Command.Element element(Token token) throws SyntaxError {
        String source = token.text();
        int close = source.startsWith("[") ? source.indexOf("]=") : -1;
        if (close < 0) {
            return new Command.Element(null, token.word());
        }
        return new Command.Element(subscript(source.substring(1, close), token), value(source.substring(close + 2), token));
    }
}
