package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;

/** Further IP addresses behind the MAC address of the device below, in a device of their own ({@code drivers/net/ipvlan}). */
public final class Ipvlan extends UpperDevice {
    private static final long LATENCY = 4_000;

    private final IpvlanPort port;

    Ipvlan(NetworkNamespace namespace, String name, IpvlanPort port) {
        super(namespace, name, port.device().mac(), port.device());
        this.port = port;
        set(LinkFlag.NOARP, port.mode() != IpvlanMode.L2);
    }

    @Override
    public String kind() {
        return "ipvlan";
    }

    /** What it shares with the others on the same device. */
    public IpvlanPort shared() {
        return port;
    }

    /** Nobody looks at its state when it is made: {@code UNKNOWN} until the carrier below changes. */
    @Override
    protected boolean isAnnounced() {
        return false;
    }

    @Override
    void gone() {
        super.gone();
        port.remove(this);
    }

    @Override
    void checkMtu(int mtu) {}

    /** {@code ipvlan_adjust_mtu}: always that of the device below. */
    @Override
    void lowerMtuChanged() {
        setMtu(lower().mtu());
    }

    @Override
    void lowerMacChanged() {
        setMac(lower().mac());
    }

    @Override
    protected void transmit(PacketBuffer packet, EthernetFrame frame) {
        if (port.mode() == IpvlanMode.L2) {
            transmitAsCard(packet, frame);
        } else {
            transmitRouted(packet, frame);
        }
    }

    /** {@code ipvlan_xmit_mode_l2}. */
    private void transmitAsCard(PacketBuffer packet, EthernetFrame frame) {
        if (frame.destination() == frame.source() && !port.isVepa()) {
            Ipvlan other = port.find(frame.payload());
            if (other != null) {
                over(packet, frame, other);
                return;
            }
            report(packet, Stage.DEVICE_TX, new Decision.Because(() -> "for " + lower().name() + " itself"), Outcome.CONTINUES);
            PacketBuffer there = PacketBuffer.ofFrame(packet.id(), frame);
            kernel().simulation().schedule(LATENCY, () -> lower().receive(there, frame, Stage.DEVICE_RX,
                    new Decision.Because(() -> "from " + name())));
            return;
        }
        if (Mac.isGroup(frame.destination())) {
            port.flood(packet, frame, this);
        }
        report(packet, Stage.DEVICE_TX, new Decision.Because(() -> "down to " + lower().name()), Outcome.CONTINUES);
        sendBelow(packet, frame);
    }

    /** {@code ipvlan_xmit_mode_l3}: over to another one, or through the routing of the namespace below. */
    private void transmitRouted(PacketBuffer packet, EthernetFrame frame) {
        Ipvlan other = port.isVepa() ? null : port.find(frame.payload());
        if (other != null) {
            over(packet, frame, other);
            return;
        }
        if (!(frame.payload() instanceof Ipv4Packet ip) || Ipv4.isMulticast(ip.destination()) || ip.destination() == Ipv4.BROADCAST) {
            drop(packet, Stage.DEVICE_TX, DropReason.IP_INVALID_DEST, () ->
                    "the address of one machine: an ipvlan in mode " + port.mode().word() + " does not send to groups");
            return;
        }
        NetworkNamespace below = lower().namespace();
        RouteResult way = below.routing().output(Flow.of(ip.destination(), 0, lower(), packet.mark));
        if (!(way instanceof RouteResult.Found found)) {
            drop(packet, Stage.DEVICE_TX, DropReason.IP_OUTNOROUTES,
                    () -> "a route to " + Ipv4.text(ip.destination()) + " by " + lower().name() + " in the namespace of " + lower().name());
            return;
        }
        report(packet, Stage.DEVICE_TX, new Decision.Because(() -> "the namespace of " + lower().name() + " routes it"), Outcome.CONTINUES);
        var routed = new PacketBuffer(packet.id(), ip);
        routed.route = found;
        below.path().output(routed);
    }

    private void over(PacketBuffer packet, EthernetFrame frame, Ipvlan other) {
        if (port.isPrivate()) {
            drop(packet, Stage.DEVICE_TX, DropReason.NETFILTER_DROP, () -> "ipvlans of " + lower().name() + " that are not private");
            return;
        }
        report(packet, Stage.DEVICE_TX, new Decision.Because(() -> "over to " + other.name() + ", an ipvlan of the same " + lower().name()),
                Outcome.CONTINUES);
        PacketBuffer there = PacketBuffer.ofFrame(packet.id(), frame);
        kernel().simulation().schedule(LATENCY, () -> other.receiveFromBelow(there, frame, new Decision.Because(() -> "from " + name())));
    }

    /** A copy of a frame to all. */
    void receiveCopy(PacketBuffer original, EthernetFrame frame, String from) {
        PacketBuffer copy = PacketBuffer.ofFrame(kernel().tracer().born(original.id(), Cause.FLOODED, lower().name()), frame);
        kernel().simulation().schedule(LATENCY, () -> receiveFromBelow(copy, frame, new Decision.Because(() -> "a copy from " + from)));
    }

    /** A frame whose address is one of its. */
    void receiveOwn(PacketBuffer packet, EthernetFrame frame) {
        receiveFromBelow(packet, frame, new Decision.Because(() -> "up from " + lower().name() + ": it has this address"));
    }
}
