package dev.vethlab.engine.kernel.neighbour;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.Icmp;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.Room;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.LinkFlag;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The neighbours of a namespace and the timers of their states ({@code net/core/neighbour.c}), which {@code net.ipv4.neigh} sets.
 *
 * <p>By default, INCOMPLETE asks three times, a second apart, while up to 101 packets wait; an answer makes it REACHABLE for 15 to 45 s;
 * then it is STALE, and its next use DELAYs 5 s for an upper layer's confirmation before it PROBEs: three times by unicast, then FAILED.
 */
public final class NeighbourTable {
    private static final long SECOND = 1_000_000_000L;
    private static final long TICK = 4_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final long LOCK_TICK = 10 * MILLISECOND;
    /** What the kernel's timer wheel adds to {@code retrans_time_ms} at that distance. */
    private static final long WHEEL = 24 * MILLISECOND;

    private final NetworkNamespace namespace;
    private final List<NeighbourEntry> entries = new ArrayList<>();
    private final List<Proxy> proxies = new ArrayList<>(0);
    private final Arp arp;

    /** An address that is answered for on a device ({@code ip neigh add proxy}). */
    public record Proxy(NetDevice device, int address) {}

    public NeighbourTable(NetworkNamespace namespace) {
        this.namespace = namespace;
        this.arp = new Arp(namespace, this);
    }

    public Arp arp() {
        return arp;
    }

    /** How many entries there are. */
    public int size() {
        return entries.size();
    }

    /** All entries, in the order they were made. */
    public List<NeighbourEntry> entries() {
        return List.copyOf(entries);
    }

    public @Nullable NeighbourEntry find(NetDevice device, int address) {
        for (NeighbourEntry entry : entries) {
            if (entry.address() == address && entry.device() == device) {
                return entry;
            }
        }
        return null;
    }

    /** Whether a neighbour's address is known; if not, it is asked for ({@code neigh_event_send}). */
    public boolean isReachable(NetDevice device, int address) {
        NeighbourEntry entry = findOrCreate(device, address);
        if (entry == null || entry.hasMac()) {
            return entry != null;
        }
        if (entry.timer == null || !entry.timer.isPending()) {
            become(entry, NudState.INCOMPLETE);
            // broadcasts count from where unicast probes would have ended (__neigh_event_send)
            entry.probes = unicastProbes(device);
            probe(entry);
        }
        return false;
    }

    // ---- sending ----

    /** Sends a packet to a next hop on a device, asking for its address if need be ({@code neigh_output}). */
    public void output(PacketBuffer packet, NetDevice device, int nextHop) {
        long group = groupAddress(device, nextHop);
        if (group >= 0) {
            transmit(packet, device, group, new Decision.Because(device.isLoopback() ? "loopback needs no address"
                    : device.has(LinkFlag.NOARP) ? "there is no ARP on this device" : "a group address"));
            return;
        }
        NeighbourEntry entry = find(device, nextHop);
        if (entry == null) {
            if (!hasRoom()) {
                drop(packet, device, DropReason.NEIGH_CREATEFAIL, () -> "room in the neighbour table");
                return;
            }
            entry = newEntry(device, nextHop);
            entries.add(entry);
        }
        if (!entry.state.isConnected()) {
            // a connected neighbour is sent to by the short way, which leaves no mark (neigh_output)
            entry.used = now();
        }
        switch (entry.state) {
            case REACHABLE, DELAY, PROBE, NOARP, PERMANENT -> transmit(packet, device, entry.mac, used(entry));
            case STALE -> {
                become(entry, NudState.DELAY);
                schedule(entry, delayFirstProbe(device));
                transmit(packet, device, entry.mac, used(entry));
            }
            case NONE, INCOMPLETE, FAILED -> hold(packet, entry);
        }
    }

    private long groupAddress(NetDevice device, int nextHop) {
        if (device.isLoopback()) {
            return Mac.ZERO;
        }
        if (device.has(LinkFlag.NOARP)) {
            return device.mac();
        }
        if (Ipv4.isMulticast(nextHop)) {
            return Mac.ofMulticast(nextHop);
        }
        if (nextHop == Ipv4.BROADCAST) {
            return Mac.BROADCAST;
        }
        for (InterfaceAddress address : device.addresses()) {
            boolean ofItsNetwork = nextHop == address.broadcast() || nextHop == (address.network() | ~Ipv4.mask(address.prefixLength()));
            if (address.prefixLength() < 31 && ofItsNetwork) {
                return Mac.BROADCAST;
            }
        }
        return -1;
    }

