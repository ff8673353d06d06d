package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.PacketRate;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.sysctl.DeviceSettings;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.VlanTag;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Place;
import dev.vethlab.engine.trace.Stage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A network device ({@code struct net_device}): a name, addresses, a state, and two ways through it. */
public abstract sealed class NetDevice permits Loopback, Veth, Bridge, EthernetCard, Dummy, UpperDevice, Vxlan {
    /** {@link #speed} of a device whose driver tells none. */
    public static final int NO_SPEED = 0;

    protected static final Decision NOTHING = new Decision.None();

    /** {@code TSO_LEGACY_MAX_SIZE} and {@code GSO_MAX_SIZE}. */
    private static final int LEGACY_MAX_SEGMENT = 65536;

    protected static final int MAX_SEGMENT = 524280;

    private final List<InterfaceAddress> addresses = new ArrayList<>(1);
    private final List<Ipv6Address> ipv6Addresses = new ArrayList<>(0);
    private final List<Tap> taps = new ArrayList<>(0);
    private final DeviceStatistics statistics = new DeviceStatistics();
    private NetworkNamespace namespace;
    private int index;
    private String name;
    private long mac;
    private int mtu;
    private int txQueueLength = 1000;
    private boolean up;
    private boolean everUp;
    private boolean leaving;
    private boolean hadCarrier;
    private int carrierChanges;
    private OperState operState = OperState.UNKNOWN;
    private final Ipv6Autoconfiguration ipv6 = new Ipv6Autoconfiguration(this);
    private final MulticastGroups groups = new MulticastGroups(this);
    private String alias = "";
    private int group;
    private int promiscuity;
    private int allMulticast;
    private final EnumSet<LinkFlag> flags = EnumSet.of(LinkFlag.MULTICAST);
    private final TreeSet<String> alternativeNames = new TreeSet<>();
    private final List<UpperDevice> uppers = new ArrayList<>(0);
    private final List<Long> unicastFilters = new ArrayList<>(0);
    private @Nullable BridgePort port;
    private @Nullable FrameTaker taker;
    private Place place;
    private @Nullable DeviceSettings settings;
    private @Nullable DeviceFeatures features;

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

    /** The device that this one is built on or is the other end of ({@code IFLA_LINK}), as {@code NAME@LOWER} shows it. */
    public @Nullable NetDevice lower() {
        return peer();
    }

    /** The namespace in which what it is built on is found ({@code IFLA_LINK_NETNSID}); its own if that is nowhere else. */
    public NetworkNamespace linkNamespace() {
        NetDevice lower = lower();
        return lower == null ? namespace : lower.namespace();
    }

    /** In Mbit/s; -1 if it is unknown just now, {@link #NO_SPEED} if the driver has no notion of it. */
    public int speed() {
        return NO_SPEED;
    }

    /** How many queues it sends by, and as many to receive. */
    public int queues() {
        return 1;
    }

    /** The largest segment that it takes to cut up itself ({@code tso_max_size}). */
    public int maxSegment() {
        return LEGACY_MAX_SEGMENT;
    }

