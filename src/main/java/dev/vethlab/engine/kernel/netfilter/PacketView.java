package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.CtInfo;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4Packet;
import org.jspecify.annotations.Nullable;

/** What a rule saw of a packet: kept with the walk, so that it can be said later why a rule did not match. */
public record PacketView(
        HookPoint at,
        Ipv4Packet ip,
        @Nullable NetDevice in,
        @Nullable NetDevice out,
        int mark,
        @Nullable ConntrackEntry connection,
        CtInfo ctInfo) {
    static PacketView of(PacketBuffer packet, HookPoint at) {
        return new PacketView(at, packet.ip(), at.in(packet), at.out(packet), packet.mark, packet.connection, packet.ctInfo);
    }

    static String name(@Nullable NetDevice device) {
        return device == null ? "no device" : device.name();
    }
}
