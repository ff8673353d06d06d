package dev.vethlab.engine.kernel.netfilter.set;

import dev.vethlab.engine.kernel.netfilter.set.SetEntry.Attributes;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set: its elements, in the order in which they were added ({@code struct ip_set}). Elements that are over go when somebody next
 * looks.
 */
public final class IpSet {
    private static final long SECOND = 1_000_000_000L;

    private final SetType type;
    private final SetOptions options;
    private Map<SetElement, SetEntry> entries = new LinkedHashMap<>();
    private String name;
    private int references;

    IpSet(String name, SetType type, SetOptions options) {
        this.name = name;
        this.type = type;
        this.options = options;
    }

    public String name() {
        return name;
    }

    void rename(String to) {
        name = to;
    }

    public SetType type() {
        return type;
    }

    public SetOptions options() {
        return options;
    }

    /** How many rules and lists of sets refer to it. */
    public int references() {
        return references;
    }

    void addReferences(int change) {
        references += change;
    }

    /** The live elements. */
    public List<SetEntry> entries(long now) {
        entries.values().removeIf(entry -> entry.isOver(now));
        return List.copyOf(entries.values());
    }

    void clear() {
        entries.clear();
    }

    /** Bytes, as the kernel counts them. */
    public long memory(long now) {
        List<SetEntry> all = entries(now);
        int element = options.elementSize(type.elementSize());
        long comments = all.stream().mapToLong(e -> e.attributes().comment().isEmpty() ? 0 : 17 + e.attributes().comment().length()).sum();
        if (type.isBitmap()) {
            long count = Integer.toUnsignedLong(options.high()) - Integer.toUnsignedLong(options.low()) + 1;
            return type.baseSize() + (count + 63) / 64 * 8 + element * count + comments;
        }
        if (type == SetType.LIST_SET) {
            return type.baseSize() + (long) element * all.size() + comments;
        }
        long buckets = 0;
        var sizes = new TreeMap<Long, Integer>();
        for (SetEntry entry : all) {
            boolean shares = type == SetType.HASH_NET_IFACE;
            long bucket = shares ? (long) entry.element().address() << 8 | entry.element().prefix() : sizes.size() + 1L << 40;
            sizes.merge(bucket, 1, Integer::sum);
        }
        for (int size : sizes.values()) {
            buckets += 32 + (size + 1) / 2 * 2L * element;
        }
        return type.baseSize() + (options.ipv6() ? 8 : 0) + buckets + comments;
    }

    // ---- changing ----

    /** The element as this set keeps it: cut to the set's netmask, and checked against its range. */
    private SetElement kept(SetElement element) throws SetException {
        SetElement kept = options.netmask() > 0 ? element.withAddress(element.address() & Ipv4.mask(options.netmask()), 32) : element;
        if (type.isBitmap()) {
            int value = type == SetType.BITMAP_PORT ? element.port() : element.address();
            if (Integer.compareUnsigned(value, options.low()) < 0 || Integer.compareUnsigned(value, options.high()) > 0) {
                throw new SetException(SetError.OUT_OF_RANGE);
            }
        }
        boolean emptyPrefix = type.hasNet() && type != SetType.HASH_NET_IFACE && (element.prefix() == 0 || element.prefix2() == 0);
        if (emptyPrefix) {
            throw new SetException(SetError.INVALID_PREFIX);
        }
        return kept;
    }

    private SetElement key(SetElement element) {
        return type == SetType.BITMAP_IP_MAC ? element.withMac(0) : element;
    }

    /** Adds it; one that is there is an error unless {@code exist}, and then its extensions are set anew. */
    void add(SetElement given, Attributes attributes, boolean exist, long now) throws SetException {
        checkExtensions(attributes);
        SetElement element = kept(given);
        SetElement key = key(element);
        SetEntry before = entries.get(key);
        boolean there = before != null && !before.isOver(now);
        if (there && !exist) {
            throw new SetException(SetError.ELEMENT_EXISTS);
        }
        if (before == null && type.isHash() && entries.size() >= options.maxElements() && entries(now).size() >= options.maxElements()) {
            makeRoom();
        }
        int seconds = attributes.timeout() == SetOptions.NO_TIMEOUT ? options.timeout() : attributes.timeout();
        entries.put(key, new SetEntry(element, attributes, seconds > 0 ? now + seconds * SECOND : 0));
    }

