package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.bridge.BridgeForwarding;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;

/**
 * A bridge: a switch whose ports are other devices, and at the same time an interface of its namespace that may have an address
 * ({@code net/bridge/br_device.c}). The switch is {@link BridgeForwarding}.
 */
public final class Bridge extends NetDevice {
    private static final int MTU = 1500;

    private final BridgeForwarding forwarding;
    private boolean macSetByUser;

    public Bridge(NetworkNamespace namespace, String name, long mac) {
        super(namespace, name, mac, MTU);
        this.forwarding = new BridgeForwarding(this);
    }

    @Override
    public String kind() {
        return "bridge";
    }

    /** The switch: ports, learned addresses, options. */
    public BridgeForwarding forwarding() {
        return forwarding;
    }

    /** A bridge has carrier if one of its ports has. */
    @Override
    public boolean hasCarrier() {
        return forwarding.ports().stream().anyMatch(port -> port.device().isRunning());
    }

    @Override
    public OperState operState() {
        return isRunning() ? OperState.UP : OperState.DOWN;
    }

    @Override
    public void setMac(long mac) {
        macSetByUser = true;
        super.setMac(mac);
    }

    /** Without an address of its own choice it takes the lowest of its ports' ({@code br_stp_recalculate_bridge_id}). */
    public void portChanged() {
        if (!macSetByUser) {
            long lowest = forwarding.ports().stream().mapToLong(port -> port.device().mac()).min().orElse(0);
            if (lowest != mac()) {
                super.setMac(lowest);
            }
        }
    }

    @Override
    protected void transmit(PacketBuffer packet, EthernetFrame frame) {
        report(packet, Stage.DEVICE_TX, NOTHING, Outcome.CONTINUES);
        forwarding.sendFromBridge(packet, frame);
    }

    /** A frame came in by a port. */
    public void input(BridgePort port, PacketBuffer packet, EthernetFrame frame) {
        forwarding.input(port, packet, frame);
    }

    /** The switch hands a frame to the interface ({@code br_pass_frame_up}). */
    public void passUp(PacketBuffer packet, EthernetFrame frame) {
        receive(packet, frame, Stage.DEVICE_RX, NOTHING);
    }
}
