package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.sim.Event;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The table of tracked connections of one network namespace ({@code net/netfilter/nf_conntrack_core.c}).
 *
 * <p>It tracks only while a rule or a nat chain wants it. Entries expire when somebody next looks, so that an idle session has nothing
 * to do.
 */
public final class Conntrack {
    /** A UDP exchange becomes a stream if it goes on for longer than this (nanoseconds). */
    private static final long UDP_STREAM_AFTER = 2_000_000_000L;

    private static final Decision.Lazy NO_TUPLE = () -> "";

    private final NetworkNamespace namespace;
    private final Nat nat;
    private final Map<Tuple, ConntrackEntry> byTuple = new LinkedHashMap<>();
    private final ConntrackStatistics statistics = new ConntrackStatistics();
    private final List<ConntrackListener> listeners = new ArrayList<>(0);
    private @Nullable ConntrackSettings settings;
    private @Nullable Event nextExpiry;
    private long lastId;

    public Conntrack(NetworkNamespace namespace) {
        this.namespace = namespace;
        this.nat = new Nat(namespace, this);
        namespace.sysctls().compute("net.netfilter.nf_conntrack_count", () -> Integer.toString(size()));
    }

    public Nat nat() {
        return nat;
    }

    public ConntrackStatistics statistics() {
        return statistics;
    }

    // ---- the table ----

    /** The live entries, oldest first. */
    public List<ConntrackEntry> entries() {
        expire();
        var all = new ArrayList<ConntrackEntry>();
        byTuple.forEach((tuple, entry) -> {
            if (tuple.equals(entry.original())) {
                all.add(entry);
            }
        });
        return all;
    }

    /** How many it keeps, those included whose time is over and that nobody has missed yet. */
    public int kept() {
        return byTuple.size() / 2;
    }

    public int size() {
        expire();
        return kept();
    }

    /** Removes an entry because {@code program} asked for it ({@code conntrack -D}, {@code -F}). */
    public void delete(ConntrackEntry entry, String program) {
        if (byTuple.get(entry.original()) == entry) {
            byTuple.remove(entry.original());
            byTuple.remove(entry.reply());
            tell(ConntrackListener.Kind.DESTROY, entry, program);
        }
        entry.setDying();
    }

    /**
     * A connection that no packet began ({@code ctnetlink_create_conntrack}).
     *
     * @throws KernelException EEXIST if one of the tuples is taken, ENOMEM if the table is full
     */
    public ConntrackEntry create(Tuple original, Tuple reply, String program) throws KernelException {
        if (find(original) != null || find(reply) != null) {
            throw new KernelException(Errno.EEXIST);
        }
        if (size() >= limit()) {
            namespace.kernel().room().refuse(Limit.CONNTRACK_ENTRIES);
            throw new KernelException(Errno.ENOMEM);
        }
        namespace.kernel().memory().allocate(Memory.CONNECTION);
        var entry = new ConntrackEntry(++lastId, original, original, original.protocol() == IpProtocol.TCP ? new TcpTracker() : null);
        entry.translate(reply);
        entry.setWatched(!listeners.isEmpty());
        entry.setTimeout(namespace.kernel().now(), 1);
        insert(entry, program);
        return entry;
    }

    private void insert(ConntrackEntry entry, String program) {
        entry.setConfirmed();
        byTuple.put(entry.original(), entry);
        byTuple.put(entry.reply(), entry);
        entry.takeChange();
        if (!listeners.isEmpty()) {
            tell(ConntrackListener.Kind.NEW, entry, program);
            expireOnTime();
        }
    }

    /** Changes what a program may change of an entry ({@code ctnetlink_change_conntrack}); {@code seconds} -1 leaves its time-out. */
    public void update(ConntrackEntry entry, int seconds, boolean assured, boolean seenReply, TcpTracker.@Nullable State state) {
        if (seconds >= 0) {
            entry.setTimeout(namespace.kernel().now(), seconds);
        }
        if (assured) {
            entry.setAssured();
        }
        if (seenReply) {
            entry.setSeenReply();
        }
        if (state != null && entry.tcp() != null) {
            entry.requireTcp().set(state);
        }
        entry.takeChange();
    }

