package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;

/** A device that swallows what it is given ({@code drivers/net/dummy.c}). */
public final class Dummy extends NetDevice {
    private static final int MTU = 1500;

    public Dummy(NetworkNamespace namespace, String name, long mac) {
        super(namespace, name, mac, MTU);
        set(LinkFlag.NOARP, true);
        set(LinkFlag.MULTICAST, false);
    }

    @Override
    public String kind() {
        return "dummy";
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

    @Override
    protected void transmit(PacketBuffer packet, EthernetFrame frame) {
        report(packet, Stage.DEVICE_TX, new Decision.Because("a dummy device swallows what it is given"), Outcome.DELIVERED);
    }
}
