package dev.vethlab.engine.command.net.tcpdump.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a filter expression into words ({@code scanner.l} of libpcap: the longest match counts, of equals the first). */
final class FilterLexer {
    enum Type {
        NUMBER,
        /** A dotted IPv4 address or the beginning of one. */
        DOTTED,
        MAC,
        IPV6,
        NAME,
        SYMBOL
    }

    /** @param escaped whether a backslash before it makes a keyword an ordinary name */
    record Token(Type type, String text, boolean escaped) {
        boolean is(String symbol) {
            return !escaped && text.equals(symbol);
        }
    }

    private record Rule(Type type, Pattern pattern) {}

    private static final List<Rule> RULES = List.of(
            new Rule(Type.NUMBER, Pattern.compile("0[xX][0-9a-fA-F]+|[0-9]+")),
            new Rule(Type.DOTTED, Pattern.compile("[0-9]+\\.[0-9]+(\\.[0-9]+(\\.[0-9]+)?)?")),
            new Rule(Type.MAC, Pattern.compile("[0-9a-fA-F]{1,2}([:.-][0-9a-fA-F]{1,2}){5}")),
            new Rule(Type.IPV6, Pattern.compile("(?=[0-9a-fA-F:]*:[0-9a-fA-F:]*:)[0-9a-fA-F]*:[0-9a-fA-F:]+")),
            new Rule(Type.NAME, Pattern.compile("[A-Za-z0-9]([-_.A-Za-z0-9]*[.A-Za-z0-9])?")),
            new Rule(Type.SYMBOL, Pattern.compile("&&|\\|\\||>=|<=|!=|==|<<|>>|[-+*/%:\\[\\]!<>()&|^=]")));

    private FilterLexer() {}

    static List<Token> tokens(String expression) throws FilterException {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < expression.length()) {
            if (Character.isWhitespace(expression.charAt(at))) {
                at++;
                continue;
            }
            boolean escaped = expression.charAt(at) == '\\';
            int start = escaped ? at + 1 : at;
            Token best = null;
            for (Rule rule : RULES) {
                Matcher matcher = rule.pattern.matcher(expression).region(start, expression.length());
                if (matcher.lookingAt() && (best == null || matcher.end() - start > best.text.length())) {
                    best = new Token(rule.type, matcher.group(), escaped);
                }
            }
            if (best == null || (escaped && best.type != Type.NAME)) {
                throw FilterException.syntax();
            }
            tokens.add(best);
            at = start + best.text.length();
        }
        return tokens;
    }
}
