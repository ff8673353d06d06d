package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import org.jspecify.annotations.Nullable;

/**
 * One way that a route leads ({@code struct fib_nh}).
 *
 * @param device null only in a request, where the gateway is to tell it
 * @param gateway 0 if the destination is on the link
 * @param onLink the gateway is reached by the device, whatever the tables say
 * @param weight its share among the ways of its route, 1 to 256
 * @param dead its device went down or lost its addresses ({@code RTNH_F_DEAD}); only one of several ways can be that
 */
public record NextHop(@Nullable NetDevice device, int gateway, boolean onLink, int weight, boolean dead) {
    static final int MAX_WEIGHT = 256;

    public NextHop(@Nullable NetDevice device, int gateway, boolean onLink, int weight) {
        this(device, gateway, onLink, weight, false);
    }

    NextHop withDevice(NetDevice device) {
        return new NextHop(device, gateway, onLink, weight, dead);
    }

    NextHop withDead(boolean dead) {
        return new NextHop(device, gateway, onLink, weight, dead);
    }

    /** Whether its device has no carrier, as far as anybody has heard ({@code RTNH_F_LINKDOWN}). */
    public boolean isLinkDown() {
        return dead || (device != null && device.isUp() && !device.isOperational() && !device.hasCarrier());
    }

    /** Whether lookups pass it over: dead, or without a carrier where that counts ({@code ignore_routes_with_linkdown}). */
    public boolean isUnusable() {
        return dead || (isLinkDown() && device != null && device.settings().ignoresLinkdown());
    }

    /** {@code via 10.0.0.1 dev eth0}. */
    public String text() {
        return (gateway == 0 ? "" : "via " + Ipv4.text(gateway) + " ") + (device == null ? "" : "dev " + device.name());
    }
}