    /** A reset was sent on the connection's behalf ({@code nf_conntrack_tcp_set_closing}): its end is near. */
    public void setClosing(ConntrackEntry entry) {
        if (entry.isConfirmed() && entry.tcp() != null && entry.requireTcp().state() != TcpTracker.State.CLOSE) {
            entry.requireTcp().close(settings());
            entry.setChanged();
            refresh(entry);
        }
    }

    private ConntrackSettings settings() {
        ConntrackSettings known = settings;
        if (known == null || known.version != namespace.sysctls().changes()) {
            known = new ConntrackSettings(namespace.sysctls());
            settings = known;
        }
        return known;
    }

    private int limit() {
        return Math.min(namespace.kernel().room().most(Limit.CONNTRACK_ENTRIES), settings().max);
    }

    private void expire() {
        long now = namespace.kernel().now();
        List<ConntrackEntry> over = new ArrayList<>(0);
        byTuple.forEach((tuple, entry) -> {
            if (entry.isExpired(now) && tuple.equals(entry.original())) {
                over.add(entry);
            }
        });
        over.forEach(entry -> delete(entry, ""));
    }

    private @Nullable ConntrackEntry find(Tuple tuple) {
        ConntrackEntry entry = byTuple.get(tuple);
        if (entry != null && entry.isExpired(namespace.kernel().now())) {
            delete(entry, "");
            return null;
        }
        return entry;
    }

    /** Whether an answer with this tuple would be another connection's ({@code nf_conntrack_tuple_taken}). */
    boolean isTaken(Tuple tuple, ConntrackEntry ignored) {
        return holder(tuple, ignored) != null;
    }

    /** Which other connection has it. */
    @Nullable ConntrackEntry holder(Tuple tuple, ConntrackEntry ignored) {
        ConntrackEntry entry = find(tuple);
        return entry == ignored ? null : entry;
    }

    /** The connections from the same address and port ({@code nf_nat_bysource}). */
    List<ConntrackEntry> sameSource(Tuple tuple) {
        var found = new ArrayList<ConntrackEntry>(2);
        long now = namespace.kernel().now();
        byTuple.forEach((key, entry) -> {
            Tuple original = entry.original();
            if (key == original && original.source() == tuple.source() && original.sourcePort() == tuple.sourcePort()
                    && original.protocol() == tuple.protocol() && !entry.isExpired(now)) {
                found.add(entry);
            }
        });
        return found;
    }

    // ---- events ----

    /** Is told from now on; while there is one, entries expire on time. */
    public void addListener(ConntrackListener listener) {
        listeners.add(listener);
        expireOnTime();
    }

