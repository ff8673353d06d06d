package dev.vethlab.engine.command.net.ss;

import dev.vethlab.engine.command.net.Services;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The expressions of {@code ss} ({@code misc/ssfilter.y}): one after the other they mean “and”. */
final class SsFilter {
    /** An expression that is none: what to print, and the exit status. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        final boolean withUsage;

        Failure(String message, boolean withUsage) {
            super(message, null, false, false);
            this.withUsage = withUsage;
        }
    }

    /** Addresses and ports that are asked for; -1 for any port. */
    private record HostCondition(int address, int prefixLength, int port) {
        boolean matches(int otherAddress, int otherPort) {
            return (port < 0 || port == otherPort) && Ipv4.inPrefix(otherAddress, address, prefixLength);
        }
    }

    private final EmulatedProcess self;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    private SsFilter(EmulatedProcess self, List<String> words) {
        this.self = self;
        for (String word : words) {
            for (String token : word.trim().split("[ \t]+")) {
                if (!token.isEmpty()) {
                    tokens.add(token);
                }
            }
        }
    }

    static Predicate<SocketRow> parse(EmulatedProcess self, List<String> words) throws Failure {
        var parser = new SsFilter(self, words);
        if (parser.tokens.isEmpty()) {
            return row -> true;
        }
        Predicate<SocketRow> all = parser.expressions();
        if (parser.next < parser.tokens.size()) {
            throw syntax();
        }
        return all;
    }

    private static Failure syntax() {
        return new Failure("ss: bison bellows (while parsing filter): \"syntax error!\" Sorry.", true);
    }

    private Predicate<SocketRow> expressions() throws Failure {
        Predicate<SocketRow> left = expression();
        while (next < tokens.size() && !tokens.get(next).equals(")")) {
            switch (tokens.get(next)) {
                case "|", "||", "or" -> {
                    next++;
                    left = left.or(expression());
                }
                case "&", "&&", "and" -> {
                    next++;
                    left = left.and(expression());
                }
                default -> left = left.and(expression());
            }
        }
        return left;
    }

    private Predicate<SocketRow> expression() throws Failure {
        return switch (take()) {
            case "(" -> {
                Predicate<SocketRow> inner = expressions();
                if (!take().equals(")")) {
                    throw syntax();
                }
                yield inner;
            }
            case "!", "not" -> expression().negate();
            case "dst" -> host(false);
            case "src" -> host(true);
            case "dport" -> port(false);
            case "sport" -> port(true);
            case "dev" -> device();
            case "fwmark", "cgroup", "autobound" -> throw new Failure("vethlab: ss filters by address, port and device only", false);
            // any other word is a host that stands where none is expected
            case String word -> {
                hostCondition(word, false);
                throw syntax();
            }
        };
    }

    private Predicate<SocketRow> host(boolean source) throws Failure {
        String operator = operator();
        if (!operator.equals("=")) {
            throw syntax();
        }
        HostCondition wanted = hostCondition(take(), false);
        return row -> source ? wanted.matches(row.localAddress(), row.localPort()) : wanted.matches(row.remoteAddress(), row.remotePort());
    }

    private Predicate<SocketRow> port(boolean source) throws Failure {
        String operator = operator();
        HostCondition wanted = hostCondition(take(), true);
        return row -> {
            int address = source ? row.localAddress() : row.remoteAddress();
            int port = source ? row.localPort() : row.remotePort();
            return switch (operator) {
                case "=" -> wanted.matches(address, port);
                case "!=" -> !wanted.matches(address, port);
                case ">=" -> port >= wanted.port;
                case "<=" -> port <= wanted.port;
                case ">" -> port > wanted.port;
                default -> port < wanted.port;
            };
        };
    }

    private Predicate<SocketRow> device() throws Failure {
        String operator = operator();
        String name = take();
        return row -> (row.device() != null && row.device().name().equals(name)) == operator.equals("=");
    }

    private String operator() {
        String found = next >= tokens.size() ? null : switch (tokens.get(next)) {
            case "=", "==", "eq" -> "=";
            case "!=", "ne", "neq" -> "!=";
            case ">=", "ge", "geq" -> ">=";
            case "<=", "le", "leq" -> "<=";
            case ">", "gt" -> ">";
            case "<", "lt" -> "<";
            default -> null;
        };
        if (found == null) {
            return "=";
        }
        next++;
        return found;
    }

    private String take() throws Failure {
        if (next >= tokens.size()) {
            throw syntax();
        }
        return tokens.get(next++);
    }

    /** {@code parse_hostcond}: {@code ADDRESS[/PREFIX][:PORT]}; of a port condition, a port alone too. */
    private HostCondition hostCondition(String word, boolean isPort) throws Failure {
        String host = word;
        String port = null;
        int colon = word.lastIndexOf(':');
        if (colon >= 0) {
            host = word.substring(0, colon);
            port = word.substring(colon + 1);
        } else if (isPort) {
            host = "";
            port = word;
        }
        int portNumber = port == null || port.isEmpty() || port.equals("*") ? -1 : portNumber(port);
        if (host.isEmpty() || host.equals("*")) {
            return new HostCondition(0, 0, portNumber);
        }
        int slash = host.indexOf('/');
        int prefix = 32;
        if (slash >= 0) {
            String length = host.substring(slash + 1);
            prefix = length.matches("[0-9]{1,2}") ? Integer.parseInt(length) : 33;
        }
        String name = slash < 0 ? host : host.substring(0, slash);
        Integer address = address(name);
        if (address == null || prefix > 32) {
            throw new Failure("Error: an inet prefix is expected rather than \"" + host + "\".\nCannot parse dst/src address.", false);
        }
        return new HostCondition(address, prefix, portNumber);
    }

    private @Nullable Integer address(String name) {
        if (name.matches("[0-9.]+")) {
            OptionalInt numeric = Ipv4.parse(name);
            return numeric.isPresent() ? numeric.getAsInt() : null;
        }
        return switch (Resolver.lookup(self, name, false)) {
            case Resolver.Found found -> found.addresses().getFirst();
            case Resolver.NotFound none -> null;
        };
    }

    private int portNumber(String text) throws Failure {
        if (text.matches("[0-9]{1,5}")) {
            return Integer.parseInt(text);
        }
        Services services = Services.read(self);
        OptionalInt tcp = services.port(text, "tcp");
        OptionalInt port = tcp.isPresent() ? tcp : services.port(text, "udp");
        if (port.isEmpty()) {
            throw new Failure("Error: \"" + text + "\" does not look like a port.\nCannot parse dst/src address.", false);
        }
        return port.getAsInt();
    }
}