    private void makeRoom() throws SetException {
        if (!options.forceAdd()) {
            throw new SetException(SetError.HASH_FULL);
        }
        entries.remove(entries.keySet().iterator().next());
    }

    private void checkExtensions(Attributes attributes) throws SetException {
        if (attributes.timeout() != SetOptions.NO_TIMEOUT && options.timeout() == SetOptions.NO_TIMEOUT) {
            throw new SetException(SetError.NO_TIMEOUT);
        }
        if ((attributes.packets() >= 0 || attributes.bytes() >= 0) && !options.counters()) {
            throw new SetException(SetError.NO_COUNTERS);
        }
        if (!attributes.comment().isEmpty() && !options.comment()) {
            throw new SetException(SetError.NO_COMMENT);
        }
        if (!attributes.skb().isEmpty() && !options.skbinfo()) {
            throw new SetException(SetError.NO_SKBINFO);
        }
    }

    /** Puts a member of a list in its place, or elsewhere if it is there ({@code list_set_uadd}). */
    void insert(SetElement member, Attributes attributes, @Nullable String neighbour, boolean before, long now) throws SetException {
        checkExtensions(attributes);
        SetElement place = neighbour == null ? null : SetElement.ofSet(neighbour);
        if (place != null && !entries.containsKey(place)) {
            throw new SetException(SetError.REFERENCE_MISSING);
        }
        int seconds = attributes.timeout() == SetOptions.NO_TIMEOUT ? options.timeout() : attributes.timeout();
        var entry = new SetEntry(member, attributes, seconds > 0 ? now + seconds * SECOND : 0);
        var ordered = new LinkedHashMap<SetElement, SetEntry>();
        entries.remove(member);
        entries.forEach((key, value) -> {
            if (before && key.equals(place)) {
                ordered.put(member, entry);
            }
            ordered.put(key, value);
            if (!before && key.equals(place)) {
                ordered.put(member, entry);
            }
        });
        ordered.putIfAbsent(member, entry);
        entries = ordered;
    }

    /** Removes it; one that is not there is an error unless {@code exist}. */
    void delete(SetElement given, boolean exist, long now) throws SetException {
        SetEntry before = entries.remove(key(kept(given)));
        if ((before == null || before.isOver(now)) && !exist) {
            throw new SetException(SetError.ELEMENT_MISSING);
        }
    }

    // ---- asking ----

    /** The live entry of exactly this element; null if there is none. */
    @Nullable SetEntry exactly(SetElement element, long now) {
        SetElement asked = options.netmask() > 0 ? element.withAddress(element.address() & Ipv4.mask(options.netmask()), 32) : element;
        SetEntry entry = entries.get(key(asked));
        boolean found = entry != null && !entry.isOver(now)
                && (element.mac() == 0 || entry.element().mac() == 0 || entry.element().mac() == element.mac());
        return found ? entry : null;
    }

    /**
     * The entry that an element falls under: for networks, the narrowest that has the address ({@code mtype_test_cidrs}); null if there
     * is none. A network asked for by its prefix has to be there as it is.
     */
    public @Nullable SetEntry find(SetElement element, long now) {
        if (!type.hasNet()) {
            return exactly(element, now);
        }
        boolean second = type == SetType.HASH_IP_PORT_NET;
        if ((second ? element.prefix2() : element.prefix()) != 32) {
            return exactly(element, now);
        }
        int address = second ? element.address2() : element.address();
        for (int length = 32; length >= 0; length--) {
            SetEntry entry = exactly(second ? element.withSecondAddress(address, length) : element.withAddress(address, length), now);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** The members of a list, in order. */
    List<String> members(long now) {
        var names = new ArrayList<String>();
        entries(now).forEach(entry -> names.add(entry.element().set()));
        return names;
    }

    void swapContents(IpSet other) {
        String hisName = other.name;
        other.name = name;
        name = hisName;
        int hisReferences = other.references;
        other.references = references;
        references = hisReferences;
    }
}