    private Decision used(NeighbourEntry entry) {
        return new Decision.NeighbourUsed(entry.snapshot());
    }

    private void transmit(PacketBuffer packet, NetDevice device, long destination, Decision decision) {
        LongConsumer goOn = packet.bridgedDnat;
        if (goOn != null) {
            packet.bridgedDnat = null;
            report(packet, device, decision, Outcome.CONTINUES);
            goOn.accept(destination);
            return;
        }
        packet.setFrame(new EthernetFrame(destination, device.mac(), packet.payload()));
        report(packet, device, decision, Outcome.CONTINUES);
        device.send(packet);
    }

    private void hold(PacketBuffer packet, NeighbourEntry entry) {
        boolean asking = entry.timer != null && entry.timer.isPending() && entry.state == NudState.INCOMPLETE;
        report(packet, entry.device(), used(entry), new Outcome.Held("an ARP reply from " + Ipv4.text(entry.address())));
        if (!entry.waiting.isEmpty() && entry.waiting.size() >= setting(entry.device(), "unres_qlen")) {
            drop(entry.waiting.poll(), entry.device(), DropReason.NEIGH_QUEUEFULL, () -> "an ARP reply for those that wait already");
        }
        entry.waiting.add(packet);
        if (!asking) {
            become(entry, NudState.INCOMPLETE);
            // broadcasts count from where unicast probes would have ended (__neigh_event_send)
            entry.probes = unicastProbes(entry.device());
            probe(entry);
        }
    }

    private void probe(NeighbourEntry entry) {
        entry.probes++;
        PacketBuffer cause = entry.waiting.peek();
        boolean unicast = entry.state == NudState.PROBE;
        int source = cause != null && namespace.routing().isLocal(cause.ip().source())
                ? cause.ip().source()
                : namespace.routing().sourceFor(entry.device(), entry.address(), dev.vethlab.engine.kernel.route.Scope.LINK);
        arp.request(entry.device(), entry.address(), source, unicast ? entry.mac : Mac.BROADCAST, cause == null ? 0 : cause.id());
        schedule(entry, setting(entry.device(), "retrans_time_ms") * MILLISECOND + WHEEL);
    }

    private void schedule(NeighbourEntry entry, long delay) {
        cancel(entry);
        entry.timer = namespace.kernel().simulation().schedule(delay, () -> timeOut(entry));
    }

    private void cancel(NeighbourEntry entry) {
        if (entry.timer != null) {
            entry.timer.cancel();
            entry.timer = null;
        }
    }

    /** {@code neigh_timer_handler}. */
    private void timeOut(NeighbourEntry entry) {
        switch (entry.state) {
            case INCOMPLETE -> {
                if (entry.probes < unicastProbes(entry.device()) + setting(entry.device(), "mcast_solicit")) {
                    probe(entry);
                } else {
                    fail(entry);
                }
            }
            case REACHABLE -> {
                long left = entry.confirmed + reachableTime(entry.device()) - now();
                if (left > 0) {
                    schedule(entry, left);
                } else if (now() <= entry.used + delayFirstProbe(entry.device())) {
                    become(entry, NudState.DELAY);
                    schedule(entry, delayFirstProbe(entry.device()));
                } else {
                    become(entry, NudState.STALE);
                    namespace.notifications().neighbour(entry, false);
                }
            }
            case DELAY -> {
                if (entry.confirmed + delayFirstProbe(entry.device()) >= now()) {
                    become(entry, NudState.REACHABLE);
                    namespace.notifications().neighbour(entry, false);
                    schedule(entry, reachableTime(entry.device()));
                } else {
                    become(entry, NudState.PROBE);
                    entry.probes = 0;
                    namespace.notifications().neighbour(entry, false);
                    probe(entry);
                }
            }
            case PROBE -> {
                if (entry.probes < unicastProbes(entry.device())) {
                    probe(entry);
                } else {
                    fail(entry);
                }
            }
            case NONE, STALE, FAILED, NOARP, PERMANENT -> {}
        }
    }

    private void fail(NeighbourEntry entry) {
        become(entry, NudState.FAILED);
        namespace.notifications().neighbour(entry, false);
        cancel(entry);
        // arp_error_report: whoever waited hears that the host is unreachable
        while (!entry.waiting.isEmpty()) {
            PacketBuffer packet = entry.waiting.poll();
            drop(packet, entry.device(), DropReason.NEIGH_FAILED,
                    () -> "a machine on " + entry.device().name() + " that answers ARP for " + Ipv4.text(entry.address()));
            Icmp.hostUnreachable(namespace, packet);
        }
    }

