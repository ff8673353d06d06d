package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.Ipv4;
import org.jspecify.annotations.Nullable;

/** {@code -m iprange}: addresses from one to another, both included. */
public record IpRangeMatch(@Nullable Range source, @Nullable Range destination) implements Match {
    /** Addresses in order. */
    public record Range(int low, int high, boolean inverted) {
        private boolean matches(int address) {
            boolean within = Integer.compareUnsigned(address, low) >= 0 && Integer.compareUnsigned(address, high) <= 0;
            return within != inverted;
        }

        private String text() {
            return Ipv4.text(low) + "-" + Ipv4.text(high);
        }
    }

    @Override
    public String name() {
        return "iprange";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return (source == null || source.matches(packet.ip().source()))
                && (destination == null || destination.matches(packet.ip().destination()));
    }

    @Override
    public void save(StringBuilder out) {
        if (source != null) {
            out.append(source.inverted ? " ! --src-range " : " --src-range ").append(source.text());
        }
        if (destination != null) {
            out.append(destination.inverted ? " ! --dst-range " : " --dst-range ").append(destination.text());
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        if (source != null) {
            out.append(source.inverted ? " source IP range ! " : " source IP range ").append(source.text());
        }
        if (destination != null) {
            out.append(destination.inverted ? " destination IP range ! " : " destination IP range ").append(destination.text());
        }
    }

    @Override
    public String was(PacketView seen) {
        return Ipv4.text(seen.ip().source()) + " to " + Ipv4.text(seen.ip().destination());
    }
}
