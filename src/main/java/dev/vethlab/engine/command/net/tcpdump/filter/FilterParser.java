package dev.vethlab.engine.command.net.tcpdump.filter;

import dev.vethlab.engine.command.net.tcpdump.filter.Condition.Direction;
import dev.vethlab.engine.command.net.tcpdump.filter.FilterLexer.Token;
import dev.vethlab.engine.command.net.tcpdump.filter.FilterLexer.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of pcap-filter(7) ({@code grammar.y} of libpcap). {@code and} and {@code or} bind alike, from the left; a name without
 * qualifiers takes those before it: {@code port 80 or 443}.
 */
public final class FilterParser {
    static final List<String> PROTOCOLS =
            List.of("ether", "ip", "arp", "rarp", "ip6", "tcp", "udp", "icmp", "icmp6", "sctp", "igmp", "link", "vrrp", "pim", "ah", "esp",
                    "stp");
    private static final List<String> TYPES = List.of("host", "net", "port", "portrange", "proto");
    private static final List<String> UNSUPPORTED = List.of("vlan", "mpls", "pppoed", "pppoes", "geneve", "vxlan", "iso", "ipx",
            "netbeui",
            "atalk", "aarp", "decnet", "lat", "moprc", "mopdl", "protochain", "gateway", "ifname", "on", "rset", "ruleset", "rnr",
                    "rulenum",
            "reason", "action", "type", "subtype", "dir", "llc", "fddi", "tr", "wlan", "lane", "oam", "oamf4", "addr1", "addr2", "addr3",
                    "addr4",
            "ra", "ta", "ifindex", "carp", "igrp", "clnp", "esis", "isis", "csnp", "psnp", "radio", "hyperlan");
    private static final List<String> RELATIONS = List.of("=", "==", "!=", "<", "<=", ">", ">=");
    private static final List<List<String>> OPERATORS =
            List.of(List.of("|"), List.of("^"), List.of("&"), List.of("<<", ">>"), List.of("+", "-"), List.of("*", "/", "%"));
    private static final Map<String, Integer> CONSTANTS = new TreeMap<>();

