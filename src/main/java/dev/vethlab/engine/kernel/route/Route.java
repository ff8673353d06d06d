package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A route ({@code struct fib_alias} with its {@code fib_info}).
 *
 * @param nextHops the ways it leads; none for those that lead nowhere, more than one for a multipath route
 * @param preferredSource 0 if none
 * @param protocol who made it: {@code kernel}, {@code boot}, {@code static} …
 * @param metric its priority: the lower wins
 * @param metrics what it says of the packets that take it
 */
public record Route(
        RouteType type,
        int network,
        int prefixLength,
        int tos,
        List<NextHop> nextHops,
        int preferredSource,
        Scope scope,
        String protocol,
        int metric,
        RouteMetrics metrics) {
    /** A route with one way, or with none if neither device nor gateway is given. */
    public Route(
            RouteType type,
            int network,
            int prefixLength,
            int tos,
            @Nullable NetDevice device,
            int gateway,
            int preferredSource,
            Scope scope,
            String protocol,
            int metric,
            int mtu,
            boolean onLink) {
        this(type, network, prefixLength, tos,
                device == null && gateway == 0 ? List.of() : List.of(new NextHop(device, gateway, onLink, 1)), preferredSource, scope,
                protocol, metric, RouteMetrics.ofMtu(mtu));
    }

    /** 0 if the device's. */
    public int mtu() {
        return metrics.get(RouteMetrics.Kind.MTU);
    }

    /** A route that the kernel keeps for an address of a device. */
    public static Route ofKernel(RouteType type, int network, int prefixLength, NetDevice device, int source, Scope scope) {
        return new Route(type, network, prefixLength, 0, device, 0, source, scope, "kernel", 0, 0, false);
    }

    Route withNextHops(List<NextHop> ways) {
        return new Route(type, network, prefixLength, tos, ways, preferredSource, scope, protocol, metric, metrics);
    }

    public Route withMetric(int metric) {
        return new Route(type, network, prefixLength, tos, nextHops, preferredSource, scope, protocol, metric, metrics);
    }

    /** Its ways changed by {@code change}. */
    Route withEach(UnaryOperator<NextHop> change) {
        return withNextHops(nextHops.stream().map(change).toList());
    }

    // ---- the first way, which is the only one of most routes ----

    /** The way out; null for routes that lead nowhere. */
    public @Nullable NetDevice device() {
        return nextHops.isEmpty() ? null : nextHops.getFirst().device();
    }

    /** 0 if the destination is on the link. */
    public int gateway() {
        return nextHops.isEmpty() ? 0 : nextHops.getFirst().gateway();
    }

    public boolean onLink() {
        return !nextHops.isEmpty() && nextHops.getFirst().onLink();
    }

    public boolean isMultipath() {
        return nextHops.size() > 1;
    }

    /** Whether one of its ways leads by this device. */
    public boolean leadsBy(NetDevice device) {
        for (NextHop way : nextHops) {
            if (way.device() == device) {
                return true;
            }
        }
        return false;
    }

    /** The first way that can be taken, by {@code out} if that is given; null if there is none ({@code fib_lookup_good_nhc}). */
    @Nullable NextHop usable(@Nullable NetDevice out) {
        for (NextHop way : nextHops) {
            boolean unusable = way.isUnusable() && scope != Scope.HOST;
            if (!unusable && (out == null || way.device() == out)) {
                return way;
            }
        }
        return null;
    }

    boolean isUsableBy(@Nullable NetDevice out) {
        return nextHops.isEmpty() ? out == null : usable(out) != null;
    }

    /**
     * The way of a flow through a multipath route ({@code fib_select_multipath}): each way has a share of the hash's range by its weight;
     * a way from whose device the flow's source comes is preferred.
     *
     * @param sourceOf the address that this machine sends from by a way
     */
    NextHop select(int hash, int source, ToIntFunction<NextHop> sourceOf) {
        long total = nextHops.stream().filter(way -> !way.isUnusable()).mapToInt(NextHop::weight).sum();
        NextHop best = nextHops.getFirst();
        int bestScore = 0;
        long sum = 0;
        for (NextHop way : nextHops) {
            if (way.isUnusable()) {
                continue;
            }
            sum += way.weight();
            long upper = ((sum << 31) + total / 2) / total - 1;
            int score = (source != 0 && sourceOf.applyAsInt(way) == source ? 2 : 0) + (hash <= upper ? 1 : 0);
            if (score > bestScore) {
                best = way;
                bestScore = score;
            }
        }
        return best;
    }

    public boolean matches(int address) {
        return Ipv4.inPrefix(address, network, prefixLength);
    }

    /** Whether the only way out has no carrier ({@code RTNH_F_LINKDOWN}). */
    public boolean isLinkDown() {
        return nextHops.size() == 1 && scope != Scope.HOST && nextHops.getFirst().isLinkDown();
    }

    /** Whether lookups pass it over for that ({@code ignore_routes_with_linkdown}). */
    public boolean isDead() {
        return nextHops.size() == 1 && usable(null) == null;
    }

    /** {@code default}, {@code 10.0.0.1} or {@code 10.0.0.0/24}, as {@code ip route} prints it. */
    public String destination() {
        if (prefixLength == 0) {
            return "default";
        }
        return Ipv4.text(network) + (prefixLength == 32 ? "" : "/" + prefixLength);
    }

    /** The line of {@code ip route}, without its trailing blank. */
    public String text() {
        var line = new StringBuilder();
        if (type != RouteType.UNICAST) {
            line.append(type.text()).append(' ');
        }
        line.append(destination());
        if (tos != 0) {
            line.append(String.format(" tos 0x%02x", tos));
        }
        if (nextHops.size() == 1) {
            line.append(' ').append(nextHops.getFirst().text());
        }
        if (!protocol.equals("boot")) {
            line.append(" proto ").append(protocol);
        }
        if (scope != Scope.GLOBAL) {
            line.append(" scope ").append(scope.text());
        }
        if (preferredSource != 0) {
            line.append(" src ").append(Ipv4.text(preferredSource));
        }
        if (metric != 0) {
            line.append(" metric ").append(metric);
        }
        if (mtu() != 0) {
            line.append(" mtu ").append(mtu());
        }
        if (nextHops.size() == 1 && onLink()) {
            line.append(" onlink");
        }
        if (isLinkDown()) {
            line.append(" linkdown");
        }
        if (isMultipath()) {
            nextHops.forEach(way -> line.append(" nexthop ").append(way.text()).append(" weight ").append(way.weight()));
        }
        return line.toString();
    }
}
