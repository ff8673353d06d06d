package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Place;
import dev.vethlab.engine.trace.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network device ({@code struct net_device}): a name, addresses, a state, and two ways through it. */
public abstract sealed class NetDevice permits Loopback, Veth, Bridge, EthernetCard, Dummy {
    protected static final Decision NOTHING = new Decision.None();

    private final List<InterfaceAddress> addresses = new ArrayList<>(1);
    private final List<Tap> taps = new ArrayList<>(0);
    private final DeviceStatistics statistics = new DeviceStatistics();
    private NetworkNamespace namespace;
    private int index;
    private String name;
    private long mac;
    private int mtu;
    private int txQueueLength = 1000;
    private boolean up;
    private @Nullable BridgePort port;
    private Place place;

    protected NetDevice(NetworkNamespace namespace, String name, long mac, int mtu) {
        this.namespace = namespace;
        this.name = name;
        this.mac = mac;
        this.mtu = mtu;
        this.place = new Place(namespace.machine().name(), namespace.name(), name);
    }

    // ---- what it is ----

    /** The kind as {@code ip -d link} and {@code type KIND} name it; empty for a physical card. */
    public abstract String kind();

    /** Whether the other side is there: {@code LOWER_UP}. Only asked while the device is up. */
    public abstract boolean hasCarrier();

    /** The other end of a pair, if this is one. */
    public @Nullable NetDevice peer() {
        return null;
    }

    public boolean isLoopback() {
        return false;
    }

    public NetworkNamespace namespace() {
        return namespace;
    }

    /** The interface index, from 1; kept when it moves unless the number is taken there. */
    public int index() {
        return index;
    }

    public String name() {
        return name;
    }

    public long mac() {
        return mac;
    }

    public int mtu() {
        return mtu;
    }

    public int txQueueLength() {
        return txQueueLength;
    }

    public void setTxQueueLength(int packets) {
        txQueueLength = packets;
    }

    /** Administratively up ({@code IFF_UP}). */
    public boolean isUp() {
        return up;
    }

    /** Up and with carrier ({@code IFF_RUNNING}). */
    public boolean isRunning() {
        return up && hasCarrier();
    }

    /** The state of RFC 2863 as {@code ip link} prints it. */
    public OperState operState() {
        if (!up) {
            return OperState.DOWN;
        }
        return hasCarrier() ? OperState.UP : OperState.LOWERLAYERDOWN;
    }

    public List<InterfaceAddress> addresses() {
        return addresses;
    }

    /** The bridge port it is, if enslaved to a bridge. */
    public @Nullable BridgePort port() {
        return port;
    }

    public DeviceStatistics statistics() {
        return statistics;
    }

    /** Where the trace says something on this device happened. */
    public Place place() {
        return place;
    }

    public Kernel kernel() {
        return namespace.machine().kernel();
    }

    // ---- changing it: called by the namespace's DeviceTable, which keeps routes and neighbours in step ----

    void setIndex(int index) {
        this.index = index;
    }

    void setName(String name) {
        this.name = name;
        place = new Place(namespace.machine().name(), namespace.name(), name);
    }

    void setNamespace(NetworkNamespace namespace) {
        this.namespace = namespace;
        setName(name);
    }

    void setUp(boolean up) {
        this.up = up;
    }

    /** The namespace got another title. */
    void refreshPlace() {
        setName(name);
    }

    public void setMac(long mac) {
        this.mac = mac;
        if (port != null) {
            port.bridge().portChanged();
        }
    }

    public void setMtu(int mtu) {
        this.mtu = mtu;
    }

    public void setPort(@Nullable BridgePort port) {
        this.port = port;
    }

    // ---- packets ----

    /** Listens to all that passes, both ways ({@code AF_PACKET}). */
    public void addTap(Tap tap) {
        taps.add(tap);
    }

    public void removeTap(Tap tap) {
        taps.remove(tap);
    }

    /** Whether anybody listens on it. */
    public boolean isTapped() {
        return !taps.isEmpty();
    }

    /** A frame leaves by this device ({@code dev_queue_xmit}). */
    public final void send(PacketBuffer packet) {
        EthernetFrame frame = java.util.Objects.requireNonNull(packet.frame());
        if (!up) {
            drop(packet, Stage.DEVICE_TX, DropReason.DEV_READY, () -> name + " is down: ip link set " + name + " up");
            return;
        }
        statistics.sent(frame.length());
        for (Tap tap : taps) {
            tap.seen(this, packet, true);
        }
        namespace.captureAll(this, packet, true);
        transmit(packet, frame);
    }

    /** Puts the frame on whatever this device is an end of. Reports {@link Stage#DEVICE_TX}. */
    protected abstract void transmit(PacketBuffer packet, EthernetFrame frame);

    /** A frame came in ({@code netif_receive_skb}). */
    protected final void receive(PacketBuffer packet, EthernetFrame frame, Stage stage, Decision decision) {
        if (!up) {
            drop(packet, stage, DropReason.DEV_READY, () -> name + " is down: ip link set " + name + " up");
            return;
        }
        statistics.received(frame.length());
        packet.in = this;
        for (Tap tap : taps) {
            tap.seen(this, packet, false);
        }
        namespace.captureAll(this, packet, false);
        report(packet, stage, decision, Outcome.CONTINUES);
        if (port != null) {
            packet.physicalIn = this;
            port.bridge().input(port, packet, frame);
        } else {
            namespace.path().receive(this, packet, frame);
        }
    }

    protected final void report(PacketBuffer packet, Stage stage, Decision decision, Outcome outcome) {
        kernel().tracer().report(packet.id(), place, stage, packet.frame(), packet.payload(), null, decision, outcome);
    }

    protected final void drop(PacketBuffer packet, Stage stage, DropReason reason, Decision.Lazy remedy) {
        statistics.dropped();
        report(packet, stage, NOTHING, new Outcome.Dropped(reason, remedy));
    }

    @Override
    public String toString() {
        return place.machine() + "/" + place.namespace() + "/" + name;
    }
}
