package dev.vethlab.engine.kernel.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One routing table, in the order of {@code ip route}: by network, the longer prefix first, then the lower metric. */
public final class RoutingTable {
    public static final int LOCAL = 255;
    public static final int MAIN = 254;
    public static final int DEFAULT = 253;

    private static final Comparator<Route> ORDER = Comparator.<Route>comparingLong(r -> Integer.toUnsignedLong(r.network()))
            .thenComparing(Comparator.comparingInt(Route::prefixLength).reversed())
            .thenComparing(Comparator.comparingInt(Route::tos).reversed())
            .thenComparing(r -> Integer.toUnsignedLong(r.metric()));

    private final int id;
    private final List<Route> routes = new ArrayList<>();

    RoutingTable(int id) {
        this.id = id;
    }

    public int id() {
        return id;
    }

    /** {@code local}, {@code main}, {@code default} or the number. */
    public String name() {
        return switch (id) {
            case LOCAL -> "local";
            case MAIN -> "main";
            case DEFAULT -> "default";
            default -> Integer.toString(id);
        };
    }

    public List<Route> routes() {
        return Collections.unmodifiableList(routes);
    }

    /** Puts it after its equals, or before them if {@code first} ({@code ip route prepend}; the kernel's default is first). */
    void add(Route route, boolean first) {
        int at = 0;
        while (at < routes.size() && (first ? ORDER.compare(routes.get(at), route) < 0 : ORDER.compare(routes.get(at), route) <= 0)) {
            at++;
        }
        routes.add(at, route);
    }

    boolean remove(Route route) {
        return routes.remove(route);
    }

    void replace(Route old, Route by) {
        routes.set(routes.indexOf(old), by);
    }

    boolean removeIf(Predicate<Route> condition) {
        return routes.removeIf(condition);
    }

    void replaceAll(UnaryOperator<Route> change) {
        routes.replaceAll(change);
    }

    /** The route for this destination: the longest prefix, then the lowest metric ({@code fib_table_lookup}); null if none. */
    @Nullable Route lookup(Flow flow, Reach reach) {
        Route best = null;
        for (Route route : routes) {
            boolean usable = route.matches(flow.destination())
                    && (route.tos() == 0 || route.tos() == flow.tos())
                    && route.scope().number() >= reach.farthest().number()
                    && (reach.anyLink() || route.isUsableBy(flow.out()))
                    && (flow.out() == null || route.leadsBy(flow.out()));
            if (usable && (best == null || route.prefixLength() > best.prefixLength())) {
                best = route;
            }
        }
        return best;
    }
}
