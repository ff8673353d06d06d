package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Subnet;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which subnets are whose ({@code libnetwork/ipams/defaultipam}). Those that nobody chose come from 172.17/16 to 172.31/16, then from
 * 192.168/16 in pieces of /20; what overlaps a network that the host can reach directly, or one of its name servers, is passed over.
 */
public final class Ipam {
    /** Where subnets are cut from. */
    public record DefaultPool(Subnet base, int size) {}

    /** Where networks of global scope get theirs ({@code GetGlobalScopeDefaultNetworks}). */
    private static final List<DefaultPool> GLOBAL = List.of(new DefaultPool(new Subnet(Ipv4.of(10, 0, 0, 0), 8), 24));

    private final List<DefaultPool> defaults;
    private final List<AddressPool> pools = new ArrayList<>();

    public Ipam(List<DefaultPool> defaults) {
        this.defaults = List.copyOf(defaults);
    }

    /** The pools of an engine that was not told others ({@code ipamutils}). */
    public static List<DefaultPool> standardPools() {
        var pools = new ArrayList<DefaultPool>();
        for (int second = 17; second <= 31; second++) {
            pools.add(new DefaultPool(new Subnet(Ipv4.of(172, second, 0, 0), 16), 16));
        }
        pools.add(new DefaultPool(new Subnet(Ipv4.of(192, 168, 0, 0), 16), 20));
        return pools;
    }

    /**
     * Takes a subnet that somebody chose, or a range of one, which may be a part of what others have: whether networks may overlap is
     * left to their driver ({@code addrSpace.allocateSubnet}).
     */
    public AddressPool request(Subnet subnet, @Nullable Subnet range) throws EngineException {
        boolean taken = range == null ? overlapping(subnet)
                : pools.stream().anyMatch(pool -> pool.subnet().equals(subnet) && range.equals(pool.range()));
        if (taken) {
            throw EngineException.forbidden("invalid pool request: Pool overlaps with other one on this address space");
        }
        return add(subnet, range);
    }

    /** Takes the next subnet that overlaps neither another nor {@code reserved}. */
    public AddressPool requestAny(List<Subnet> reserved) throws EngineException {
        return requestAny(defaults, reserved);
    }

    /** The same for a network of global scope. */
    AddressPool requestGlobal(List<Subnet> reserved) throws EngineException {
        return requestAny(GLOBAL, reserved);
    }

    private AddressPool requestAny(List<DefaultPool> from, List<Subnet> reserved) throws EngineException {
        for (DefaultPool pool : from) {
            int count = 1 << (pool.size() - pool.base().length());
            for (int i = 0; i < count; i++) {
                var candidate = new Subnet(pool.base().first() + (i << (32 - pool.size())), pool.size());
                if (!overlapping(candidate) && reserved.stream().noneMatch(candidate::overlaps)) {
                    return add(candidate, null);
                }
            }
        }
        throw EngineException.badRequest("all predefined address pools have been fully subnetted");
    }

    /** Takes a pool back that was given before. */
    void adopt(AddressPool pool) {
        pools.add(pool);
    }

    public void release(AddressPool pool) {
        pool.releaseAll();
        pools.remove(pool);
    }

    private boolean overlapping(Subnet subnet) {
        return pools.stream().anyMatch(pool -> pool.subnet().overlaps(subnet));
    }

    private AddressPool add(Subnet subnet, @Nullable Subnet range) {
        AddressPool sibling = pools.stream().filter(pool -> pool.subnet().equals(subnet)).findFirst().orElse(null);
        var pool = new AddressPool(subnet, range, sibling);
        pools.add(pool);
        return pool;
    }
}
