package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a vxlan knows about behind which machine an address is ({@code struct vxlan_fdb}). */
public final class VxlanDatabase {
    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_ENTRIES = 4096;

    private final Simulation simulation;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();

    VxlanDatabase(Simulation simulation) {
        this.simulation = simulation;
    }

    /** What makes an entry stay; LEARNED ages. */
    public enum State {
        PERMANENT,
        STATIC,
        LEARNED
    }

    /** How a new entry meets one that is there. */
    public enum AddMode {
        ADD,
        APPEND,
        REPLACE
    }

    /**
     * One end of the tunnel.
     *
     * @param port 0 if the device's
     * @param id its network identifier; 0 if the device's
     * @param device by which device; null if any
     */
    public record Remote(int address, int port, int id, @Nullable NetDevice device) {}

    /** Where an address is; the address of zeros is all that are not known. */
    public static final class Entry {
        private final long mac;
        private final State state;
        private final List<Remote> remotes = new ArrayList<>(1);
        private long used;
        private long updated;

        Entry(long mac, State state, Remote remote, long now) {
            this.mac = mac;
            this.state = state;
            remotes.add(remote);
            used = now;
            updated = now;
        }

        public long mac() {
            return mac;
        }

        public State state() {
            return state;
        }

        public List<Remote> remotes() {
            return remotes;
        }

        /** Virtual time at which it last sent a frame on. */
        public long used() {
            return used;
        }

        /** Virtual time at which it was last heard of or changed. */
        public long updated() {
            return updated;
        }
    }

    /** All entries, the youngest first. */
    public List<Entry> entries() {
        return new ArrayList<>(entries.values()).reversed();
    }

    /** Where a frame to {@code mac} goes; null if nothing says so. */
    @Nullable Entry find(long mac, int ageing) {
        entries.values().removeIf(entry -> entry.state == State.LEARNED && simulation.now() - entry.updated > ageing * SECOND);
        Entry entry = entries.get(mac);
        Entry found = entry != null ? entry : entries.get(Mac.ZERO);
        if (found != null) {
            found.used = simulation.now();
        }
        return found;
    }

    /** What became of a frame's source address; false if the frame must not be trusted ({@code vxlan_snoop}). */
    boolean learn(long mac, int from, VxlanConfig config) {
        Entry known = entries.get(mac);
        if (known != null && known.remotes.getFirst().address() == from) {
            known.updated = simulation.now();
            return true;
        }
        if (known != null && known.state != State.LEARNED) {
            return false;
        }
        long learned = entries.values().stream().filter(entry -> entry.state == State.LEARNED).count();
        boolean room = entries.size() < MAX_ENTRIES && (config.limit() == 0 || learned < config.limit());
        if (known == null && config.learning() && room) {
            entries.put(mac, new Entry(mac, State.LEARNED, new Remote(from, 0, 0, null), simulation.now()));
        } else if (known != null) {
            known.remotes.set(0, new Remote(from, 0, 0, null));
            known.updated = simulation.now();
        }
        return true;
    }

    /** {@code vxlan_fdb_add}. @throws KernelException EEXIST, EINVAL without an end, EOPNOTSUPP to replace several, ENOSPC */
    public void add(long mac, State state, Remote remote, AddMode mode) throws KernelException {
        Entry known = entries.get(mac);
        boolean toMany = Mac.isGroup(mac) || mac == Mac.ZERO;
        if (known != null && mode == AddMode.ADD) {
            throw new KernelException(Errno.EEXIST);
        }
        if (mode == AddMode.REPLACE && toMany) {
            throw new KernelException(Errno.EOPNOTSUPP);
        }
        if (remote.address() == 0) {
            throw new KernelException(Errno.EINVAL);
        }
        if (known == null) {
            if (entries.size() >= MAX_ENTRIES) {
                throw new KernelException(Errno.ENOSPC);
            }
            entries.put(mac, new Entry(mac, state, remote, simulation.now()));
        } else if (mode == AddMode.REPLACE) {
            entries.replace(mac, new Entry(mac, state, remote, simulation.now()));
        } else if (toMany && !known.remotes.contains(remote)) {
            if (known.remotes.size() >= MAX_ENTRIES) {
                throw new KernelException(Errno.ENOSPC);
            }
            known.remotes.add(remote);
            known.updated = simulation.now();
        }
    }

    /** Forgets one end, or with address 0 all of them. @throws KernelException ENOENT */
    public void delete(long mac, int address) throws KernelException {
        Entry known = entries.get(mac);
        boolean there = known != null && (address == 0 || known.remotes.removeIf(remote -> remote.address() == address));
        if (!there) {
            throw new KernelException(Errno.ENOENT);
        }
        if (address == 0 || known.remotes.isEmpty()) {
            entries.remove(mac);
        }
    }

    /** Forgets all that a wish describes ({@code vxlan_flush}). */
    public void removeIf(java.util.function.Predicate<Entry> condition) {
        entries.values().removeIf(condition);
    }
}
