package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Subnet;
import dev.vethlab.engine.packet.Ipv4;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one network: always the lowest free one, taken back when its endpoint goes ({@code libnetwork/ipams/defaultipam}).
 * Networks with ranges of one subnet share its addresses.
 */
public final class AddressPool {
    /** From this prefix length on there is neither a network nor a broadcast address (RFC 3021). */
    private static final int SMALLEST = 31;

    private final Subnet subnet;
    private final @Nullable Subnet range;
    /** Of the whole subnet. */
    private final TreeSet<Long> used;
    private final TreeSet<Long> own = new TreeSet<>();

    /** @param sibling another of the same subnet */
    AddressPool(Subnet subnet, @Nullable Subnet range, @Nullable AddressPool sibling) {
        this.subnet = subnet;
        this.range = range;
        used = sibling == null ? new TreeSet<>() : sibling.used;
        if (subnet.length() < SMALLEST) {
            used.add(Integer.toUnsignedLong(subnet.first()));
            used.add(Integer.toUnsignedLong(subnet.last()));
        }
    }

    public Subnet subnet() {
        return subnet;
    }

    /** The part that addresses are given from unless asked for; null for all. */
    public @Nullable Subnet range() {
        return range;
    }

    /** Takes the lowest free address. */
    public int request() throws EngineException {
        Subnet from = range == null ? subnet : range;
        long last = Integer.toUnsignedLong(from.last());
        for (long candidate = Integer.toUnsignedLong(from.first()); candidate <= last; candidate++) {
            if (take(candidate)) {
                return (int) candidate;
            }
        }
        throw EngineException.internal("no available IPv4 addresses on this network's address pools");
    }

    /** Takes this address. */
    public int request(int address) throws EngineException {
        if (!subnet.contains(address)) {
            throw EngineException.badRequest("Requested address is out of range");
        }
        if (!take(Integer.toUnsignedLong(address))) {
            throw EngineException.forbidden("Address already in use");
        }
        return address;
    }

    private boolean take(long address) {
        return used.add(address) && own.add(address);
    }

    public void release(int address) {
        if (own.remove(Integer.toUnsignedLong(address))) {
            used.remove(Integer.toUnsignedLong(address));
        }
    }

    /** Gives back all that it took. */
    void releaseAll() {
        used.removeAll(own);
        own.clear();
    }

    @Override
    public String toString() {
        return subnet + (range == null ? "" : " (" + Ipv4.text(range.first()) + "/" + range.length() + ")");
    }
}
