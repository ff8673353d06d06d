package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.command.ip.Arguments.Prefix;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.NextHop;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A route described in words, for {@code add}, {@code del} and their like ({@code iproute_modify}). */
final class RouteWords {
    private final IpCall call;
    private final Arguments arguments;
    private final boolean deleting;
    private @Nullable Prefix destination;
    private @Nullable RouteType type;
    private @Nullable Scope scope;
    private @Nullable String protocol;
    private int tableGiven;
    private int gateway;
    private boolean gatewayNamed;
    private int source;
    private int tos;
    private int metric;
    private final MetricWords metrics;
    private boolean onLink;
    private final List<NextHop> nextHops = new ArrayList<>();
    private @Nullable NetDevice device;
    private @Nullable String deviceName;

    RouteWords(IpCall call, boolean deleting) {
        this.call = call;
        this.arguments = call.arguments();
        this.deleting = deleting;
        this.metrics = new MetricWords(call);
    }

    void parse() {
        while (arguments.hasNext()) {
            parse(arguments.next());
        }
        if (destination == null) {
            throw new IpFailure(255, Usage.ROUTE);
        }
        if (deviceName != null) {
            device = call.device(deviceName);
        }
    }

    private void parse(String word) {
        switch (word) {
            case "src" -> source = arguments.address(destination != null ? Arguments.Words.INET_ADDRESS : Arguments.Words.ANY_ADDRESS);
            case "via" -> via();
            case "tos" -> tos = tos(arguments.next());
            case "scope" -> {
                String value = arguments.next();
                scope = RouteNames.scope(value);
                if (scope == null) {
                    throw IpFailure.invalid(value, "invalid \"scope\" value\n");
                }
            }
            case "onlink" -> onLink = true;
            case "dev", "oif" -> deviceName = arguments.next();
            case "nexthop" -> nextHops();
            case "as", "encap", "realms", "pervasive", "vrf", "pref", "ttl-propagate",
                    "fastopen_no_cookie", "nhid", "expires", "weight" ->
                    throw new Arguments.NotEmulated("ip route … " + word + " is not emulated");
            default -> {
                if (!metrics.take(word)) {
                    other(word);
                }
            }
        }
    }

    private void other(String word) {
        if (matches(word, "dsfield")) {
            tos = tos(arguments.next());
        } else if (matchesAny(word, "metric", "priority", "preference")) {
            metric = (int) arguments.unsigned("\"metric\" value is invalid\n");
        } else if (matches(word, "protocol")) {
            String value = arguments.next();
            protocol = RouteNames.protocol(value);
            if (protocol == null) {
                throw IpFailure.invalid(value, "\"protocol\" value is invalid\n");
            }
        } else if (matches(word, "table")) {
            String value = arguments.next();
            tableGiven = RouteNames.table(call.self(), value).orElseThrow(() -> IpFailure.invalid(value, "\"table\" value is invalid\n"));
        } else {
            destination(word);
        }
    }

    /** All that is left are next hops ({@code parse_nexthops}); the first {@code nexthop} is taken already. */
    private void nextHops() {
        String word = "nexthop";
        while (true) {
            if (!word.equals("nexthop")) {
                throw new IpFailure(255, "Error: \"nexthop\" or end of line is expected instead of \"" + word + "\"");
            }
            if (!arguments.hasNext()) {
                throw new IpFailure(255, "Error: unexpected end of line after \"nexthop\"");
            }
            nextHops.add(nextHop());
            if (!arguments.hasNext()) {
                return;
            }
            word = arguments.next();
        }
    }

    /** {@code parse_one_nh}. */
    private NextHop nextHop() {
        int by = 0;
        int weight = 1;
        boolean onTheLink = false;
        NetDevice out = null;
        while (arguments.hasNext()) {
            if (arguments.take("via")) {
                arguments.take("inet");
                by = arguments.address(Arguments.Words.INET_ADDRESS);
            } else if (arguments.take("dev")) {
                String name = arguments.next();
                out = call.network().devices().find(name);
                if (out == null) {
                    throw new IpFailure(255, "Cannot find device \"" + name + "\"\nError: cannot parse nexthop");
                }
            } else if (arguments.take("weight")) {
                String value = arguments.next();
                weight = (int) Arguments.number(value, 256).orElse(0);
                if (weight == 0) {
                    throw IpFailure.invalid(value, "\"weight\" is invalid\n");
                }
            } else if (arguments.take("onlink")) {
                onTheLink = true;
            } else if (arguments.peek().equals("encap") || arguments.peek().equals("as") || matches(arguments.peek(), "realms")) {
                throw new Arguments.NotEmulated("ip route … nexthop … " + arguments.peek() + " is not emulated");
            } else {
                break;
            }
        }
        return new NextHop(out, by, onTheLink, weight);
    }

