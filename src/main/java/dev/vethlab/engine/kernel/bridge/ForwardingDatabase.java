package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.FdbEntry.Kind;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a bridge knows about where addresses are ({@code net/bridge/br_fdb.c}). */
public final class ForwardingDatabase {
    /** {@code ageing_time}: what was not heard of for 300 s is forgotten. */
    public static final long DEFAULT_AGEING_TIME = 300_000_000_000L;

    private static final int MAX_ENTRIES = 4096;

    private final Simulation simulation;
    private final Map<Long, FdbEntry> entries = new LinkedHashMap<>();
    private long ageingTime = DEFAULT_AGEING_TIME;

    ForwardingDatabase(Simulation simulation) {
        this.simulation = simulation;
    }

    public long ageingTime() {
        return ageingTime;
    }

    /** 0: nothing learned is kept. */
    public void setAgeingTime(long nanos) {
        entries.values().removeIf(this::isExpired);
        ageingTime = nanos;
        entries.values().removeIf(this::isExpired);
        if (nanos == 0) {
            entries.values().removeIf(FdbEntry::isDynamic);
        }
    }

    /** All entries that have not aged, the youngest first. */
    public List<FdbEntry> entries() {
        entries.values().removeIf(this::isExpired);
        return new ArrayList<>(entries.values()).reversed();
    }

    /** The entry of an address, if there is one that has not aged. */
    public @Nullable FdbEntry find(long mac) {
        FdbEntry entry = entries.get(mac);
        if (entry != null && isExpired(entry)) {
            entries.remove(mac);
            return null;
        }
        return entry;
    }

    private boolean isExpired(FdbEntry entry) {
        return entry.kind() == Kind.DYNAMIC && simulation.now() - entry.updated() > ageingTime;
    }

    /** What became of a frame's source address. */
    enum Learned {
        NEW,
        MOVED,
        REFRESHED,
        OWN_ADDRESS,
        FULL,
        /** What would age at once is not noted. */
        NOT_KEPT
    }

    /** A frame from {@code mac} came in by a port ({@code br_fdb_update}). */
    Learned learn(BridgePort port, long mac) {
        FdbEntry known = find(mac);
        if (ageingTime == 0) {
            return Learned.NOT_KEPT;
        }
        if (known == null) {
            if (entries.size() >= MAX_ENTRIES) {
                return Learned.FULL;
            }
            entries.put(mac, new FdbEntry(mac, port, Kind.DYNAMIC, simulation.now(), simulation.now()));
            return Learned.NEW;
        }
        if (known.isLocal()) {
            return Learned.OWN_ADDRESS;
        }
        entries.put(mac, known.at(port, simulation.now()));
        return known.port() == port ? Learned.REFRESHED : Learned.MOVED;
    }

    void used(FdbEntry entry) {
        if (entries.containsKey(entry.mac())) {
            entries.put(entry.mac(), entry.usedAt(simulation.now()));
        }
    }

    /** An address of the bridge ({@code port} null) or of a port itself; takes the place of what was learned ({@code fdb_add_local}). */
    void addLocal(long mac, @Nullable BridgePort port) {
        FdbEntry known = entries.get(mac);
        if (mac == Mac.ZERO || Mac.isGroup(mac) || (known != null && known.isLocal())) {
            return;
        }
        entries.remove(mac);
        entries.put(mac, new FdbEntry(mac, port, Kind.LOCAL, simulation.now(), simulation.now()));
    }

    /** A port or the bridge gave up an address; somebody else may still have it. */
    void removeLocal(long mac, @Nullable BridgePort port) {
        FdbEntry known = entries.get(mac);
        if (known != null && known.isLocal() && known.port() == port) {
            entries.remove(mac);
        }
    }

    /** How a new entry meets one that is there ({@code bridge fdb add|append|replace}). */
    public enum AddMode {
        ADD,
        REPLACE
    }

    /** Adds an entry by hand ({@code fdb_add_entry}). @throws KernelException EEXIST, ENOSPC */
    public void add(long mac, @Nullable BridgePort port, Kind kind, AddMode mode) throws KernelException {
        FdbEntry known = find(mac);
        if (known != null && mode == AddMode.ADD) {
            throw new KernelException(Errno.EEXIST);
        }
        if (known == null && entries.size() >= MAX_ENTRIES) {
            throw new KernelException(Errno.ENOSPC);
        }
        entries.put(mac, new FdbEntry(mac, port, kind, simulation.now(), simulation.now()));
    }

    /** Removes an entry of a port. @throws KernelException ENOENT if there is none such */
    public void delete(long mac, @Nullable BridgePort port) throws KernelException {
        FdbEntry known = find(mac);
        if (known == null || known.port() != port) {
            throw new KernelException(Errno.ENOENT);
        }
        entries.remove(mac);
    }

    /** Forgets what {@code condition} holds for. */
    public void removeIf(Predicate<FdbEntry> condition) {
        entries.values().removeIf(condition);
    }
}
