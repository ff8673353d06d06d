package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.Stage;

/**
 * A device that is built on another: sends by it, takes its frames from it, and has carrier while that has ({@code
 * netif_stacked_transfer_operstate}). It goes when that goes, wherever it is.
 */
public abstract sealed class UpperDevice extends NetDevice permits Vlan, Macvlan, Ipvlan {
    private final NetDevice lower;

    protected UpperDevice(NetworkNamespace namespace, String name, long mac, NetDevice lower) {
        super(namespace, name, mac, lower.mtu());
        this.lower = lower;
    }

    @Override
    public final NetDevice lower() {
        return lower;
    }

    @Override
    public final boolean hasCarrier() {
        return lower.hasCarrier();
    }

    @Override
    public final int speed() {
        return lower.speed();
    }

    @Override
    public final int maxSegment() {
        return lower.maxSegment();
    }

    /** Whether the kernel looks at its state once it was made, so that it will be {@code UP} and not {@code UNKNOWN}. */
    protected boolean isAnnounced() {
        return true;
    }

    @Override
    final void born() {
        noteCarrier();
        lower.uppers().add(this);
        if (isAnnounced()) {
            namespace().machine().linkWatch().fire(this);
        }
    }

    /** It is gone. */
    void gone() {
        lower.uppers().remove(this);
    }

    /** It is about to go up. @throws KernelException if it cannot */
    void opening() throws KernelException {}

    /** It is up now, or no longer. */
    void openChanged() {}

    /** The device below went up or down. */
    void lowerOpenChanged() throws KernelException {}

    /** The device below has another MTU. */
    void lowerMtuChanged() {}

    /** The device below has another address. */
    void lowerMacChanged() {}

    /** Refuses what is more than the device below takes. @throws KernelException */
    void checkMtu(int mtu) throws KernelException {
        if (mtu > lower.mtu()) {
            throw new KernelException(Errno.EINVAL);
        }
    }

    /** Hands a frame to the device below, to be sent by it. */
    protected final void sendBelow(PacketBuffer packet, EthernetFrame frame) {
        packet.setFrame(frame);
        lower.send(packet);
    }

    /** Takes a frame from the device below. */
    final void receiveFromBelow(PacketBuffer packet, EthernetFrame frame, Decision decision) {
        packet.setFrame(frame);
        receive(packet, frame, Stage.DEVICE_RX, decision);
    }
}
