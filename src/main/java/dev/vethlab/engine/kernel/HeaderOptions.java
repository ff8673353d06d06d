package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.Ipv4Options;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.sim.CalendarTime;

/** What this namespace writes into the options of packets' headers ({@code net/ipv4/ip_options.c}). */
final class HeaderOptions {
    private static final int SECONDS_PER_DAY = 86_400;

    private final NetworkNamespace namespace;

    HeaderOptions(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** The options of a packet that begins here, with {@code source} as its source address ({@code ip_options_build}). */
    Ipv4Options begun(Ipv4Options options, int source) {
        return options.isEmpty() ? options : options.visited(station(source, source), false);
    }

    /**
     * The packet with this machine's entries ({@code ip_rcv_options}, {@code ip_forward_options}). A route is recorded by the address it
     * goes on from, a time by the address that answers would go to.
     */
    Ipv4Packet received(Ipv4Packet ip, RouteResult.Found way) {
        if (ip.options().isEmpty()) {
            return ip;
        }
        int route = way.isLocal() ? ip.destination() : way.source();
        int stamp = way.isLocal() ? ip.destination()
                : namespace.routing().lookup(Flow.to(ip.source())) instanceof RouteResult.Found back ? back.source() : 0;
        return ip.withOptions(ip.options().visited(station(route, stamp), true));
    }

    private Ipv4Options.Station station(int route, int stamp) {
        long now = namespace.kernel().now();
        int millis = (int) (CalendarTime.seconds(now) % SECONDS_PER_DAY * 1000 + CalendarTime.nanos(now) / 1_000_000);
        return new Ipv4Options.Station(route, stamp, millis, namespace.routing()::isLocal);
    }
}
