package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import org.jspecify.annotations.Nullable;

/**
 * A route ({@code struct fib_alias} with its {@code fib_info}).
 *
 * @param device null for those that lead nowhere
 * @param gateway 0 if the destination is on the link
 * @param preferredSource 0 if none
 * @param protocol who made it: {@code kernel}, {@code boot}, {@code static} …
 * @param metric its priority: the lower wins
 * @param mtu 0 if the device's
 */
public record Route(
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
    /** A route that the kernel keeps for an address of a device. */
    public static Route ofKernel(RouteType type, int network, int prefixLength, NetDevice device, int source, Scope scope) {
        return new Route(type, network, prefixLength, 0, device, 0, source, scope, "kernel", 0, 0, false);
    }

    public Route withDevice(NetDevice device) {
        return new Route(type, network, prefixLength, tos, device, gateway, preferredSource, scope, protocol, metric, mtu, onLink);
    }

    public Route withMetric(int metric) {
        return new Route(type, network, prefixLength, tos, device, gateway, preferredSource, scope, protocol, metric, mtu, onLink);
    }

    public boolean matches(int address) {
        return Ipv4.inPrefix(address, network, prefixLength);
    }

    /** Whether the way out has no carrier ({@code RTNH_F_LINKDOWN}). */
    public boolean isLinkDown() {
        return device != null && device.isUp() && !device.isOperational() && scope != Scope.HOST;
    }

    /** Whether lookups pass it over for that ({@code ignore_routes_with_linkdown}). */
    public boolean isDead() {
        return isLinkDown() && device != null && device.settings().ignoresLinkdown();
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
        if (gateway != 0) {
            line.append(" via ").append(Ipv4.text(gateway));
        }
        if (device != null) {
            line.append(" dev ").append(device.name());
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
        if (mtu != 0) {
            line.append(" mtu ").append(mtu);
        }
        if (onLink) {
            line.append(" onlink");
        }
        if (isLinkDown()) {
            line.append(" linkdown");
        }
        return line.toString();
    }
}
