package dev.vethlab.engine.shell.syntax;

import java.util.ArrayDeque;
import java.util.Map;

/**
 * Puts the values of aliases in the place of words (XCU 2.3.1). An alias is not looked for in its own value; one whose value ends in a
 * blank lets the word after it be an alias as well.
 */
final class Aliases {
    /** How long a text may become. */
    private static final int LONGEST = 1 << 18;

    /** An alias whose value is being read, up to where so many characters are left of the whole text. */
    private record Reading(String name, int rest) {}

    private final Lexer lexer;
    private final Map<String, String> values;
    private final ArrayDeque<Reading> reading = new ArrayDeque<>();
    private int nextFrom = -1;

    Aliases(Lexer lexer, Map<String, String> values) {
        this.lexer = lexer;
        this.values = values;
    }

    Map<String, String> values() {
        return values;
    }

    /** Replaces the word that was read last if it is an alias's name. */
    boolean expand(Token token) {
        if (values.isEmpty() || token.kind() != Token.Kind.WORD || lexer.source.length() > LONGEST) {
            return false;
        }
        String name = token.word().plainText();
        String value = values.get(name);
        int left = lexer.source.length() - token.start();
        while (!reading.isEmpty() && left <= reading.peekLast().rest) {
            reading.removeLast();
        }
        if (value == null || !name.equals(token.text()) || reading.stream().anyMatch(other -> other.name.equals(name))) {
            return false;
        }
        int rest = lexer.source.length() - token.end();
        lexer.splice(token.start(), value);
        reading.addLast(new Reading(name, rest));
        if (value.endsWith(" ") || value.endsWith("\t")) {
            nextFrom = rest;
        }
        return true;
    }

    /** Whether a word is the first after an alias that ends in a blank; asked once. */
    boolean reachNext(Token token) {
        if (nextFrom < 0 || lexer.source.length() - token.start() > nextFrom) {
            return false;
        }
        nextFrom = -1;
        return true;
    }
}
