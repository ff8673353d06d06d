package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import org.jspecify.annotations.Nullable;

/** One end of a virtual Ethernet pair: what goes in here comes out there ({@code drivers/net/veth.c}). */
public final class Veth extends NetDevice {
    private static final int MTU = 1500;
    private static final int SPEED = 10_000;
    private static final long LATENCY = 8_000;

    private @Nullable Veth peer;

    public Veth(NetworkNamespace namespace, String name, long mac) {
        super(namespace, name, mac, MTU);
    }

    /** Makes two ends a pair. */
    static void join(Veth one, Veth other) {
        one.peer = other;
        other.peer = one;
    }

    /** Neither has a peer any more: they are about to go ({@code veth_dellink}). */
    void part() {
        if (peer != null) {
            peer.peer = null;
            peer = null;
        }
    }

    @Override
    public String kind() {
        return "veth";
    }

    @Override
    public @Nullable Veth peer() {
        return peer;
    }

    @Override
    public boolean hasCarrier() {
        return isUp() && peer != null && peer.isUp();
    }

    @Override
    public int speed() {
        return SPEED;
    }

    /** As many as the machine has processors. */
    @Override
    public int queues() {
        return 2;
    }

    @Override
    public int maxSegment() {
        return MAX_SEGMENT;
    }

    @Override
    protected void transmit(PacketBuffer packet, EthernetFrame frame) {
        Veth to = peer;
        if (to == null || !to.isUp()) {
            drop(packet, Stage.DEVICE_TX, DropReason.DEV_READY, () -> to == null
                    ? "another end of " + name()
                    : "its other end up: ip link set " + to.name() + " up");
            return;
        }
        report(packet, Stage.DEVICE_TX, new Decision.Because(() -> "into the veth pair, whose other end is " + to.name()), Outcome.CONTINUES);
        if (!to.takes(frame)) {
            to.refuseTooLong(this, packet, frame);
            return;
        }
        // __skb_scrub_packet: nothing that this namespace noted about the packet goes along
        PacketBuffer there = PacketBuffer.ofFrame(packet.id(), frame);
        kernel().simulation().schedule(LATENCY, () ->
                to.receive(there, frame, Stage.VETH_PEER, new Decision.Because(() -> "out of the veth pair, whose other end is " + name())));
    }
}