    private boolean collectGarbage() {
        return entries.removeIf(e -> e.state == NudState.FAILED || (e.state == NudState.STALE && now() - e.used > 60 * SECOND));
    }

    // ---- learning ----

    /** Whether it was changed so short ago that another answer to the same question does not count ({@code locktime}). */
    boolean isLocked(NeighbourEntry entry) {
        return entry.state.isValid() && now() <= entry.updated + setting(entry.device(), "locktime") * LOCK_TICK;
    }

    /** ARP told where a neighbour is ({@code neigh_update}); {@code solicited} if it was asked. */
    void learned(NeighbourEntry entry, long mac, boolean solicited) {
        if (entry.state == NudState.PERMANENT || entry.state == NudState.NOARP) {
            return;
        }
        boolean same = entry.hasMac() && entry.mac == mac;
        NudState before = entry.state;
        entry.mac = mac;
        entry.macKnown = true;
        if (solicited) {
            entry.confirmed = now();
            become(entry, NudState.REACHABLE);
            schedule(entry, reachableTime(entry.device()));
        } else if (!same || !entry.state.isValid()) {
            become(entry, NudState.STALE);
            cancel(entry);
        }
        if (!same || entry.state != before) {
            namespace.notifications().neighbour(entry, false);
        }
        flushWaiting(entry);
    }

    private void flushWaiting(NeighbourEntry entry) {
        while (!entry.waiting.isEmpty()) {
            transmit(entry.waiting.poll(), entry.device(), entry.mac, used(entry));
        }
    }

    private boolean hasRoom() {
        Room room = namespace.kernel().room();
        return entries.size() < room.most(Limit.NEIGHBOURS) || collectGarbage() || room.has(Limit.NEIGHBOURS, entries.size(), 1);
    }

    /** An entry for whoever just spoke to us, if there is room. */
    @Nullable NeighbourEntry findOrCreate(NetDevice device, int address) {
        NeighbourEntry entry = find(device, address);
        if (entry == null && hasRoom()) {
            entry = newEntry(device, address);
            entry.used = now();
            entries.add(entry);
        }
        return entry;
    }

    /** It counts as confirmed long ago ({@code ___neigh_create}). */
    private NeighbourEntry newEntry(NetDevice device, int address) {
        var entry = new NeighbourEntry(device, address);
        entry.confirmed = now() - 2 * setting(device, "base_reachable_time_ms") * MILLISECOND;
        return entry;
    }

    /** An upper layer got an answer: the neighbour lives ({@code dst_confirm}). */
    public void confirm(NetDevice device, int address) {
        NeighbourEntry entry = find(device, address);
        if (entry != null && entry.state.isValid()) {
            entry.confirmed = now();
        }
    }

    // ---- by hand ----

    /** Makes an entry that is not known yet, as a request for one without an address leaves it behind. @throws KernelException ENOBUFS */
    public NeighbourEntry findOrFail(NetDevice device, int address) throws KernelException {
        boolean known = find(device, address) != null;
        NeighbourEntry entry = findOrCreate(device, address);
        if (entry == null) {
            throw new KernelException(Errno.ENOBUFS);
        }
        if (!known) {
            entry.state = NudState.NONE;
        }
        return entry;
    }

    public List<Proxy> proxies() {
        return List.copyOf(proxies);
    }

    /** Answers for an address on a device from now on. @throws KernelException ENOBUFS if there are too many */
    public void addProxy(NetDevice device, int address) throws KernelException {
        var proxy = new Proxy(device, address);
        if (!proxies.contains(proxy)) {
            if (!namespace.kernel().room().has(Limit.NEIGHBOURS, proxies.size(), 1)) {
                throw new KernelException(Errno.ENOBUFS);
            }
            proxies.add(proxy);
        }
    }

    /** @throws KernelException ENOENT if there is none such */
    public void removeProxy(NetDevice device, int address) throws KernelException {
        if (!proxies.remove(new Proxy(device, address))) {
            throw new KernelException(Errno.ENOENT);
        }
    }

    boolean isProxy(NetDevice device, int address) {
        return proxies.contains(new Proxy(device, address));
    }

