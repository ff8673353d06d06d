package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.conntrack.Conntrack;
import dev.vethlab.engine.kernel.device.DeviceTable;
import dev.vethlab.engine.kernel.device.Loopback;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Tap;
import dev.vethlab.engine.kernel.neighbour.NeighbourTable;
import dev.vethlab.engine.kernel.netfilter.Netfilter;
import dev.vethlab.engine.kernel.route.Routing;
import dev.vethlab.engine.kernel.socket.SocketTable;
import dev.vethlab.engine.kernel.sysctl.Sysctls;
import dev.vethlab.engine.trace.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A network namespace ({@code struct net}): everything about the network that its processes share and others do not see. */
public final class NetworkNamespace {
    private final Machine machine;
    private final Sysctls sysctls;
    private final DeviceTable devices;
    private final Routing routing;
    private final NeighbourTable neighbours;
    private final Netfilter netfilter;
    private final Conntrack conntrack;
    private final SocketTable sockets;
    private final PacketPath path;
    private final Counters counters = new Counters();
    private final Notifications notifications = new Notifications();
    private final IcmpRate icmpRate = new IcmpRate(this);
    private final SourceValidation sources = new SourceValidation(this);
    private final Loopback loopback;
    private final List<Tap> taps = new ArrayList<>(0);
    private final SortedMap<Integer, NetworkNamespace> peerIds = new TreeMap<>();
    private String name;
    private Place place;
    private final long inode;
    private int holders = 1;
    private boolean sendingIcmp;

    NetworkNamespace(Machine machine, String name) {
        this.machine = machine;
        this.name = name;
        this.place = new Place(machine.name(), name, "");
        this.inode = machine.nextNamespaceInode();
        devices = new DeviceTable(this);
        sysctls = new Sysctls(devices::refreshIpv6);
        routing = new Routing(this);
        neighbours = new NeighbourTable(this);
        netfilter = new Netfilter(this);
        conntrack = new Conntrack(this);
        sockets = new SocketTable(this);
        path = new PacketPath(this);
        loopback = devices.addLoopback();
    }

    public Machine machine() {
        return machine;
    }

    public Kernel kernel() {
        return machine.kernel();
    }

    /** What the trace calls it: the name in {@code /run/netns}, a container's name; empty for the machine's own. */
    public String name() {
        return name;
    }

    /** Where the trace says something in no device of this namespace happened. */
    public Place place() {
        return place;
    }

    /** Gives it another title in the trace. */
    public void retitle(String title) {
        name = title;
        place = new Place(machine.name(), title, "");
        devices.refreshPlaces();
    }

    /** What it weighs with all that is in it ({@link Memory}). */
    public long weight() {
        return Memory.NAMESPACE
                + (long) Memory.DEVICE * devices.all().size()
                + (long) Memory.RULE * netfilter.size()
                + (long) Memory.ROUTE * routing.size()
                + (long) Memory.CONNECTION * conntrack.kept()
                + (long) Memory.NEIGHBOUR * neighbours.size()
                + (long) Memory.SOCKET * sockets.size();
    }

    public Sysctls sysctls() {
        return sysctls;
    }

    public DeviceTable devices() {
        return devices;
    }

    public Routing routing() {
        return routing;
    }

    public NeighbourTable neighbours() {
        return neighbours;
    }

    public Netfilter netfilter() {
        return netfilter;
    }

    public Conntrack conntrack() {
        return conntrack;
    }

    public SocketTable sockets() {
        return sockets;
    }

    /** Whether what comes in may come from where it says. */
    public SourceValidation sources() {
        return sources;
    }

    public PacketPath path() {
        return path;
    }

    /** What is counted here. */
    public Counters counters() {
        return counters;
    }

    /** Who hears of changes here. */
    public Notifications notifications() {
        return notifications;
    }

    /** How many ICMP errors others may still get. */
    public IcmpRate icmpRate() {
        return icmpRate;
    }

    /** Whether an ICMP message of the kernel's own is on its way out: meanwhile it sends no other ({@code icmp_xmit_lock}). */
    boolean isSendingIcmp() {
        return sendingIcmp;
    }

    void setSendingIcmp(boolean sending) {
        sendingIcmp = sending;
    }

    public Loopback loopback() {
        return loopback;
    }

    /** Listens on all devices of the namespace ({@code tcpdump -i any}). */
    public void addTap(Tap tap) {
        taps.add(tap);
    }

    public void removeTap(Tap tap) {
        taps.remove(tap);
    }

    /** A device passes a frame to whoever listens on all devices. */
    public void captureAll(NetDevice device, PacketBuffer packet, boolean outgoing) {
        for (Tap tap : taps) {
            tap.seen(device, packet, outgoing);
        }
    }

    /** The number by which this namespace knows another ({@code link-netnsid}), given on first sight. */
    public int peerId(NetworkNamespace other) {
        int known = knownPeerId(other);
        if (known >= 0) {
            return known;
        }
        int free = 0;
        while (peerIds.containsKey(free)) {
            free++;
        }
        peerIds.put(free, other);
        return free;
    }

    /**
     * Gives a namespace the number by which this one knows it ({@code rtnl_net_newid}).
     *
     * @param id the number, or a negative one for the lowest that is free
     */
    public void setPeerId(NetworkNamespace other, int id) throws KernelException {
        if (knownPeerId(other) >= 0) {
            throw new KernelException(Errno.EEXIST, "Peer netns already has a nsid assigned");
        }
        if (id >= 0 && peerIds.putIfAbsent(id, other) != null) {
            throw new KernelException(Errno.EEXIST, "The specified nsid is already used");
        }
        if (id < 0) {
            peerId(other);
        }
    }

    /** The number that {@link #peerId} gave a namespace; -1 if none. */
    public int knownPeerId(NetworkNamespace other) {
        for (var known : peerIds.entrySet()) {
            if (known.getValue() == other) {
                return known.getKey();
            }
        }
        return -1;
    }

    /** The namespaces with a number here, by number. */
    public SortedMap<Integer, NetworkNamespace> knownPeers() {
        return Collections.unmodifiableSortedMap(peerIds);
    }

    /** Another namespace is gone, and the number with it ({@code unhash_nsid}). */
    void forgetPeer(NetworkNamespace other) {
        peerIds.values().remove(other);
    }

    /** The number of its file in {@code /proc/PID/ns} ({@code ns_common.inum}). */
    public long inode() {
        return inode;
    }

    /** Somebody more holds it: a process in it, or a name. */
    public void retain() {
        holders++;
    }

    /** Somebody lets go; with the last one it is gone, and its devices with it ({@code cleanup_net}). */
    public void release() {
        if (--holders == 0) {
            devices.deleteAll();
            sockets.closeAll();
            machine.forget(this);
        }
    }
}
