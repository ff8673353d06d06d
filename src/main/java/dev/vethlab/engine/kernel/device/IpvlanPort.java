package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.ArpPacket;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.OpaquePayload;
import dev.vethlab.engine.packet.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the ipvlans of one device have in common: their mode, and whose address is whose ({@code struct ipvl_port}). */
public final class IpvlanPort implements FrameTaker {
    private final NetDevice device;
    private final List<Ipvlan> members = new ArrayList<>(1);
    private IpvlanMode mode;
    private Traffic traffic = Traffic.BRIDGE;

    /** Who of them reaches whom. */
    public enum Traffic {
        BRIDGE,
        PRIVATE,
        VEPA;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    IpvlanPort(NetDevice device, IpvlanMode mode) {
        this.device = device;
        this.mode = mode;
    }

    NetDevice device() {
        return device;
    }

    List<Ipvlan> members() {
        return members;
    }

    public IpvlanMode mode() {
        return mode;
    }

    /** Of all of them: there is no ARP where the namespace below routes ({@code ipvlan_set_port_mode}). */
    public void setMode(IpvlanMode wanted) {
        mode = wanted;
        members.forEach(member -> member.set(LinkFlag.NOARP, wanted != IpvlanMode.L2));
    }

    public Traffic traffic() {
        return traffic;
    }

    public void setTraffic(Traffic traffic) {
        this.traffic = traffic;
    }

    boolean isVepa() {
        return traffic == Traffic.VEPA;
    }

    boolean isPrivate() {
        return traffic == Traffic.PRIVATE;
    }

    void remove(Ipvlan member) {
        members.remove(member);
        if (members.isEmpty()) {
            device.setTaker(null);
        }
    }

    /** The one that is up and has an address. */
    @Nullable Ipvlan owner(int address) {
        for (Ipvlan member : members) {
            if (member.isUp() && member.addresses().stream().anyMatch(own -> own.address() == address)) {
                return member;
            }
        }
        return null;
    }

    /** Whether another one has the address ({@code ipvlan_addr_busy}). */
    boolean isTaken(int address, Ipvlan by) {
        Ipvlan owner = owner(address);
        return owner != null && owner != by;
    }

    /** Whose destination it is ({@code ipvlan_addr_lookup}). */
    @Nullable Ipvlan find(Payload payload) {
        return switch (payload) {
            case Ipv4Packet ip -> owner(ip.destination());
            case ArpPacket arp -> owner(arp.targetIp());
            case OpaquePayload other -> null;
        };
    }

    private boolean isFromMember(Payload payload) {
        return switch (payload) {
            case Ipv4Packet ip -> owner(ip.source()) != null;
            case ArpPacket arp -> owner(arp.senderIp()) != null;
            case OpaquePayload other -> false;
        };
    }

    /** Copies to those that are up, but not to {@code sender}. */
    void flood(PacketBuffer packet, EthernetFrame frame, @Nullable Ipvlan sender) {
        for (Ipvlan member : members) {
            boolean listens = frame.destination() == Mac.BROADCAST || member.groups().listeners(frame.destination()) > 0;
            if (member != sender && member.isUp() && listens) {
                member.receiveCopy(packet, frame, sender == null ? device.name() : sender.name());
            }
        }
    }

    /** {@code ipvlan_handle_frame}. */
    @Override
    public boolean take(PacketBuffer packet, EthernetFrame frame) {
        if (mode == IpvlanMode.L2 && Mac.isGroup(frame.destination())) {
            if (!isFromMember(frame.payload())) {
                flood(packet, frame, null);
            }
            return false;
        }
        Ipvlan target = find(frame.payload());
        if (target == null) {
            return false;
        }
        // ipvlan_l3s.c: the tables of the namespace below have their say first
        boolean passes = mode != IpvlanMode.L3S || !(frame.payload() instanceof Ipv4Packet)
                || device.namespace().path().passesInput(packet);
        if (passes) {
            target.receiveOwn(packet, frame.withPayload(packet.payload()));
        }
        return true;
    }
}
