package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Mac;

/** {@code -m mac}: the sender's hardware address; only where a packet came in by a device. */
public record MacMatch(long source, boolean inverted) implements Match {
    @Override
    public String name() {
        return "mac";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        EthernetFrame frame = packet.frame();
        NetDevice in = at.in(packet);
        return frame != null && in != null && !in.isLoopback() && (frame.source() == source) != inverted;
    }

    @Override
    public boolean allowedAt(Hook hook) {
        return hook == Hook.PREROUTING || hook == Hook.INPUT || hook == Hook.FORWARD;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --mac-source " : " --mac-source ").append(Mac.text(source));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(inverted ? " MAC ! " : " MAC ").append(Mac.text(source));
    }

    @Override
    public String was(PacketView seen) {
        return "another";
    }
}
