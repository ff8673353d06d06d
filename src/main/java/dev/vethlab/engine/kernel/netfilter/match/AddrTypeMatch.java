package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.Ipv4;
import org.jspecify.annotations.Nullable;

/**
 * {@code -m addrtype}: what an address is to this machine, by its routing table ({@code xt_addrtype.c}).
 *
 * @param source bits of {@code 1 << RouteType.ordinal()}; 0 if not asked
 * @param destination likewise
 * @param limit whose device's addresses count as local ones; null if all
 */
public record AddrTypeMatch(int source, boolean notSource, int destination, boolean notDestination, @Nullable Limit limit)
        implements Match {
    /** {@code --limit-iface-in} and {@code --limit-iface-out}. */
    public enum Limit {
        IN,
        OUT
    }

    public static AddrTypeMatch destination(RouteType type) {
        return new AddrTypeMatch(0, false, 1 << type.ordinal(), false, null);
    }

    @Override
    public String name() {
        return "addrtype";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        NetDevice device = limit == null ? null : limit == Limit.IN ? at.in(packet) : at.out(packet);
        return (source == 0 || has(source, packet.ip().source(), device, at) != notSource)
                && (destination == 0 || has(destination, packet.ip().destination(), device, at) != notDestination);
    }

    /** {@code inet_dev_addr_type}: an address of another device is none of this one's. */
    private static boolean has(int types, int address, @Nullable NetDevice device, HookPoint at) {
        RouteType type = at.namespace().routing().addressType(address);
        if (device != null && type == RouteType.LOCAL && !isOn(device, address)) {
            type = RouteType.UNICAST;
        }
        return (types & 1 << type.ordinal()) != 0;
    }

    private static boolean isOn(NetDevice device, int address) {
        for (int i = 0; i < device.addresses().size(); i++) {
            if (device.addresses().get(i).address() == address) {
                return true;
            }
        }
        return device.isLoopback() && Ipv4.isLoopback(address);
    }

    @Override
    public boolean allowedAt(Hook hook) {
        boolean noOut = hook == Hook.PREROUTING || hook == Hook.INPUT;
        boolean noIn = hook == Hook.POSTROUTING || hook == Hook.OUTPUT;
        return limit == null || (limit == Limit.IN ? !noIn : !noOut);
    }

    @Override
    public void save(StringBuilder out) {
        if (source != 0) {
            out.append(notSource ? " ! --src-type " : " --src-type ").append(names(source));
        }
        if (destination != 0) {
            out.append(notDestination ? " ! --dst-type " : " --dst-type ").append(names(destination));
        }
        if (limit != null) {
            out.append(limit == Limit.IN ? " --limit-iface-in" : " --limit-iface-out");
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" ADDRTYPE match");
        if (source != 0) {
            out.append(" src-type ").append(notSource ? "!" : "").append(names(source));
        }
        if (destination != 0) {
            out.append(" dst-type ").append(notDestination ? "!" : "").append(names(destination));
        }
        if (limit != null) {
            out.append(limit == Limit.IN ? " limit-in" : " limit-out");
        }
    }

    private static String names(int types) {
        var out = new StringBuilder();
        for (RouteType type : RouteType.values()) {
            if ((types & 1 << type.ordinal()) != 0) {
                out.append(out.isEmpty() ? "" : ",").append(type.name());
            }
        }
        return out.toString();
    }

    @Override
    public String was(PacketView seen) {
        int address = source != 0 ? seen.ip().source() : seen.ip().destination();
        return Ipv4.text(address) + ", " + seen.at().namespace().routing().addressType(address);
    }
}