    private void via() {
        if (gateway != 0) {
            throw IpFailure.invalid("via", "use nexthop syntax to specify multiple via\n");
        }
        if (arguments.hasNext() && arguments.peek().equals("inet6")) {
            throw new Arguments.NotEmulated("IPv6 gateways are not emulated");
        }
        arguments.take("inet");
        gateway = arguments.address(Arguments.Words.INET_ADDRESS);
        gatewayNamed = true;
    }

    private void destination(String word) {
        String value = word.equals("to") ? arguments.next() : word;
        RouteType named = RouteNames.type(value);
        if (named == null && (value.equals("nat") || matches(value, "anycast") || value.equals("xresolve"))) {
            type = null;
            value = arguments.next();
            destination = Arguments.prefix(value);
            if (word.equals("nat")) {
                throw IpFailure.of(new KernelException(Errno.EINVAL, "Invalid scope"));
            }
            throw new Arguments.NotEmulated("ip route … " + word + " is not emulated");
        }
        if (named != null) {
            type = named;
            value = arguments.next();
        }
        if (matches(value, "help")) {
            throw new IpFailure(255, Usage.ROUTE);
        }
        if (destination != null) {
            throw IpFailure.garbage("to", value);
        }
        destination = Arguments.prefix(value);
    }

    /** A TOS by number; its two lowest bits belong to ECN. */
    static int tos(String value) {
        String digits = value.startsWith("0x") ? value.substring(2) : value;
        try {
            int number = Integer.parseInt(digits, 16);
            if (number <= 255) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the message
        }
        throw IpFailure.invalid(value, "\"tos\" value is invalid\n");
    }

    // ---- what they mean ----

    private RouteType type() {
        return type == null ? RouteType.UNICAST : type;
    }

    int table() {
        if (tableGiven != 0) {
            return tableGiven;
        }
        return switch (type()) {
            case LOCAL, BROADCAST -> RoutingTable.LOCAL;
            case UNICAST, MULTICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> RoutingTable.MAIN;
        };
    }

    private Prefix destination() {
        return java.util.Objects.requireNonNull(destination);
    }

    boolean ecnBitsSet() {
        return (tos & 3) != 0;
    }

    /** @throws KernelException EINVAL for a congestion control that there is not */
    Route route() throws KernelException {
        metrics.check();
        Scope nearest = switch (type()) {
            case LOCAL -> Scope.HOST;
            case BROADCAST, MULTICAST -> Scope.LINK;
            case UNICAST -> !gatewayNamed && nextHops.isEmpty() ? Scope.LINK : Scope.GLOBAL;
            case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> Scope.GLOBAL;
        };
        Scope far = scope != null ? scope : nearest;
        String maker = protocol != null ? protocol : "boot";
        List<NextHop> single = device == null && gateway == 0 ? List.of() : List.of(new NextHop(device, gateway, onLink, 1));
        return new Route(type(), destination().address(), destination().length(), tos, nextHops.isEmpty() ? single : List.copyOf(nextHops),
                source, far, maker, metric, metrics.metrics());
    }

    /** Whether a route is what {@code del} describes; what was not said may be anything ({@code fib_table_delete}). */
    boolean describes(Route route) {
        return route.network() == (destination().address() & Ipv4.mask(destination().length()))
                && route.prefixLength() == destination().length()
                && route.tos() == tos
                && (type == null || route.type() == type)
                && (scope == null || route.scope() == scope)
                && (protocol == null || route.protocol().equals(protocol))
                && (metric == 0 || route.metric() == metric)
                && (source == 0 || route.preferredSource() == source)
                && (gateway == 0 || route.gateway() == gateway)
                && (device == null || route.device() == device)
                && route.metrics().agreesWith(metrics.metrics())
                && describesWays(route.nextHops())
                && deleting;
    }

    /** Each way of the route must be among those named, in that order ({@code fib_nh_match}). */
    private boolean describesWays(List<NextHop> ways) {
        if (nextHops.isEmpty()) {
            return true;
        }
        for (int i = 0; i < ways.size(); i++) {
            NextHop wanted = i < nextHops.size() ? nextHops.get(i) : null;
            NextHop way = ways.get(i);
            boolean same = wanted != null && (wanted.device() == null || wanted.device() == way.device())
                    && (wanted.gateway() == 0 || wanted.gateway() == way.gateway());
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
