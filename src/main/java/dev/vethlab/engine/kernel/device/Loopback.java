package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;

/** {@code lo}: what is sent comes back, with its conntrack reference and mark ({@code drivers/net/loopback.c}). */
public final class Loopback extends NetDevice {
    private static final int MTU = 65536;
    private static final long LATENCY = 10_000;

    public Loopback(NetworkNamespace namespace) {
        super(namespace, "lo", Mac.ZERO, MTU);
    }

    @Override
    public String kind() {
        return "";
    }

    @Override
    public boolean isLoopback() {
        return true;
    }

    @Override
    public int minMtu() {
        return 0;
    }

    @Override
    public int maxMtu() {
        return 0;
    }

    @Override
    public boolean hasCarrier() {
        return true;
    }

    /** Its carrier never changes, so nobody ever looked: {@code UNKNOWN}. */
    @Override
    void refreshOperState() {}

    /** {@code loopback_xmit} counts what is left after {@code eth_type_trans}. */
    @Override
    protected int countedLength(EthernetFrame frame) {
        return frame.payload().length();
    }

    @Override
    public int maxSegment() {
        return MAX_SEGMENT;
    }

    @Override
    protected void transmit(PacketBuffer packet, EthernetFrame frame) {
        report(packet, Stage.DEVICE_TX, NOTHING, Outcome.CONTINUES);
        kernel().simulation().schedule(LATENCY, () -> {
            packet.out = null;
            packet.owner = null;
            packet.route = null;
            receive(packet, frame, Stage.DEVICE_RX, NOTHING);
        });
    }
}