    /** {@code ip neigh replace}: sets address and state. @throws KernelException ENOBUFS if there are too many */
    public void set(NetDevice device, int address, long mac, NudState state) throws KernelException {
        set(device, address, mac, state, NeighbourEntry.Traits.NONE);
    }

    /** The same, with its traits; a protocol of 0 leaves the one it has. @throws KernelException ENOBUFS if there are too many */
    public void set(NetDevice device, int wanted, long mac, NudState state, NeighbourEntry.Traits traits) throws KernelException {
        // arp_constructor: on a loopback device there is one neighbour, whoever is meant
        int address = device.isLoopback() ? Ipv4.ANY : wanted;
        NeighbourEntry entry = find(device, address);
        if (entry == null) {
            if (!hasRoom()) {
                throw new KernelException(Errno.ENOBUFS);
            }
            entry = newEntry(device, address);
            entries.add(entry);
        }
        cancel(entry);
        entry.traits = traits.protocol() != 0 ? traits
                : new NeighbourEntry.Traits(traits.router(), traits.externallyLearned(), entry.traits.protocol());
        entry.mac = mac;
        entry.macKnown = state.isValid();
        entry.used = now();
        if (state.isConnected()) {
            entry.confirmed = now();
        }
        entry.probes = 0;
        become(entry, state);
        namespace.notifications().neighbour(entry, false);
        switch (state) {
            case REACHABLE -> schedule(entry, reachableTime(entry.device()));
            case DELAY, PROBE -> schedule(entry, TICK);
            case NONE, INCOMPLETE, STALE, FAILED, NOARP, PERMANENT -> {}
        }
        if (state.isValid()) {
            flushWaiting(entry);
        }
    }

    /** Removes an entry; what waits for it is dropped. */
    public void remove(NeighbourEntry entry) {
        cancel(entry);
        namespace.notifications().neighbour(entry, true);
        entries.remove(entry);
        while (!entry.waiting.isEmpty()) {
            drop(entry.waiting.poll(), entry.device(), DropReason.NEIGH_DEAD, () -> "its neighbour entry, which was deleted while it waited");
        }
    }

    /** The device went down or has another address: what was known there goes ({@code neigh_ifdown}, {@code neigh_changeaddr}). */
    public void deviceDown(NetDevice device) {
        for (NeighbourEntry entry : entries()) {
            if (entry.device() == device) {
                remove(entry);
            }
        }
    }

    /** The device lost its carrier: what is not permanent goes ({@code neigh_carrier_down}). */
    public void carrierLost(NetDevice device) {
        if (!namespace.sysctls().bothOfDevice(device, "arp_evict_nocarrier")) {
            return;
        }
        for (NeighbourEntry entry : entries()) {
            if (entry.device() == device && entry.state() != NudState.PERMANENT) {
                remove(entry);
            }
        }
    }

    public void deviceGone(NetDevice device) {
        proxies.removeIf(proxy -> proxy.device() == device);
        deviceDown(device);
    }

    private void become(NeighbourEntry entry, NudState state) {
        entry.state = state;
        entry.updated = now();
    }

    /** Between half and one and a half of {@code base_reachable_time} ({@code neigh_rand_reach_time}). */
    private long reachableTime(NetDevice device) {
        long base = setting(device, "base_reachable_time_ms") * MILLISECOND;
        return base / 2 + (long) (namespace.kernel().random("neighbour").nextDouble() * base);
    }

    private long delayFirstProbe(NetDevice device) {
        return setting(device, "delay_first_probe_time") * SECOND;
    }

    private int unicastProbes(NetDevice device) {
        return setting(device, "ucast_solicit");
    }

    private int setting(NetDevice device, String name) {
        return namespace.sysctls().ofNeighbours(device, name);
    }

    private void drop(PacketBuffer packet, NetDevice device, DropReason reason, Decision.Lazy remedy) {
        report(packet, device, new Decision.None(), new Outcome.Dropped(reason, remedy));
    }

    private void report(PacketBuffer packet, NetDevice device, Decision decision, Outcome outcome) {
        namespace.kernel().tracer().report(packet.id(), device.place(), Stage.NEIGHBOUR, packet.frame(), packet.payload(), null,
                decision, outcome);
    }

    /** A packet number for what ARP sends. */
    long newPacket(long parent, Cause cause) {
        return namespace.kernel().tracer().born(parent, cause, "arp");
    }

    private long now() {
        return namespace.kernel().now();
    }
}
