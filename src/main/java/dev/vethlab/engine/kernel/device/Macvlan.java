package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;

/** A second card on the cable of the device below, with an address of its own ({@code drivers/net/macvlan.c}). */
public final class Macvlan extends UpperDevice {
    /** Between two macvlans a frame waits for its turn ({@code netif_rx}). */
    private static final long LATENCY = 4_000;

    private final MacvlanPort port;
    private MacvlanMode mode;

    Macvlan(NetworkNamespace namespace, String name, long mac, MacvlanPort port, MacvlanMode mode) {
        super(namespace, name, mac, port.device());
        this.port = port;
        this.mode = mode;
    }

    @Override
    public String kind() {
        return "macvlan";
    }

    public MacvlanMode mode() {
        return mode;
    }

    /** @throws KernelException EINVAL from or to passthru ({@code macvlan_changelink}) */
    public void setMode(MacvlanMode wanted) throws KernelException {
        if ((wanted == MacvlanMode.PASSTHRU) != (mode == MacvlanMode.PASSTHRU)) {
            throw new KernelException(Errno.EINVAL);
        }
        mode = wanted;
    }

    @Override
    void opening() throws KernelException {
        if (mode != MacvlanMode.PASSTHRU && port.isTaken(mac(), this)) {
            throw new KernelException(Errno.EADDRINUSE);
        }
    }

    @Override
    void openChanged() {
        if (mode == MacvlanMode.PASSTHRU) {
            lower().addPromiscuity(isUp() ? 1 : -1);
        } else {
            lower().filterUnicast(mac(), isUp());
        }
    }

    @Override
    void gone() {
        super.gone();
        port.remove(this);
    }

    @Override
    void lowerMtuChanged() {
        if (mtu() > lower().mtu()) {
            setMtu(lower().mtu());
        }
    }

    @Override
    void lowerMacChanged() {
        if (mode == MacvlanMode.PASSTHRU) {
            super.setMac(lower().mac());
        }
    }

    /** @throws KernelException EADDRINUSE while it is up ({@code macvlan_sync_address}) */
    void checkMac(long wanted) throws KernelException {
        if (isUp() && wanted != mac() && port.isTaken(wanted, this)) {
            throw new KernelException(Errno.EADDRINUSE);
        }
    }

    @Override
    public void setMac(long mac) {
        super.setMac(mac);
        if (mode == MacvlanMode.PASSTHRU && lower().mac() != mac) {
            lower().setMac(mac);
        }
    }

    /** {@code macvlan_queue_xmit}. */
    @Override
    protected void transmit(PacketBuffer packet, EthernetFrame frame) {
        if (mode == MacvlanMode.BRIDGE && Mac.isGroup(frame.destination())) {
            port.flood(packet, frame, this, other -> other.mode == MacvlanMode.BRIDGE);
        } else if (mode == MacvlanMode.BRIDGE && port.find(frame.destination()) instanceof Macvlan other
                && other.mode == MacvlanMode.BRIDGE) {
            report(packet, Stage.DEVICE_TX, new Decision.Because(() -> "over to " + other.name() + ", a macvlan of the same "
                    + lower().name() + " in bridge mode"), Outcome.CONTINUES);
            PacketBuffer there = PacketBuffer.ofFrame(packet.id(), frame);
            kernel().simulation().schedule(LATENCY, () -> other.takeFrom(this, there, frame));
            return;
        }
        report(packet, Stage.DEVICE_TX, new Decision.Because(() -> "down to " + lower().name()), Outcome.CONTINUES);
        sendBelow(packet, frame);
    }

    private void takeFrom(Macvlan sender, PacketBuffer packet, EthernetFrame frame) {
        receiveFromBelow(packet, frame, new Decision.Because(() -> "from " + sender.name()));
    }

    /** A copy of a frame to all. */
    void receiveCopy(PacketBuffer original, EthernetFrame frame, String from) {
        PacketBuffer copy = PacketBuffer.ofFrame(kernel().tracer().born(original.id(), Cause.FLOODED, lower().name()), frame);
        statistics().multicastReceived();
        kernel().simulation().schedule(LATENCY, () -> receiveFromBelow(copy, frame, new Decision.Because(() -> "a copy from " + from)));
    }

    /** A frame that is for it alone. */
    void receiveOwn(PacketBuffer packet, EthernetFrame frame) {
        if (!isUp()) {
            drop(packet, Stage.DEVICE_RX, DropReason.DEV_READY, () -> "the device up: ip link set " + name() + " up");
            return;
        }
        receiveFromBelow(packet, frame, new Decision.Because(() -> "up from " + lower().name() + ", where it has this address"));
    }
}
