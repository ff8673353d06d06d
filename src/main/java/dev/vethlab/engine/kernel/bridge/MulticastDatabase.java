package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.IgmpReport;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Ipv6Message;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to which multicast group, as a bridge overhears it ({@code net/bridge/br_multicast.c}, {@code br_mdb.c}). There is no
 * querier in these networks, so what is sent to groups is flooded all the same.
 */
public final class MulticastDatabase {
    /** {@code br_multicast_gmi}: how long a report counts. */
    private static final long MEMBERSHIP_INTERVAL = 260_000_000_000L;

    /** {@code br_multicast_leave_group}: two last chances, a second each, for others there who listen. */
    private static final long LEAVE_INTERVAL = 2_000_000_000L;

    private static final int CAPACITY = 4096;

    private final Simulation simulation;
    private final List<Entry> entries = new ArrayList<>(0);
    private boolean snooping = true;

    /**
     * A group and one who listens.
     *
     * @param group the address, as text
     * @param port null for the bridge itself
     * @param expires virtual time; {@link Long#MAX_VALUE} for a permanent one
     * @param learned whether the kernel overheard it
     */
    public record Entry(String group, @Nullable BridgePort port, long expires, boolean learned) {
        public boolean isPermanent() {
            return expires == Long.MAX_VALUE;
        }
    }

    MulticastDatabase(Simulation simulation) {
        this.simulation = simulation;
    }

    public boolean snoops() {
        return snooping;
    }

    /** Only its bridge does this, which joins or leaves a group then. */
    public void setSnooping(boolean on) {
        snooping = on;
    }

    /** The entries, the youngest group first; none while snooping is off. */
    public List<Entry> entries() {
        expire();
        return snooping ? List.copyOf(entries) : List.of();
    }

    /** How many groups are listened to behind a port. */
    public int groups(BridgePort port) {
        return (int) entries().stream().filter(entry -> entry.port() == port).count();
    }

    /** Whether the entry is new. */
    public boolean add(String group, @Nullable BridgePort port, boolean permanent) {
        return put(new Entry(group, port, permanent ? Long.MAX_VALUE : simulation.now() + MEMBERSHIP_INTERVAL, false));
    }

    /** Whether there was such an entry. */
    public boolean remove(String group, @Nullable BridgePort port) {
        return entries.removeIf(entry -> entry.group().equals(group) && entry.port() == port);
    }

    void forget(BridgePort port) {
        entries.removeIf(entry -> entry.port() == port);
    }

    /** A frame came in by a port, or from the bridge itself: if it is a report, its group is known from now on. */
    void overhear(@Nullable BridgePort port, EthernetFrame frame) {
        if (!snooping) {
            return;
        }
        if (frame.payload() instanceof Ipv4Packet ip) {
            IgmpReport.groups(ip).stream().filter(group -> !isOfTheLink(group.address())).forEach(group -> overhear(port, group));
        } else if (Ipv6Message.reportedGroup(frame) instanceof String group) {
            listens(port, group);
        }
    }

    /** 224.0.0.0/24, which is flooded always ({@code ipv4_is_local_multicast}). */
    private static boolean isOfTheLink(int group) {
        return group >>> 8 == 0xE00000;
    }

    private void overhear(@Nullable BridgePort port, IgmpReport.Group group) {
        String address = Ipv4.text(group.address());
        if (group.change() == IgmpReport.Change.JOINED) {
            listens(port, address);
        } else {
            long end = simulation.now() + LEAVE_INTERVAL;
            entries.replaceAll(known -> {
                boolean left = known.group().equals(address) && known.port() == port && !known.isPermanent();
                return left ? new Entry(address, port, Math.min(end, known.expires()), known.learned()) : known;
            });
        }
    }

    private void listens(@Nullable BridgePort port, String group) {
        var entry = new Entry(group, port, simulation.now() + MEMBERSHIP_INTERVAL, true);
        entries.replaceAll(known -> known.group().equals(group) && known.port() == port && !known.isPermanent() ? entry : known);
        put(entry);
    }

    private void expire() {
        entries.removeIf(entry -> entry.expires() <= simulation.now());
    }

    private boolean put(Entry entry) {
        expire();
        int sameGroup = -1;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).group().equals(entry.group())) {
                if (entries.get(i).port() == entry.port()) {
                    return false;
                }
                sameGroup = i;
            }
        }
        if (entries.size() < CAPACITY) {
            entries.add(sameGroup + 1, entry);
        }
        return true;
    }
}
