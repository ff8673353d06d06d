package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.command.ip.Arguments.Prefix;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;
import org.jspecify.annotations.Nullable;

/** Which routes {@code ip route show} and {@code flush} mean ({@code iproute_list_flush_or_save}, {@code filter_nlmsg}). */
final class RouteFilter {
    /** The table asked for; 0 for all. */
    int table = RoutingTable.MAIN;

    boolean cache;
    @Nullable NetDevice device;
    @Nullable String protocol;
    @Nullable Scope scope;
    @Nullable Prefix source;
    private @Nullable RouteType type;
    private @Nullable Prefix root;
    private @Nullable Prefix match;
    private @Nullable Prefix via;
    private int tos = -1;
    private long metric = -1;

    void parse(IpCall call) {
        Arguments arguments = call.arguments();
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (matches(word, "table")) {
                table(call, arguments.next());
            } else if (matches(word, "cached") || matches(word, "cloned")) {
                cache = true;
            } else if (word.equals("tos") || matches(word, "dsfield")) {
                tos = RouteWords.tos(arguments.next());
            } else if (matches(word, "protocol")) {
                protocol(arguments.next());
            } else if (matches(word, "scope")) {
                scope(arguments.next());
            } else if (matches(word, "type")) {
                String value = arguments.next();
                type = RouteNames.type(value);
                if (type == null) {
                    throw IpFailure.invalid(value, "node type value is invalid\n");
                }
            } else if (word.equals("dev") || word.equals("oif") || word.equals("iif")) {
                NetDevice found = call.device(arguments.next());
                device = word.equals("iif") ? device : found;
            } else if (word.equals("via")) {
                via = arguments.prefix();
            } else if (word.equals("src")) {
                source = arguments.prefix();
            } else if (matchesAny(word, "metric", "priority", "preference")) {
                metric = arguments.unsigned("\"metric\" value is invalid\n");
            } else if (word.equals("from") || word.equals("realms") || word.equals("vrf") || word.equals("nhid") || word.equals("mark")) {
                throw new Arguments.NotEmulated("ip route show " + word + " is not emulated");
            } else {
                destination(word, arguments);
            }
        }
    }

    private void table(IpCall call, String value) {
        if (value.equals("cache")) {
            cache = true;
        } else if (value.equals("all")) {
            table = 0;
        } else {
            table = RouteNames.table(call.self(), value).orElseThrow(() -> IpFailure.invalid(value, "table id value is invalid\n"));
        }
    }

    private void protocol(String value) {
        if (value.equals("all")) {
            return;
        }
        protocol = RouteNames.protocol(value);
        if (protocol == null) {
            throw IpFailure.invalid(value, "invalid \"protocol\"\n");
        }
    }

    private void scope(String value) {
        if (value.equals("all")) {
            return;
        }
        scope = RouteNames.scope(value);
        if (scope == null) {
            throw IpFailure.invalid(value, "invalid \"scope\"\n");
        }
    }

    private void destination(String word, Arguments arguments) {
        String value = word.equals("to") ? arguments.next() : word;
        if (matches(value, "root")) {
            root = arguments.prefix();
        } else if (matches(value, "match")) {
            match = arguments.prefix();
        } else {
            if (value.equals("exact")) {
                value = arguments.next();
            } else if (matches(value, "help")) {
                throw new IpFailure(255, Usage.ROUTE);
            }
            Prefix exact = Arguments.prefix(value);
            root = exact;
            match = exact;
        }
    }

    /** {@code via} with a whole address: the gateway is known and not printed ({@code filter.rvia.bitlen}). */
    boolean namesMetric() {
        return metric >= 0;
    }

    boolean namesOneGateway() {
        return via != null && via.length() == 32;
    }

    boolean passes(Route route) {
        return (device == null || route.leadsBy(device))
                && (protocol == null || route.protocol().equals(protocol))
                && (scope == null || route.scope() == scope)
                && (type == null || route.type() == type)
                && (tos < 0 || route.tos() == tos)
                && (metric < 0 || Integer.toUnsignedLong(route.metric()) == metric)
                && (via == null || !route.isMultipath() && route.gateway() != 0
                        && Ipv4.inPrefix(route.gateway(), via.address(), via.length()))
                && (source == null || route.preferredSource() != 0
                        && Ipv4.inPrefix(route.preferredSource(), source.address(), source.length()))
                && (root == null || root.length() <= route.prefixLength() && Ipv4.inPrefix(route.network(), root.address(), root.length()))
                && (match == null || match.length() >= route.prefixLength()
                        && Ipv4.inPrefix(match.address(), route.network(), route.prefixLength()));
    }
}
