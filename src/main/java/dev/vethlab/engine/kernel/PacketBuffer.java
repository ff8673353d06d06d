package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.CtInfo;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Payload;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A packet on its way through the kernel ({@code struct sk_buff}): an immutable payload, and what the kernel notes about it. */
public final class PacketBuffer {
    private final long id;
    private Payload payload;
    private @Nullable EthernetFrame frame;

    /** The device it came in by ({@code skb_iif}); null for what was made here. */
    public @Nullable NetDevice in;

    /** The device it is to leave by, once routed. */
    public @Nullable NetDevice out;

    /** The bridge port it came in by, for {@code -m physdev}. */
    public @Nullable NetDevice physicalIn;

    /** The bridge port it is to leave by. */
    public @Nullable NetDevice physicalOut;

    /** Whether a bridge's port brought it and the tables saw it there ({@code skb->nf_bridge}): PREROUTING is behind it. */
    public boolean bridged;

    /**
     * Set while the neighbour is looked for to whom DNAT on a bridge sent the packet: goes on with the neighbour's MAC address, in the
     * place of sending ({@code nf_bridge->bridged_dnat}).
     */
    public @Nullable LongConsumer bridgedDnat;

    /** The routing decision ({@code skb_dst}). */
    public @Nullable RouteResult route;

    /** The tracked connection; null and {@link CtInfo#NONE} before tracking and when it is invalid. */
    public @Nullable ConntrackEntry connection;

    public CtInfo ctInfo = CtInfo.NONE;

    /** What it came in, if it was put together from fragments. */
    public @Nullable Pieces pieces;

    /** {@code -j MARK}. */
    public int mark;

    /** {@code -j TRACE}: which rules it matches is told ({@code skb->nf_trace}). */
    public boolean traced;

    /** Whether the device that it was to leave by did not take it ({@code NET_XMIT_DROP}). */
    public boolean refused;

    /** The socket that sent it, for {@code -m owner}; null when forwarded. */
    public @Nullable Socket owner;

    /** @param id its number in the trace */
    public PacketBuffer(long id, Payload payload) {
        this.id = id;
        this.payload = payload;
    }

    public static PacketBuffer ofFrame(long id, EthernetFrame frame) {
        var buffer = new PacketBuffer(id, frame.payload());
        buffer.frame = frame;
        return buffer;
    }

    public long id() {
        return id;
    }

    public Payload payload() {
        return payload;
    }

    /** The payload as the IPv4 packet that it is on the IPv4 path. */
    public Ipv4Packet ip() {
        return (Ipv4Packet) payload;
    }

    /** Rewrites the packet. */
    public void setIp(Ipv4Packet packet) {
        payload = packet;
    }

    /** Makes the checksum that was left to a device which does not make it ({@code skb_checksum_help}). */
    public void completeChecksum() {
        if (payload instanceof Ipv4Packet ip && ip.withChecksum() != ip) {
            payload = ip.withChecksum();
            frame = frame == null ? null : frame.withPayload(payload);
        }
    }

    /** The frame it came in or leaves in; null between routing and the neighbour table for what was made here. */
    public @Nullable EthernetFrame frame() {
        return frame;
    }

    public void setFrame(@Nullable EthernetFrame frame) {
        this.frame = frame;
    }
}