    public void removeListener(ConntrackListener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty() && nextExpiry != null) {
            nextExpiry.cancel();
            nextExpiry = null;
        }
    }

    /** Only of connections that began while somebody listened ({@code nf_conntrack_events} is 2). */
    private void tell(ConntrackListener.Kind kind, ConntrackEntry entry, String program) {
        if (!entry.isWatched()) {
            return;
        }
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).happened(kind, entry, program);
        }
    }

    /** Somebody listens: looks again when the next entry is due. */
    private void expireOnTime() {
        if (nextExpiry != null) {
            nextExpiry.cancel();
        }
        expire();
        long due = Long.MAX_VALUE;
        for (ConntrackEntry entry : byTuple.values()) {
            due = Math.min(due, entry.expires());
        }
        nextExpiry = listeners.isEmpty() || due == Long.MAX_VALUE
                ? null
                : namespace.kernel().simulation().schedule(due - namespace.kernel().now(), this::expireOnTime);
    }

    // ---- packets ----

    /** Looks the packet up or makes a new, unconfirmed entry ({@code nf_conntrack_in}); false if the packet is dropped. */
    public boolean track(Hook hook, PacketBuffer packet) {
        if (!namespace.netfilter().needsConntrack()) {
            return true;
        }
        if (packet.connection != null || packet.ctInfo == CtInfo.UNTRACKED) {
            report(packet, Stage.CONNTRACK, decision(packet), Outcome.CONTINUES);
            return true;
        }
        packet.ctInfo = CtInfo.NONE;
        boolean room = true;
        if (packet.ip().transport() instanceof IcmpMessage icmp && icmp.body() instanceof IcmpMessage.Quote quote) {
            trackError(packet, quote.packet());
        } else {
            room = trackPacket(packet);
        }
        Outcome outcome = room
                ? Outcome.CONTINUES
                : new Outcome.Dropped(DropReason.LIMIT_REACHED, () -> "room in the conntrack table: conntrack -F");
        report(packet, Stage.CONNTRACK, decision(packet), outcome);
        return room;
    }

    /** An error belongs to the connection that the packet in it belongs to ({@code nf_conntrack_inet_error}). */
    private void trackError(PacketBuffer packet, Ipv4Packet quoted) {
        Tuple tuple = Tuple.of(quoted);
        Tuple inner = tuple == null ? null : tuple.inverted();
        ConntrackEntry entry = inner == null ? null : find(inner);
        if (entry == null) {
            return;
        }
        boolean reply = inner.equals(entry.reply());
        if (entry.tuple(reply).destination() != packet.ip().destination()) {
            return;
        }
        packet.connection = entry;
        packet.ctInfo = reply ? CtInfo.RELATED_REPLY : CtInfo.RELATED;
    }

    private boolean trackPacket(PacketBuffer packet) {
        Tuple tuple = Tuple.of(packet.ip());
        if (tuple == null) {
            statistics.invalid++;
            return true;
        }
        ConntrackEntry entry = find(tuple);
        return (entry != null && update(packet, entry, tuple)) || begin(packet, tuple);
    }

    /** A packet of a known connection, or one that does not fit it; false if a new connection begins with it. */
    private boolean update(PacketBuffer packet, ConntrackEntry entry, Tuple tuple) {
        boolean reply = !tuple.equals(entry.original());
        if (packet.ip().transport() instanceof TcpSegment segment) {
            switch (entry.requireTcp().packet(segment, reply, entry, settings(), namespace.kernel().now())) {
                case INVALID -> {
                    statistics.invalid++;
                    return true;
                }
                case RESTART -> {
                    delete(entry, "");
                    return false;
                }
                case IGNORE -> {
                    attach(packet, entry, reply);
                    if (reply) {
                        entry.setSeenReply();
                    }
                    return true;
                }
                case REFUSED -> {
                    attach(packet, entry, reply);
                    entry.count(reply, packet.ip().length());
                    delete(entry, "");
                    return true;
                }
                case ACCEPT -> {}
            }
        }
        attach(packet, entry, reply);
        entry.count(reply, packet.ip().length());
        refresh(entry);
        if (reply) {
            entry.setSeenReply();
        }
        return true;
    }

    private static void attach(PacketBuffer packet, ConntrackEntry entry, boolean reply) {
        packet.connection = entry;
        packet.ctInfo = reply ? CtInfo.ESTABLISHED_REPLY : entry.hasSeenReply() ? CtInfo.ESTABLISHED : CtInfo.NEW;
    }

    /** Makes an entry for a packet of no known connection ({@code init_conntrack}); false if the table is full. */
    private boolean begin(PacketBuffer packet, Tuple tuple) {
        Tuple answer = tuple.inverted();
        boolean asks = tuple.protocol() != IpProtocol.ICMP || (tuple.icmpType() != IcmpMessage.ECHO_REPLY
                && tuple.icmpType() != IcmpMessage.TIMESTAMP_REPLY && tuple.icmpType() != IcmpMessage.ADDRESS_MASK_REPLY);
        TcpSegment segment = packet.ip().transport() instanceof TcpSegment tcp ? tcp : null;
        TcpTracker tracker = segment == null ? null : new TcpTracker();
        if (answer == null || !asks || (segment != null && !Objects.requireNonNull(tracker).begin(segment, settings()))) {
            statistics.invalid++;
            return true;
        }
        int limit = limit();
        boolean full = kept() >= limit && size() >= limit && !dropOneUnassured();
        if (full) {
            namespace.kernel().room().refuse(Limit.CONNTRACK_ENTRIES);
        }
        if (full || !namespace.kernel().memory().take(Memory.CONNECTION)) {
            statistics.dropped++;
            return false;
        }
        var entry = new ConntrackEntry(++lastId, tuple, answer, tracker);
        entry.setWatched(!listeners.isEmpty());
        if (settings().counts) {
            entry.beginToCount();
            entry.count(false, packet.ip().length());
        }
        if (segment != null) {
            entry.requireTcp().packet(segment, false, entry, settings(), namespace.kernel().now());
        }
        packet.connection = entry;
        packet.ctInfo = CtInfo.NEW;
        refresh(entry);
        return true;
    }

    /** {@code early_drop}: room for a new one at the cost of one that never got anywhere. */
    private boolean dropOneUnassured() {
        for (ConntrackEntry entry : byTuple.values()) {
            if (!entry.isAssured()) {
                delete(entry, "");
                statistics.earlyDropped++;
                return true;
            }
        }
        return false;
    }

    private void refresh(ConntrackEntry entry) {
        long now = namespace.kernel().now();
        int seconds = switch (entry.original().protocol()) {
            case IpProtocol.TCP -> entry.requireTcp().timeout();
            case IpProtocol.UDP -> udpTimeout(entry, now);
            case IpProtocol.ICMP -> settings().icmp;
            default -> settings().generic;
        };
        entry.setTimeout(now, seconds);
    }

    /** {@code nf_conntrack_udp_packet}. */
    private int udpTimeout(ConntrackEntry entry, long now) {
        if (!entry.isConfirmed()) {
            entry.markBegun(now);
        }
        if (!entry.hasSeenReply() || now - entry.begun() <= UDP_STREAM_AFTER) {
            return settings().udp;
        }
        entry.setAssured();
        return settings().udpStream;
    }

    /** The packet is about to be delivered or to leave: its new entry enters the table ({@code nf_conntrack_confirm}). */
    public boolean confirm(Hook hook, PacketBuffer packet) {
        ConntrackEntry entry = packet.connection;
        if (entry == null) {
            return true;
        }
        if (entry.isConfirmed() || packet.ctInfo.isReply()) {
            if (entry.takeChange() && entry.isConfirmed() && !entry.isDying()) {
                tell(ConntrackListener.Kind.UPDATE, entry, "");
            }
            return true;
        }
        if (entry.isDying() || find(entry.original()) != null || find(entry.reply()) != null) {
            return resolveClash(packet, entry);
        }
        entry.setConfirmed();
        refresh(entry);
        insert(entry, "");
        Tuple reply = entry.reply();
        report(packet, Stage.CONFIRM, new Decision.Tracked("CONFIRMED", entry.original()::text, reply::text, false), Outcome.CONTINUES);
        return true;
    }

    /** {@code nf_ct_resolve_clash}: two packets raced; of UDP the loser joins the winner's entry, anything else is dropped. */
    private boolean resolveClash(PacketBuffer packet, ConntrackEntry entry) {
        ConntrackEntry winner = find(entry.original());
        boolean same = winner != null && winner.original().equals(entry.original()) && winner.reply().equals(entry.reply());
        if (same && entry.original().protocol() == IpProtocol.UDP) {
            statistics.clashResolved++;
            attach(packet, Objects.requireNonNull(winner), false);
            winner.count(false, packet.ip().length());
            return true;
        }
        statistics.insertFailed++;
        statistics.dropped++;
        report(packet, Stage.CONFIRM, decision(packet), new Outcome.Dropped(DropReason.NETFILTER_DROP,
                () -> "a translation whose answers are not another connection's already"));
        return false;
    }

    /** A device went down or lost {@code address}: masqueraded connections of it end ({@code nf_nat_masquerade.c}). */
    public void deviceLost(NetDevice device, int address) {
        for (ConntrackEntry entry : entries()) {
            if (entry.masqueradedBy() == device.index() && (address == 0 || entry.reply().destination() == address)) {
                delete(entry, "");
            }
        }
    }

    // ---- reporting ----

    Decision decision(PacketBuffer packet) {
        ConntrackEntry entry = packet.connection;
        String state = switch (packet.ctInfo) {
            case NONE -> "INVALID";
            case NEW -> "NEW";
            case ESTABLISHED, ESTABLISHED_REPLY -> "ESTABLISHED";
            case RELATED, RELATED_REPLY -> "RELATED";
            case UNTRACKED -> "UNTRACKED";
        };
        if (entry == null) {
            return new Decision.Tracked(state, NO_TUPLE, NO_TUPLE, false);
        }
        Tuple reply = entry.reply();
        return new Decision.Tracked(state, entry.original()::text, reply::text, packet.ctInfo.isReply());
    }

    private void report(PacketBuffer packet, Stage stage, Decision decision, Outcome outcome) {
        namespace.kernel().tracer().report(packet.id(), namespace.place(), stage, packet.frame(), packet.payload(), null, decision,
                outcome);
    }
}
