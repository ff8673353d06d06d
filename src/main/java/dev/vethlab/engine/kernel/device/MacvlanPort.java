package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Mac;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the macvlans of one device have in common ({@code struct macvlan_port}). */
final class MacvlanPort implements FrameTaker {
    private final NetDevice device;
    private final long permanentMac;
    private final List<Macvlan> members = new ArrayList<>(1);

    MacvlanPort(NetDevice device) {
        this.device = device;
        this.permanentMac = device.mac();
    }

    NetDevice device() {
        return device;
    }

    List<Macvlan> members() {
        return members;
    }

    /** Whether its only member is the device under another name. */
    boolean isPassthru() {
        return !members.isEmpty() && members.getFirst().mode() == MacvlanMode.PASSTHRU;
    }

    /** With the last one the device has its frames for itself again, and its own address ({@code macvlan_port_destroy}). */
    void remove(Macvlan member) {
        boolean passthru = isPassthru();
        members.remove(member);
        if (passthru && device.mac() != permanentMac) {
            device.setMac(permanentMac);
        }
        if (members.isEmpty()) {
            device.setTaker(null);
        }
    }

    /** The one that is up and has this address ({@code macvlan_hash_lookup}). */
    @Nullable Macvlan find(long mac) {
        for (Macvlan member : members) {
            if (member.isUp() && member.mac() == mac) {
                return member;
            }
        }
        return null;
    }

    /** Whether the device below or another one has the address ({@code macvlan_addr_busy}). */
    boolean isTaken(long mac, Macvlan by) {
        Macvlan owner = find(mac);
        return device.mac() == mac || (owner != null && owner != by);
    }

    /** Copies to those that are up, but not to {@code sender} ({@code macvlan_broadcast}). */
    void flood(PacketBuffer packet, EthernetFrame frame, @Nullable Macvlan sender, Predicate<Macvlan> wanted) {
        String from = sender == null ? device.name() : sender.name();
        for (Macvlan member : members) {
            if (member != sender && member.isUp() && wanted.test(member) && listens(member, frame.destination())) {
                member.receiveCopy(packet, frame, from);
            }
        }
    }

    /** {@code mc_filter}: only groups that it joined. */
    private static boolean listens(Macvlan member, long group) {
        return group == Mac.BROADCAST || member.groups().listeners(group) > 0;
    }

    /** {@code macvlan_handle_frame}. */
    @Override
    public boolean take(PacketBuffer packet, EthernetFrame frame) {
        Macvlan source = find(frame.source());
        if (Mac.isGroup(frame.destination())) {
            return takeGroup(packet, frame, source);
        }
        Macvlan target = isPassthru() ? members.getFirst() : find(frame.destination());
        if (target == null) {
            return false;
        }
        target.receiveOwn(packet, frame);
        return true;
    }

    /** {@code macvlan_multicast_rx}: what a member sent itself comes back only by a switch that reflects it. */
    private boolean takeGroup(PacketBuffer packet, EthernetFrame frame, @Nullable Macvlan source) {
        if (source == null) {
            flood(packet, frame, null, member -> true);
            return false;
        }
        switch (source.mode()) {
            case VEPA -> flood(packet, frame, source, m -> m.mode() == MacvlanMode.VEPA || m.mode() == MacvlanMode.BRIDGE);
            case BRIDGE -> flood(packet, frame, source, m -> m.mode() == MacvlanMode.VEPA);
            case PRIVATE, PASSTHRU -> {
                source.receiveCopy(packet, frame, device.name());
                return true;
            }
        }
        return false;
    }
}
