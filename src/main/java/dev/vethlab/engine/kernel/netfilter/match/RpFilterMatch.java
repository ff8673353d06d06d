package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;

/**
 * {@code -m rpfilter}: whether an answer would leave by the device that the packet came by ({@code ipt_rpfilter.c}).
 *
 * @param loose by any device
 * @param validMark the answer would have the packet's mark
 * @param acceptLocal also from this machine's own addresses
 */
public record RpFilterMatch(boolean loose, boolean validMark, boolean acceptLocal, boolean inverted) implements Match {
    @Override
    public String name() {
        return "rpfilter";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return passes(packet, at) != inverted;
    }

    private boolean passes(PacketBuffer packet, HookPoint at) {
        Ipv4Packet ip = packet.ip();
        if (packet.in == null || packet.in.isLoopback()) {
            return true;
        }
        if (Ipv4.isZeroNet(ip.source()) && (ip.destination() == Ipv4.BROADCAST || Ipv4.isMulticast(ip.destination()))) {
            return true;
        }
        var back = new Flow(ip.source(), 0, null, null, validMark ? packet.mark : 0, ip.tos());
        if (!(at.namespace().routing().lookup(back) instanceof RouteResult.Found found)) {
            return false;
        }
        boolean usable = found.type() == RouteType.UNICAST || (found.type() == RouteType.LOCAL && acceptLocal);
        return usable && (loose || found.leadsBy(packet.in));
    }

    @Override
    public boolean allowedAt(Hook hook) {
        return hook == Hook.PREROUTING;
    }

    private String options(String dashes) {
        return (loose ? " " + dashes + "loose" : "") + (validMark ? " " + dashes + "validmark" : "")
                + (acceptLocal ? " " + dashes + "accept-local" : "") + (inverted ? " " + dashes + "invert" : "");
    }

    @Override
    public void save(StringBuilder out) {
        out.append(options("--"));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" rpfilter").append(options(""));
    }

    @Override
    public String was(PacketView seen) {
        return "from " + Ipv4.text(seen.ip().source());
    }
}
