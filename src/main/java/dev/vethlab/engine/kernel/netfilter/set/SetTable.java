package dev.vethlab.engine.kernel.netfilter.set;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.set.SetEntry.Attributes;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.UdpDatagram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sets of one network namespace ({@code ip_set_core.c}). A set keeps its place when it is renamed; a free place is used again. */
public final class SetTable {
    /** More elements than a session needs; a bitmap's range and a hash count against it. */
    private static final int MAX_SETS = 256;

    private static final int MAX_ELEMENTS = 65_536;

    private final NetworkNamespace namespace;
    private final List<@Nullable IpSet> places = new ArrayList<>(0);

    public SetTable(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    private long now() {
        return namespace.kernel().now();
    }

    /** The sets in the order in which the kernel lists them: lists of sets come last. */
    public List<IpSet> listed() {
        var all = new ArrayList<IpSet>();
        places.forEach(set -> {
            if (set != null && set.type() != SetType.LIST_SET) {
                all.add(set);
            }
        });
        places.forEach(set -> {
            if (set != null && set.type() == SetType.LIST_SET) {
                all.add(set);
            }
        });
        return all;
    }

    /** The set of this name; null if there is none. */
    public @Nullable IpSet find(String name) {
        for (int i = 0; i < places.size(); i++) {
            IpSet set = places.get(i);
            if (set != null && set.name().equals(name)) {
                return set;
            }
        }
        return null;
    }

    public IpSet present(String name) throws SetException {
        IpSet set = find(name);
        if (set == null) {
            throw new SetException(SetError.NO_SUCH_SET);
        }
        return set;
    }

    /** A rule that asks this set came or went. */
    public void refer(String name, int change) {
        IpSet set = find(name);
        if (set != null) {
            set.addReferences(change);
        }
    }

    public void create(String name, SetType type, SetOptions options, boolean exist) throws SetException {
        IpSet before = find(name);
        if (before != null) {
            if (exist && before.type() == type && before.options().sameAs(options)) {
                return;
            }
            throw new SetException(SetError.SET_EXISTS);
        }
        if (type.isBitmap() && Integer.toUnsignedLong(options.high()) - Integer.toUnsignedLong(options.low()) >= MAX_ELEMENTS) {
            throw new SetException(SetError.RANGE_TOO_LARGE);
        }
        int free = places.indexOf(null);
        if (free < 0) {
            if (places.size() >= MAX_SETS) {
                throw new SetException(SetError.TOO_MANY_SETS);
            }
            free = places.size();
            places.add(null);
        }
        places.set(free, new IpSet(name, type, options));
    }

    public void destroy(String name) throws SetException {
        IpSet set = present(name);
        if (set.references() > 0) {
            throw new SetException(SetError.IN_USE);
        }
        flush(set);
        places.set(places.indexOf(set), null);
    }

    public void destroyAll() throws SetException {
        if (listed().stream().anyMatch(set -> set.references() > 0)) {
            throw new SetException(SetError.IN_USE);
        }
        places.clear();
    }

    /** All elements of one set go, or with null those of all sets. */
    public void flush(@Nullable IpSet set) {
        for (IpSet each : set == null ? listed() : List.of(set)) {
            each.members(now()).forEach(member -> refer(member, -1));
            each.clear();
        }
    }

    public void rename(String from, String to) throws SetException {
        IpSet set = present(from);
        if (set.references() > 0) {
            throw new SetException(SetError.RENAME_IN_USE);
        }
        if (find(to) != null) {
            throw new SetException(SetError.NEW_NAME_EXISTS);
        }
        set.rename(to);
    }

    /** The names change places, and with them what refers to them. */
    public void swap(String from, String to) throws SetException {
        IpSet one = present(from);
        IpSet other = find(to);
        if (other == null) {
            throw new SetException(SetError.SECOND_MISSING);
        }
        if (one.type() != other.type() || one.options().ipv6() != other.options().ipv6()) {
            throw new SetException(SetError.TYPES_DIFFER);
        }
        int place = places.indexOf(one);
        places.set(places.indexOf(other), one);
        places.set(place, other);
        one.swapContents(other);
    }

    // ---- elements ----

    public void add(IpSet set, SetElement element, Attributes attributes, boolean exist) throws SetException {
        set.add(element, attributes, exist, now());
    }

    public void delete(IpSet set, SetElement element, boolean exist) throws SetException {
        if (set.type() == SetType.LIST_SET) {
            requireMember(element.set());
        }
        set.delete(element, exist, now());
        if (set.type() == SetType.LIST_SET) {
            refer(element.set(), -1);
        }
    }

    /** Adds a member to a list, perhaps {@code before} or after {@code neighbour}. */
    public void addMember(IpSet list, String member, Attributes attributes, @Nullable String neighbour, boolean before, boolean exist)
            throws SetException {
        IpSet added = requireMember(member);
        if (added.type() == SetType.LIST_SET) {
            throw new SetException(SetError.LIST_IN_LIST);
        }
        if (neighbour != null && find(neighbour) == null) {
            throw new SetException(SetError.REFERENCE_MISSING);
        }
        SetElement element = SetElement.ofSet(member);
        boolean there = list.exactly(element, now()) != null;
        if (there && !exist) {
            throw new SetException(SetError.ELEMENT_EXISTS);
        }
        list.insert(element, attributes, neighbour, before, now());
        added.addReferences(there ? 0 : 1);
    }

    private IpSet requireMember(String name) throws SetException {
        IpSet found = find(name);
        if (found == null) {
            throw new SetException(SetError.ELEMENT_SET_MISSING);
        }
        return found;
    }

    /** {@code ipset test}: whether the element is in the set and no exception. */
    public boolean test(IpSet set, SetElement element) {
        SetEntry entry = set.find(element, now());
        return entry != null && !entry.attributes().noMatch();
    }

    // ---- packets ----

    /** How a packet is looked for in a set: which end of it each part is, and what becomes of counters. */
    public record Question(List<Boolean> sources, boolean updateCounters, boolean returnNoMatch, Predicate<SetEntry> condition) {}

    /** Whether the packet is in the set ({@code ip_set_test}). */
    public boolean matches(IpSet set, PacketBuffer packet, HookPoint at, Question question) {
        if (set.type() == SetType.LIST_SET) {
            for (String member : set.members(now())) {
                IpSet found = find(member);
                if (found != null && matches(found, packet, at, question)) {
                    return true;
                }
            }
            return false;
        }
        SetElement element = set.options().ipv6() ? null : element(set.type(), packet, at, question.sources());
        SetEntry entry = element == null ? null : find(set, element, packet, at, question.sources());
        if (entry == null) {
            return false;
        }
        // ip_set_match_extensions: counted first, whatever the condition says; a set without counters has none
        if (set.options().counters()) {
            if (question.updateCounters()) {
                entry.count(packet.ip().length());
            }
            if (!question.condition().test(entry)) {
                return false;
            }
        }
        return question.returnNoMatch() == entry.attributes().noMatch();
    }

    private @Nullable SetEntry find(IpSet set, SetElement element, PacketBuffer packet, HookPoint at, List<Boolean> sources) {
        SetEntry entry = set.find(element, now());
        if (entry != null || set.type() != SetType.HASH_NET_IFACE) {
            return entry;
        }
        NetDevice port = sources.get(1) ? packet.physicalIn : packet.physicalOut;
        return port == null ? null : set.find(element.withDevice(port.name(), true), now());
    }

    /** The packet as an element of a set of this type; null if it cannot be one. */
    public static @Nullable SetElement element(SetType type, PacketBuffer packet, HookPoint at, List<Boolean> sources) {
        if (sources.size() < type.parts().size()) {
            return null;
        }
        Ipv4Packet ip = packet.ip();
        SetElement element = SetElement.NONE;
        boolean first = true;
        for (int i = 0; i < type.parts().size(); i++) {
            boolean source = sources.get(i);
            switch (type.parts().get(i)) {
                case IP, NET -> {
                    int address = source ? ip.source() : ip.destination();
                    element = first ? element.withAddress(address, 32) : element.withSecondAddress(address, 32);
                    first = false;
                }
                case PORT -> {
                    int port = port(ip, source);
                    boolean bitmap = type == SetType.BITMAP_PORT;
                    if (port < 0 || (bitmap && ip.protocol() != IpProtocol.TCP && ip.protocol() != IpProtocol.UDP)) {
                        return null;
                    }
                    element = element.withPort(bitmap ? 0 : ip.protocol(), port);
                }
                case IFACE -> {
                    NetDevice device = source ? at.in(packet) : at.out(packet);
                    if (device == null) {
                        return null;
                    }
                    element = element.withDevice(device.name(), false);
                }
                case MAC -> {
                    if (packet.frame() == null) {
                        return null;
                    }
                    element = element.withMac(source ? packet.frame().source() : packet.frame().destination());
                }
                case SET -> {
                    return null;
                }
            }
        }
        return element;
    }

    /** {@code ip_set_get_ip4_port}; -1 if the packet has none. */
    private static int port(Ipv4Packet ip, boolean source) {
        if (ip.fragmentOffset() > 0) {
            return -1;
        }
        return switch (ip.transport()) {
            case TcpSegment tcp -> source ? tcp.sourcePort() : tcp.destinationPort();
            case UdpDatagram udp -> source ? udp.sourcePort() : udp.destinationPort();
            case IcmpMessage icmp -> icmp.type() << 8 | icmp.code();
            default -> 0;
        };
    }
}
