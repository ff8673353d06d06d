package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.bridge.BridgeForwarding;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import java.util.List;

/**
 * A bridge: a switch whose ports are other devices, and at the same time an interface of its namespace that may have an address
 * ({@code net/bridge/br_device.c}). The switch is {@link BridgeForwarding}.
 */
public final class Bridge extends NetDevice {
    private static final int MTU = 1500;
    private static final int ALL_SNOOPERS = 0xE000006A;

    private final BridgeForwarding forwarding;
    private boolean macSetByUser;
    private long bridgeId;
    private boolean mtuSetByUser;
    private boolean carrier = true;

    public Bridge(NetworkNamespace namespace, String name, long mac) {
        super(namespace, name, mac, MTU);
        this.forwarding = new BridgeForwarding(this);
        forwarding.addressChanged(null, mac, mac);
    }

    @Override
    public String kind() {
        return "bridge";
    }

    /** The switch: ports, learned addresses, options. */
    public BridgeForwarding forwarding() {
        return forwarding;
    }

    /**
     * A new bridge has carrier, as any device; from the first look at its ports on, it has what they have ({@code
     * br_port_state_selection}).
     */
    @Override
    public boolean hasCarrier() {
        return carrier;
    }

    /** A bridge that snoops multicast listens to all snoopers: 224.0.0.106 and {@code ff02::6a} (RFC 4286). */
    @Override
    protected List<Long> ownGroups() {
        return forwarding.multicast().snoops() ? List.of(Mac.ofMulticast(ALL_SNOOPERS), 0x3333_0000_006AL) : List.of();
    }

    /** Whether it overhears who listens to which group ({@code br_multicast_toggle}). */
    public void setSnooping(boolean on) {
        boolean changed = on != forwarding.multicast().snoops();
        forwarding.multicast().setSnooping(on);
        if (changed && isUp() && on) {
            groups().join(ALL_SNOOPERS);
        } else if (changed && isUp()) {
            groups().leave(ALL_SNOOPERS);
        }
    }

    /** The address part of its bridge id: that of its lowest port, or the one given by hand; 0 before. */
    public long bridgeId() {
        return bridgeId;
    }

    @Override
    public void setMac(long mac) {
        macSetByUser = true;
        changeMac(mac);
        changeId(mac);
    }

    private void changeId(long mac) {
        long before = bridgeId;
        bridgeId = mac;
        forwarding.tree().addressChanged(before);
        selectPortStates();
    }

    private void changeMac(long mac) {
        long before = mac();
        super.setMac(mac);
        forwarding.addressChanged(null, before, mac);
    }

    /** Ports came or went: without an address of its own choice it takes the lowest of theirs ({@code br_stp_recalculate_bridge_id}). */
    public void portsChanged() {
        long lowest = forwarding.ports().stream().mapToLong(port -> port.device().mac()).min().orElse(0);
        if (!macSetByUser && lowest != bridgeId) {
            changeMac(lowest);
            changeId(lowest);
        }
        if (!mtuSetByUser) {
            super.setMtu(forwarding.ports().stream().mapToInt(port -> port.device().mtu()).min().orElse(MTU));
        }
    }

    @Override
    public void setMtu(int mtu) {
        mtuSetByUser = true;
        super.setMtu(mtu);
    }

    /** It came up: the spanning tree begins. */
    void opened() {
        forwarding.tree().bridgeUp();
        if (!forwarding.ports().isEmpty()) {
            portStatesChanged();
        }
    }

    /** It went down, and its ports with it. */
    void closed() {
        if (!forwarding.ports().isEmpty()) {
            portStatesChanged();
        }
        forwarding.tree().bridgeDown();
    }

    /** A port's device, or the bridge itself, went up or down. */
    void portStatesChanged() {
        forwarding.checkPorts();
        selectPortStates();
    }

    /** A port began or ceased to forward ({@code br_port_state_selection}). */
    private void selectPortStates() {
        carrier(forwarding.ports().stream().anyMatch(BridgePort::isForwarding));
    }

    /** It has carrier while a port forwards. */
    public void carrier(boolean live) {
        carrier = live;
        namespace().devices().carrierChanged(this);
    }

    /** The fastest port's ({@code br_get_link_ksettings}). */
    @Override
    public int speed() {
        return hasCarrier() ? forwarding.ports().stream().mapToInt(port -> port.device().speed()).filter(s -> s > 0).max().orElse(-1) : -1;
    }

    @Override
    public int maxSegment() {
        return forwarding.ports().stream().mapToInt(port -> port.device().maxSegment()).min().orElse(super.maxSegment());
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

    /**
     * A frame for somebody else passed the switch: a promiscuous interface gets a copy ({@code br_handle_frame_finish}). Those who listen
     * see it; the IP layer would drop it as {@code PACKET_OTHERHOST}, so it is not asked.
     */
    public void overhear(PacketBuffer packet, EthernetFrame frame) {
        if (promiscuity() > 0) {
            showReceived(packet, frame);
        }
    }

    /** {@code br_pass_frame_up} counts when the Ethernet header is off, {@code br_dev_xmit} while it is on. */
    @Override
    protected int countedOnReceive(EthernetFrame frame) {
        return frame.payload().length();
    }

    /** The switch hands a frame to the interface ({@code br_pass_frame_up}). */
    public void passUp(PacketBuffer packet, EthernetFrame frame) {
        // fragments may have been put together on the way: counted is what comes up
        EthernetFrame now = packet.payload() == frame.payload() ? frame : frame.withPayload(packet.payload());
        if (Mac.isGroup(now.destination()) && now.destination() != Mac.BROADCAST) {
            statistics().multicastReceived();
        }
        receive(packet, now, Stage.DEVICE_RX, NOTHING);
    }
}
