package dev.vethlab.engine.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads redirections (XCU 2.7). */
final class RedirectionParser {
    private final Parser parser;

    RedirectionParser(Parser parser) {
        this.parser = parser;
    }

    /** A redirection at this place, or null. */
    @Nullable Redirection read() throws SyntaxError {
        int descriptor = -1;
        Token token = parser.look();
        if (token.kind() == Token.Kind.NUMBER) {
            descriptor = Integer.parseInt(parser.read().text());
            token = parser.look();
        }
        if (token.kind() != Token.Kind.OPERATOR) {
            return null;
        }
        Redirection.Kind kind = switch (token.text()) {
            case "<" -> Redirection.Kind.READ;
            case ">" -> Redirection.Kind.WRITE;
            case ">|" -> Redirection.Kind.CLOBBER;
            case ">>" -> Redirection.Kind.APPEND;
            case "<>" -> Redirection.Kind.READ_WRITE;
            case "<&" -> Redirection.Kind.DUPLICATE_INPUT;
            case ">&" -> Redirection.Kind.DUPLICATE_OUTPUT;
            case "&>" -> Redirection.Kind.WRITE_BOTH;
            case "&>>" -> Redirection.Kind.APPEND_BOTH;
            case "<<", "<<-", "<<<" -> Redirection.Kind.TEXT;
            default -> null;
        };
        if (kind == null) {
            return null;
        }
        String operator = parser.read().text();
        Token target = parser.look();
        if (target.kind() != Token.Kind.WORD && target.kind() != Token.Kind.NUMBER) {
            throw parser.unexpected(target);
        }
        parser.read();
        Word word = target.kind() == Token.Kind.NUMBER ? Word.quoted(target.text()) : target.word();
        if (descriptor < 0) {
            descriptor = operator.startsWith("<") ? 0 : 1;
        }
        if (operator.equals("<<<")) {
            List<Part> text = new ArrayList<>(List.of(new Part.DoubleQuoted(word.parts())));
            text.add(new Part.Quoted("\n"));
            return new Redirection(descriptor, kind, new Word(text, word.source()), null);
        }
        if (kind == Redirection.Kind.TEXT) {
            var document = new HereDocument(unquote(word), word.hasQuotes(), operator.equals("<<-"), token.line());
            parser.lexer().expectHereDocument(document);
            return new Redirection(descriptor, kind, word, document);
        }
        return new Redirection(descriptor, kind, word, null);
    }

    private static String unquote(Word word) {
        var text = new StringBuilder();
        for (Part part : word.parts()) {
            switch (part) {
                case Part.Literal l -> text.append(l.text());
                case Part.Quoted q -> text.append(q.text());
                case Part.DoubleQuoted d -> text.append(unquote(new Word(d.parts())));
                case Part.Parameter p -> text.append('$').append(p.name());
                case Part.Unknown u -> text.append("${").append(u.text()).append('}');
                case Part.CommandSubstitution c -> text.append("$()");
                case Part.ArithmeticExpansion a -> text.append("$(())");
                case Part.ProcessSubstitution s -> text.append("<()");
            }
        }
        return text.toString();
    }
}
