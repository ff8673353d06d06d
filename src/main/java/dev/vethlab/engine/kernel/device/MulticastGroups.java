package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv6Message;
import dev.vethlab.engine.packet.Mac;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    /** IPv4 groups that it is in and how many want it, the oldest first ({@code in_dev->mc_list}, turned round). */
    private final Map<Integer, Integer> members = new LinkedHashMap<>(0);

    private final GroupReports reports;

    MulticastGroups(NetDevice device) {
        this.device = device;
        this.reports = new GroupReports(device);
    }

    /** Somebody here wants what is sent to an IPv4 group ({@code __ip_mc_inc_group}). */
    public void join(int group) {
        if (members.merge(group, 1, Integer::sum) == 1 && device.isUp()) {
            reports.joined(group);
        }
    }

    /** One who joined does no longer want it ({@code __ip_mc_dec_group}). */
    public void leave(int group) {
        Integer left = members.computeIfPresent(group, (g, users) -> users == 1 ? null : users - 1);
        if (left == null && device.isUp()) {
            reports.left(group);
        }
    }

    /** The device came up: those of its kind are joined, and all are told ({@code ip_mc_up}). */
    void opened() {
        ownInternet().forEach(group -> members.put(group, 1));
        members.put(Ipv4.ALL_SYSTEMS, 1);
        members.keySet().stream().filter(group -> group != Ipv4.ALL_SYSTEMS).forEach(reports::joined);
    }

    /** It went down ({@code ip_mc_down}). */
    void closed() {
        ownInternet().forEach(members::remove);
        members.remove(Ipv4.ALL_SYSTEMS);
        reports.stop();
    }

    private List<Integer> ownInternet() {
        return device.ownGroups().stream()
                .filter(group -> group >>> 24 == INTERNET_GROUP)
                .map(group -> LOCAL_GROUPS | (int) (group & 0xFF))
                .toList();
    }

    /** Whether what is sent to an IPv4 group is for this machine when it comes by this device ({@code ip_check_mc_rcu}). */
    public boolean isMember(int group) {
        return group == Ipv4.ALL_SYSTEMS || members.containsKey(group);
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
            members.keySet().stream().map(Mac::ofMulticast).filter(group -> !groups.contains(group)).forEach(groups::add);
        }
        return groups;
    }

    /** The IPv4 groups that it is in, the newest first ({@code in_dev->mc_list}). */
    public List<Integer> internet() {
        return new ArrayList<>(members.keySet()).reversed();
    }

    /** How many are in an IPv4 group of this device. */
    public int users(int group) {
        return members.getOrDefault(group, 0);
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