    /** What it does to packets by itself ({@code ethtool -k}); null for a kind of which that is not known. */
    public @Nullable DeviceFeatures features() {
        if (features == null) {
            features = DeviceFeatures.of(this);
        }
        return features;
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

    /** The smallest MTU that it takes; with {@link #maxMtu} 0 there is no limit. */
    public int minMtu() {
        return 68;
    }

    public int maxMtu() {
        return 65535;
    }

    /** Whether it was up once, and so has a queueing discipline: {@code noop} before, {@code noqueue} from then on. */
    public boolean wasEverUp() {
        return everUp;
    }

    /** The text of {@code ip link set … alias}; empty if there is none. */
    public String alias() {
        return alias;
    }

    public void setAlias(String alias) {
        this.alias = alias;
    }

    public int group() {
        return group;
    }

    public void setGroup(int group) {
        this.group = group;
    }

    /** How many want it to take every frame: a bridge whose port it is, {@code promisc on}, a capture. */
    public int promiscuity() {
        return promiscuity;
    }

    /** One more ({@code 1}) or less ({@code -1}) wants it promiscuous ({@code dev_set_promiscuity}). */
    public void addPromiscuity(int change) {
        int before = promiscuity;
        promiscuity = Math.max(0, promiscuity + change);
        logMode("promiscuous", before, promiscuity);
    }

    /** A device above wants frames for its own address, or no longer; the first makes this one promiscuous ({@code dev_uc_add}). */
    void filterUnicast(long address, boolean wanted) {
        boolean any = !unicastFilters.isEmpty();
        if (wanted) {
            unicastFilters.add(address);
        } else {
            unicastFilters.remove(address);
        }
        addPromiscuity((unicastFilters.isEmpty() ? 0 : 1) - (any ? 1 : 0));
    }

    /** The addresses beside its own that devices above want ({@code dev->uc}). */
    public List<Long> unicastFilters() {
        return List.copyOf(unicastFilters);
    }

    public int allMulticast() {
        return allMulticast;
    }

    public void addAllMulticast(int change) {
        int before = allMulticast;
        allMulticast = Math.max(0, allMulticast + change);
        logMode("allmulticast", before, allMulticast);
    }

    private void logMode(String mode, int before, int now) {
        if (before == 0 != (now == 0)) {
            log((now > 0 ? "entered " : "left ") + mode + " mode");
        }
    }

    /** Says something about it in the kernel's log ({@code netdev_info}). */
    void log(String text) {
        namespace.machine().log(name + (leaving ? " (unregistering)" : "") + ": " + text);
    }

    public boolean has(LinkFlag flag) {
        return flags.contains(flag);
    }

    /** Sets or clears a flag; those that others count, such as promiscuity, only on a change. */
    public void set(LinkFlag flag, boolean on) {
        boolean changed = on ? flags.add(flag) : flags.remove(flag);
        if (changed && flag == LinkFlag.PROMISC) {
            addPromiscuity(on ? 1 : -1);
        } else if (changed && flag == LinkFlag.ALLMULTI) {
            addAllMulticast(on ? 1 : -1);
        } else if (changed && flag == LinkFlag.NOARP) {
            // arp_netdev_event: what ARP learned no longer holds, or is to be learned now
            namespace.neighbours().deviceDown(this);
        }
        if (changed) {
            namespace.notifications().link(this, false);
        }
    }

    /** Other names by which it can be called ({@code altname}). */
    public Set<String> alternativeNames() {
        return alternativeNames;
    }

    public int txQueueLength() {
        return txQueueLength;
    }

    public void setTxQueueLength(int packets) {
        txQueueLength = packets;
        namespace.notifications().link(this, false);
    }

    /** Administratively up ({@code IFF_UP}). */
    public boolean isUp() {
        return up;
    }

    /** Up and with carrier ({@code IFF_RUNNING}). */
    public boolean isRunning() {
        return up && hasCarrier();
    }

    /** Up and, as far as anybody has heard, with carrier ({@code netif_oper_up}): it may lag behind {@link #hasCarrier}. */
    public boolean isOperational() {
        return up && (operState == OperState.UP || operState == OperState.UNKNOWN);
    }

    /** The state of RFC 2863 as {@code ip link} prints it. */
    public OperState operState() {
        return up ? operState : OperState.DOWN;
    }

    /** It exists from now on; a kind that is born without carrier has said so ({@code netif_carrier_off}). */
    void born() {
        hadCarrier = hasCarrier();
        if (!hadCarrier) {
            carrierChanges = 1;
            refreshOperState();
            namespace.machine().linkWatch().fire(this);
        }
    }

    /** What its carrier is now is nothing new. */
    final void noteCarrier() {
        hadCarrier = hasCarrier();
    }

    /** The device whose being up gives this one carrier. */
    protected @Nullable NetDevice carrierPartner() {
        return peer();
    }

    /** Carrier came or went since somebody last looked. */
    void carrierChanged() {
        boolean now = hasCarrier();
        if (now != hadCarrier) {
            hadCarrier = now;
            carrierChanges++;
            namespace.machine().linkWatch().fire(this);
        }
    }

    /** Everybody hears of its carrier now ({@code linkwatch_do_dev}). */
    void linkChanged() {
        refreshOperState();
        if (namespace.devices().find(index) == this) {
            namespace.devices().linkChanged(this);
        }
    }

    /**
     * What {@code rfc2863_policy} makes of the carrier; kept until the carrier changes. Without carrier it depends on the lower device,
     * which is looked for by its index in this namespace, be it there or not.
     */
    void refreshOperState() {
        NetDevice lower = lower();
        NetDevice found = lower == null ? null : namespace.devices().find(lower.index());
        if (hasCarrier()) {
            operState = OperState.UP;
        } else {
            operState = found == null || found == this || found.hasCarrier() ? OperState.DOWN : OperState.LOWERLAYERDOWN;
        }
    }

    /** How often carrier came or went. */
    public int carrierChanges() {
        return carrierChanges;
    }

    /** IPv6 looks whether it can begin or must end on this device. */
    void refreshIpv6() {
        ipv6.refresh();
    }

    /** The groups that it listens to. */
    public MulticastGroups groups() {
        return groups;
    }

    /** Groups that this kind of device joins by itself when it is up. */
    protected List<Long> ownGroups() {
        return List.of();
    }

    public List<InterfaceAddress> addresses() {
        return addresses;
    }

    /** The IPv6 addresses that the kernel gave it. */
    public List<Ipv6Address> ipv6Addresses() {
        return ipv6Addresses;
    }

    /** The devices that are built on it, in the order they were made. */
    List<UpperDevice> uppers() {
        return uppers;
    }

    /** Who looks at its frames first, if it is no bridge port. */
    @Nullable FrameTaker taker() {
        return taker;
    }

    void setTaker(@Nullable FrameTaker taker) {
        this.taker = taker;
    }

    /** The bridge port it is, if enslaved to a bridge. */
    public @Nullable BridgePort port() {
        return port;
    }

    public DeviceStatistics statistics() {
        return statistics;
    }

    /** Its settings below {@code net.ipv4.conf} as they are now. */
    public DeviceSettings settings() {
        DeviceSettings known = settings;
        if (known == null || known.version() != namespace.sysctls().changes()) {
            known = DeviceSettings.of(namespace.sysctls(), this);
            settings = known;
        }
        return known;
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
        everUp = false;
        settings = null;
        setName(name);
    }

    void setUp(boolean up) {
        this.up = up;
        everUp |= up;
    }

    /** It is being unregistered. */
    void leave() {
        leaving = true;
    }

    /** It is about to be forgotten here, with its queueing discipline ({@code dev_shutdown}). */
    void closedForGood() {
        everUp = false;
    }

    /** The namespace got another title. */
    void refreshPlace() {
        setName(name);
    }

    public void setMac(long mac) {
        long before = this.mac;
        this.mac = mac;
        if (port != null) {
            port.bridge().forwarding().addressChanged(port, before, mac);
            port.bridge().portsChanged();
        }
        uppers.forEach(UpperDevice::lowerMacChanged);
    }

    /** Sets the MTU; a bridge whose port it is follows its smallest ({@code br_mtu_auto_adjust}). */
    public void setMtu(int mtu) {
        this.mtu = mtu;
        if (port != null) {
            port.bridge().portsChanged();
        }
        uppers.forEach(UpperDevice::lowerMtuChanged);
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
        if (features != null && !features.wants(DeviceFeature.HW_CSUM)) {
            packet.completeChecksum();
        }
        EthernetFrame frame = java.util.Objects.requireNonNull(packet.frame());
        if (!up) {
            drop(packet, Stage.DEVICE_TX, DropReason.DEV_READY, () -> "the device up: ip link set " + name + " up");
            return;
        }
        PacketRate rate = namespace.kernel().rate();
        if (!rate.allows()) {
            drop(packet, Stage.DEVICE_TX, DropReason.LIMIT_REACHED, () -> "vethlab: in a second all devices together may send "
                    + rate.limit() + " packets; is there a loop?");
            return;
        }
        statistics.sent(countedLength(frame));
        for (Tap tap : taps) {
            tap.seen(this, packet, true);
        }
        namespace.captureAll(this, packet, true);
        transmit(packet, frame);
    }

    /** The bytes of a frame as its driver counts them: without tags, which the kernel keeps beside a packet ({@code skb->len}). */
    protected int countedLength(EthernetFrame frame) {
        return frame.untaggedLength();
    }

    protected int countedOnReceive(EthernetFrame frame) {
        return countedLength(frame);
    }

    /** Puts the frame on whatever this device is an end of. Reports {@link Stage#DEVICE_TX}. */
    protected abstract void transmit(PacketBuffer packet, EthernetFrame frame);

    /** Counts a frame that came in and shows it to those who listen. */
    protected final void showReceived(PacketBuffer packet, EthernetFrame frame) {
        statistics.received(countedOnReceive(frame));
        for (Tap tap : taps) {
            tap.seen(this, packet, false);
        }
        namespace.captureAll(this, packet, false);
    }

    /** A frame came in ({@code netif_receive_skb}). */
    protected final void receive(PacketBuffer packet, EthernetFrame frame, Stage stage, Decision decision) {
        if (!up) {
            drop(packet, stage, DropReason.DEV_READY, () -> "the device up: ip link set " + name + " up");
            return;
        }
        packet.in = this;
        showReceived(packet, frame);
        report(packet, stage, decision, Outcome.CONTINUES);
        Vlan vlan = frame.tag() == null ? null : vlan(frame.tag());
        if (vlan != null) {
            vlan.receiveTagged(packet, frame);
        } else if (port != null) {
            packet.physicalIn = this;
            port.bridge().input(port, packet, frame);
        } else if (taker == null || !taker.take(packet, frame)) {
            namespace.path().receive(this, packet, frame);
        }
    }

    /** The device on top of this one for a tag. */
    private @Nullable Vlan vlan(VlanTag tag) {
        for (UpperDevice upper : uppers) {
            if (upper instanceof Vlan vlan && vlan.id() == tag.id() && vlan.protocol() == tag.protocol()) {
                return vlan;
            }
        }
        return null;
    }

    /** Whether another device's frame is short enough for this one ({@code is_skb_forwardable}); there is always room for a VLAN tag. */
    final boolean takes(EthernetFrame frame) {
        return frame.untaggedLength() <= mtu + EthernetFrame.HEADER_LENGTH + VlanTag.LENGTH;
    }

    /** The other end sent a frame that this one does not take: nothing was sent ({@code NET_XMIT_DROP}). */
    final void refuseTooLong(NetDevice sender, PacketBuffer packet, EthernetFrame frame) {
        packet.refused = true;
        sender.statistics.refused(sender.countedLength(frame));
        drop(packet, Stage.DEVICE_RX, DropReason.PKT_TOO_BIG, () -> "an MTU of at least "
                + (frame.untaggedLength() - EthernetFrame.HEADER_LENGTH) + ": ip link set " + name + " mtu "
                + (frame.untaggedLength() - EthernetFrame.HEADER_LENGTH));
    }

    protected final void report(PacketBuffer packet, Stage stage, Decision decision, Outcome outcome) {
        kernel().tracer().report(packet.id(), place, stage, packet.frame(), packet.payload(), null, decision, outcome);
    }

    protected final void drop(PacketBuffer packet, Stage stage, DropReason reason, Decision.Lazy remedy) {
        if (stage == Stage.DEVICE_TX) {
            statistics.droppedOnSend();
        } else {
            statistics.droppedOnReceive();
        }
        report(packet, stage, NOTHING, new Outcome.Dropped(reason, remedy));
    }

    @Override
    public String toString() {
        return place.machine() + "/" + place.namespace() + "/" + name;
    }
}