    static {
        String names = "icmptype 0 icmpcode 1 icmp-echoreply 0 icmp-unreach 3 icmp-sourcequench 4 icmp-redirect 5 icmp-echo 8 "
                + "icmp-routeradvert 9 icmp-routersolicit 10 icmp-timxceed 11 icmp-paramprob 12 icmp-tstamp 13 icmp-tstampreply 14 "
                + "icmp-ireq 15 icmp-ireqreply 16 icmp-maskreq 17 icmp-maskreply 18 "
                + "tcpflags 13 tcp-fin 1 tcp-syn 2 tcp-rst 4 tcp-push 8 tcp-ack 16 tcp-urg 32 tcp-ece 64 tcp-cwr 128";
        String[] words = names.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            CONSTANTS.put(words[i], Integer.parseInt(words[i + 1]));
        }
    }

    private final List<Token> tokens;
    private final Primitives primitives;
    private int next;
    private @Nullable Qualifiers qualifiers;

    /**
     * The words before a name or number.
     *
     * @param protocol empty if none is named
     * @param type empty if none is named: {@code host} is meant
     */
    record Qualifiers(String protocol, Direction direction, String type) {}

    private FilterParser(List<Token> tokens, Primitives primitives) {
        this.tokens = tokens;
        this.primitives = primitives;
    }

    /** What an expression means for packets of this link type, that come from a device ({@code live}) or from a file. */
    public static Condition parse(String expression, LinkType link, boolean live, FilterNames names) throws FilterException {
        List<Token> tokens = FilterLexer.tokens(expression);
        if (tokens.isEmpty()) {
            return Condition.ANYTHING;
        }
        var parser = new FilterParser(tokens, new Primitives(link, live, names));
        Condition condition = parser.expression();
        if (parser.next < tokens.size()) {
            throw FilterException.syntax();
        }
        if (condition.rejectsAll()) {
            throw new FilterException("expression rejects all packets");
        }
        return condition;
    }

    // ---- expressions ----

    private Condition expression() throws FilterException {
        Condition left = term();
        while (true) {
            if (take("and") || take("&&")) {
                left = new Condition.And(left, term());
            } else if (take("or") || take("||")) {
                left = new Condition.Or(left, term());
            } else {
                return left;
            }
        }
    }

    private Condition term() throws FilterException {
        if (take("not") || take("!")) {
            return new Condition.Not(term());
        }
        if (peekIs("(") && !isArithmetic()) {
            next++;
            Condition inner = expression();
            expect(")");
            return inner;
        }
        if (isArithmetic()) {
            qualifiers = null;
            return relation();
        }
        Token token = peek();
        if (token == null) {
            throw FilterException.syntax();
        }
        if (token.type() != Type.NAME || token.escaped()) {
            return identifier();
        }
        return switch (token.text()) {
            case "less", "greater" -> length(token.text());
            case "inbound", "outbound" -> {
                next++;
                qualifiers = null;
                yield primitives.outbound(token.text());
            }
            case "broadcast", "multicast" -> group("");
            case "src", "dst", "host", "net", "port", "portrange", "proto" -> qualified("");
            default -> {
                if (UNSUPPORTED.contains(token.text())) {
                    throw FilterException.unsupported(token.text());
                }
                yield PROTOCOLS.contains(token.text()) ? protocol() : identifier();
            }
        };
    }

    private Condition length(String word) throws FilterException {
        next++;
        Token number = peek();
        if (number == null || number.type() != Type.NUMBER) {
            throw FilterException.syntax();
        }
        next++;
        qualifiers = null;
        long limit = Primitives.number(number.text());
        return word.equals("less") ? new Condition.Length(0, limit) : new Condition.Length(limit, Long.MAX_VALUE);
    }

    private Condition protocol() throws FilterException {
        String protocol = tokens.get(next++).text();
        Token token = peek();
        if (token != null && !token.escaped()) {
            if (token.is("src") || token.is("dst") || TYPES.contains(token.text())) {
                return qualified(protocol);
            }
            if (token.is("broadcast") || token.is("multicast")) {
                return group(protocol);
            }
        }
        qualifiers = null;
        return primitives.protocol(protocol);
    }

    private Condition group(String protocol) throws FilterException {
        boolean broadcast = tokens.get(next++).is("broadcast");
        qualifiers = null;
        return primitives.group(protocol, broadcast);
    }

    /** {@code [protocol] [direction] [type] name}. */
    private Condition qualified(String protocol) throws FilterException {
        Direction direction = direction();
        Token token = peek();
        String type = "";
        if (token != null && !token.escaped() && TYPES.contains(token.text())) {
            type = token.text();
            next++;
        }
        qualifiers = new Qualifiers(protocol, direction, type);
        return peekIs("(") ? term() : identifier();
    }

    private Direction direction() throws FilterException {
        boolean source = take("src");
        if (!source && !take("dst")) {
            return Direction.EITHER;
        }
        String other = source ? "dst" : "src";
        if (next + 1 < tokens.size() && tokens.get(next + 1).is(other)) {
            boolean either = peekIs("or") || peekIs("||");
            if (either || peekIs("and") || peekIs("&&")) {
                next += 2;
                return either ? Direction.EITHER : Direction.BOTH;
            }
        }
        return source ? Direction.SOURCE : Direction.DESTINATION;
    }

    /** A name or number, with the qualifiers that stand before it or stood before the last one. */
    private Condition identifier() throws FilterException {
        if (take("not") || take("!")) {
            return new Condition.Not(identifier());
        }
        Token token = peek();
        if (token == null || token.type() == Type.SYMBOL || qualifiers == null) {
            throw FilterException.syntax();
        }
        boolean keyword = token.type() == Type.NAME && !token.escaped() && (PROTOCOLS.contains(token.text()) || TYPES.contains(token.text())
                || List.of("and", "or", "src", "dst", "less", "greater", "len", "length", "inbound", "outbound").contains(token.text()));
        if (keyword) {
            throw FilterException.syntax();
        }
        next++;
        if (token.type() == Type.DOTTED || (token.type() == Type.NUMBER && qualifiers.type().equals("net"))) {
            if (take("/")) {
                return primitives.prefix(qualifiers, token.text(), word(Type.NUMBER));
            }
            if (take("mask")) {
                return primitives.masked(qualifiers, token.text(), word(Type.DOTTED));
            }
        }
        return primitives.identifier(qualifiers, token);
    }

    private String word(Type type) throws FilterException {
        Token token = peek();
        if (token == null || token.type() != type) {
            throw FilterException.syntax();
        }
        next++;
        return token.text();
    }

    // ---- relations ----

    /** Whether a comparison of numbers begins here: something that only arithmetic has follows. */
    private static boolean isLength(Token token) {
        return token.is("len") || token.is("length");
    }

    private boolean isArithmetic() {
        int depth = 0;
        for (int at = next; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.is("(")) {
                if (holdsComparison(at)) {
                    return false;
                }
                depth++;
            } else if (token.is("[")) {
                return at > next && depth == at - next - 1;
            } else if (isLength(token) || CONSTANTS.containsKey(token.text())) {
                return true;
            } else if (token.type() == Type.NUMBER && at + 1 < tokens.size()) {
                String after = tokens.get(at + 1).text();
                boolean operator = RELATIONS.contains(after) || OPERATORS.stream().anyMatch(o -> o.contains(after));
                return operator && !(after.equals("/") && qualifiers != null);
            } else if (!PROTOCOLS.contains(token.text())) {
                return false;
            }
        }
        return false;
    }

    /** Whether numbers are compared within the brackets that open at a token: then they hold a condition, not a number. */
    private boolean holdsComparison(int open) {
        int depth = 0;
        for (int at = open; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0) {
                return false;
            }
            if (token.type() == Type.SYMBOL && RELATIONS.contains(token.text())) {
                return true;
            }
        }
        return false;
    }

    private Condition relation() throws FilterException {
        Arithmetic left = arithmetic(0);
        Token operator = peek();
        if (operator == null || !RELATIONS.contains(operator.text())) {
            throw FilterException.syntax();
        }
        next++;
        return new Condition.Relation(left, operator.text(), arithmetic(0));
    }

    private Arithmetic arithmetic(int level) throws FilterException {
        if (level == OPERATORS.size()) {
            return operand();
        }
        Arithmetic left = arithmetic(level + 1);
        while (peek() != null && OPERATORS.get(level).contains(tokens.get(next).text())) {
            String operator = tokens.get(next++).text();
            left = new Arithmetic.Operation(left, operator, arithmetic(level + 1));
        }
        return left;
    }

    private Arithmetic operand() throws FilterException {
        Token token = peek();
        if (token == null) {
            throw FilterException.syntax();
        }
        next++;
        if (token.is("(")) {
            Arithmetic inner = arithmetic(0);
            expect(")");
            return inner;
        }
        if (token.is("-")) {
            return new Arithmetic.Operation(new Arithmetic.Constant(0), "-", operand());
        }
        if (token.type() == Type.NUMBER) {
            return new Arithmetic.Constant((int) Primitives.number(token.text()));
        }
        if (isLength(token)) {
            return new Arithmetic.PacketLength();
        }
        Integer constant = CONSTANTS.get(token.text());
        if (constant != null) {
            return new Arithmetic.Constant(constant);
        }
        if (!PROTOCOLS.contains(token.text()) || !take("[")) {
            throw FilterException.syntax();
        }
        Arithmetic offset = arithmetic(0);
        int size = 1;
        if (take(":")) {
            size = (int) Primitives.number(word(Type.NUMBER));
            if (size != 1 && size != 2 && size != 4) {
                throw new FilterException("data size must be 1, 2, or 4");
            }
        }
        expect("]");
        return primitives.load(token.text(), offset, size);
    }

    // ---- tokens ----

    private @Nullable Token peek() {
        return next < tokens.size() ? tokens.get(next) : null;
    }

    private boolean peekIs(String text) {
        Token token = peek();
        return token != null && token.is(text);
    }

    private boolean take(String text) {
        boolean here = peekIs(text);
        if (here) {
            next++;
        }
        return here;
    }

    private void expect(String text) throws FilterException {
        if (!take(text)) {
            throw FilterException.syntax();
        }
    }
}
