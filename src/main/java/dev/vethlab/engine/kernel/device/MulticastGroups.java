package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.packet.Ipv6Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The multicast groups that a device listens to, of the link, of IPv4 and of IPv6. */
public final class MulticastGroups {
    /** {@code ff02::1} and 224.0.0.1 as group MAC addresses. */
    private static final long ALL_NODES = 0x3333_0000_0001L;

    private static final long ALL_SYSTEMS = 0x01_005E_00_0001L;

    /** The first three octets of a group address that carries an IPv4 group (RFC 1112). */
    private static final long INTERNET_GROUP = 0x01_005E;

    private static final int LOCAL_GROUPS = 224 << 24;

    private final NetDevice device;
    private final Set<Long> byHand = new LinkedHashSet<>(0);

    MulticastGroups(NetDevice device) {
        this.device = device;
    }

    /** The group addresses that it listens to, in the order in which they were joined ({@code dev->mc}). */
    public List<Long> all() {
        var groups = new LinkedHashSet<>(joined());
        groups.addAll(byHand);
        return new ArrayList<>(groups);
    }

    /** How many want it to listen to this group: itself, and who added it by hand. */
    public int listeners(long group) {
        return (joined().contains(group) ? 1 : 0) + (byHand.contains(group) ? 1 : 0);
    }

    private List<Long> joined() {
        var groups = new ArrayList<Long>();
        groups.add(ALL_NODES);
        if (device.isUp()) {
            groups.addAll(device.ownGroups());
            groups.add(ALL_SYSTEMS);
            if (!device.ipv6Addresses().isEmpty()) {
                groups.add(new Ipv6Message(device.mac()).solicitedNodeMac());
            }
        }
        return groups;
    }

    /** The IPv4 groups that it is in, the newest first ({@code in_dev->mc_list}); all are of 224.0.0.0/24. */
    public List<Integer> internet() {
        if (!device.isUp()) {
            return List.of();
        }
        return joined().reversed().stream()
                .filter(group -> group >>> 24 == INTERNET_GROUP)
                .map(group -> LOCAL_GROUPS | (int) (group & 0xFF))
                .toList();
    }

    /** The IPv6 groups that it is in, the newest first ({@code idev->mc_list}), whether it is up or not. */
    public List<String> internet6() {
        var groups = new ArrayList<String>();
        for (long group : joined().reversed()) {
            if (group >>> 32 == 0x3333) {
                String low = Long.toHexString(group & 0xFFFF);
                boolean solicitedNode = (group & 0xFF00_0000L) == 0xFF00_0000L;
                groups.add("ff02::" + (solicitedNode ? "1:" + Long.toHexString(group >>> 16 & 0xFFFF) + ":" : "") + low);
            }
        }
        groups.add("ff01::1");
        return groups;
    }

    /** Addresses that were added by hand ({@code bridge fdb add … self}, {@code ip maddress add}). */
    public Set<Long> byHand() {
        return byHand;
    }
}
