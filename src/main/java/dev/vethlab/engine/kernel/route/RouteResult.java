package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.device.NetDevice;
import org.jspecify.annotations.Nullable;

/** What a routing decision came to. */
public sealed interface RouteResult {
    /** The route that decided; null if there was none. */
    @Nullable Route route();

    /**
     * It can go on.
     *
     * @param type unicast, local, broadcast or multicast
     * @param device the way out; {@code lo} for this machine's own addresses on output
     * @param nextHop whom to ask the neighbour table for: the gateway, or the destination itself
     * @param source the address to send from if none is chosen yet
     * @param table the table's name
     */
    record Found(RouteType type, NetDevice device, int nextHop, int source, int mtu, @Nullable Route route, String table)
            implements RouteResult {
        public boolean isLocal() {
            return type == RouteType.LOCAL;
        }

        /** What its route says of packets. */
        public RouteMetrics metrics() {
            return route == null ? RouteMetrics.NONE : route.metrics();
        }

        /** Whether packets may ask not to be cut: not if the route says itself how long they are ({@code ip_dont_fragment}). */
        public boolean discoversMtu() {
            return !metrics().isLocked(RouteMetrics.Kind.MTU);
        }

        /** Whether the route, of several ways perhaps, leads by this device, too ({@code fib_info_nh_uses_dev}). */
        public boolean leadsBy(NetDevice other) {
            return device == other || (route != null && route.leadsBy(other));
        }
    }

    /** It cannot: no route, or one that says so. */
    record Failed(Errno error, @Nullable Route route) implements RouteResult {}
}
