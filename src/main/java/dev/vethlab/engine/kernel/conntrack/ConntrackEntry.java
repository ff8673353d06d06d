package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.packet.IpProtocol;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One tracked connection ({@code struct nf_conn}). Unconfirmed, only its first packet knows it. */
public final class ConntrackEntry {
    private static final int SEEN_REPLY = 2;
    private static final int ASSURED = 4;
    private static final int CONFIRMED = 8;
    private static final int SRC_NAT = 16;
    private static final int DST_NAT = 32;
    private static final int SRC_NAT_DONE = 128;
    private static final int DST_NAT_DONE = 256;
    private static final int DYING = 512;

    private static final long SECOND = 1_000_000_000L;
    /** One tick of 250 a second: how exact time-outs are. */
    private static final long JIFFY = 4_000_000;

    private final long id;
    private final Tuple original;
    private final @Nullable TcpTracker tcp;
    private Tuple reply;
    private int status;
    private boolean changed;
    private boolean watched;
    private long expires;
    private long begun;
    private long masqueradedBy;
    /** Packets and bytes of each direction; null if nobody counts ({@code struct nf_conn_acct}). */
    private @Nullable Traffic traffic;

    /** How much passed in each direction; bytes are those of IP packets, headers included. */
    public static final class Traffic {
        private final long[] packets = new long[2];
        private final long[] bytes = new long[2];

        void count(boolean reply, int length) {
            packets[reply ? 1 : 0]++;
            bytes[reply ? 1 : 0] += length;
        }

        public long packets(boolean reply) {
            return packets[reply ? 1 : 0];
        }

        public long bytes(boolean reply) {
            return bytes[reply ? 1 : 0];
        }

        public void clear() {
            Arrays.fill(packets, 0);
            Arrays.fill(bytes, 0);
        }

        private String text(boolean reply) {
            return " packets=" + packets(reply) + " bytes=" + bytes(reply);
        }
    }

    /** {@code -j CONNMARK}. */
    public int mark;

    ConntrackEntry(long id, Tuple original, Tuple reply, @Nullable TcpTracker tcp) {
        this.id = id;
        this.original = original;
        this.reply = reply;
        this.tcp = tcp;
    }

    public long id() {
        return id;
    }

    /** The direction of the first packet, as it came. */
    public Tuple original() {
        return original;
    }

    /** What an answer looks like when it comes: translations show here. */
    public Tuple reply() {
        return reply;
    }

    /** From now on its packets are counted. */
    void beginToCount() {
        traffic = new Traffic();
    }

    /** What passed; null if nobody counts. */
    public @Nullable Traffic traffic() {
        return traffic;
    }

    void count(boolean ofReply, int length) {
        if (traffic != null) {
            traffic.count(ofReply, length);
        }
    }

    Tuple tuple(boolean ofReply) {
        return ofReply ? reply : original;
    }

    void alterReply(Tuple tuple) {
        reply = tuple;
    }

    /** Expects answers like this: what differs from the original inverted is a translation, decided. */
    void translate(Tuple answer) {
        reply = answer;
        status |= SRC_NAT_DONE | DST_NAT_DONE;
        if (answer.destination() != original.source()) {
            setNated(true);
        }
        if (answer.source() != original.destination()) {
            setNated(false);
        }
    }

    /** The tracker of its TCP states; null unless it is TCP. */
    public @Nullable TcpTracker tcp() {
        return tcp;
    }

    TcpTracker requireTcp() {
        return Objects.requireNonNull(tcp);
    }

    // ---- status ----

    /** {@code IPS_*}, the low bits as {@code --ctstatus} counts them. */
    public int statusBits() {
        return status;
    }

    public boolean hasSeenReply() {
        return (status & SEEN_REPLY) != 0;
    }

    void setSeenReply() {
        changed |= !hasSeenReply();
        status |= SEEN_REPLY;
    }

    public boolean isAssured() {
        return (status & ASSURED) != 0;
    }

    void setAssured() {
        changed |= !isAssured();
        status |= ASSURED;
    }

    public boolean isConfirmed() {
        return (status & CONFIRMED) != 0;
    }

    void setConfirmed() {
        status |= CONFIRMED;
    }

    /** Its TCP state is another. */
    void setChanged() {
        changed = true;
    }

    /** Whether something changed that listeners are told about, since this was asked last. */
    boolean takeChange() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Whether listeners are told of it: there was one when it began. */
    boolean isWatched() {
        return watched;
    }

    void setWatched(boolean watched) {
        this.watched = watched;
    }

    /** Whether it is, or is about to be, in the table. */
    public boolean isAlive(long now) {
        return !isDying() && (!isConfirmed() || !isExpired(now));
    }

    boolean isDying() {
        return (status & DYING) != 0;
    }

    void setDying() {
        status |= DYING;
    }

    public boolean isSourceNated() {
        return (status & SRC_NAT) != 0;
    }

    public boolean isDestinationNated() {
        return (status & DST_NAT) != 0;
    }

    boolean isNated(boolean source) {
        return source ? isSourceNated() : isDestinationNated();
    }

    void setNated(boolean source) {
        status |= source ? SRC_NAT : DST_NAT;
    }

    /** Whether its source or its destination has been looked at, be it translated or not ({@code IPS_SRC_NAT_DONE}). */
    public boolean isNatDecided(boolean source) {
        return (status & (source ? SRC_NAT_DONE : DST_NAT_DONE)) != 0;
    }

    void setNatDecided(boolean source) {
        status |= source ? SRC_NAT_DONE : DST_NAT_DONE;
    }

    // ---- time ----

    void setTimeout(long now, int seconds) {
        expires = (now / JIFFY) * JIFFY + seconds * SECOND;
    }

    /** When it ends unless another packet comes: virtual time in nanoseconds. */
    public long expires() {
        return expires;
    }

    boolean isExpired(long now) {
        return expires <= now;
    }

    /** Whole seconds until it ends, as {@code conntrack -L} shows them. */
    public long secondsLeft(long now) {
        return Math.max(0, (expires - now / JIFFY * JIFFY) / SECOND);
    }

    /** When its first packet came. */
    long begun() {
        return begun;
    }

    void markBegun(long now) {
        begun = now;
    }

    // ---- masquerade ----

    /** The index of the device whose address it was given; 0 if it was not masqueraded. */
    long masqueradedBy() {
        return masqueradedBy;
    }

    void setMasqueradedBy(long index) {
        masqueradedBy = index;
    }

    /** As {@code conntrack -L} and {@code /proc/net/nf_conntrack} show it, up to its status. */
    public String text(long now) {
        return text(now, traffic);
    }

    /** The same without what passed, as events have it. */
    public String textWithoutTraffic(long now) {
        return text(now, null);
    }

    private String text(long now, @Nullable Traffic counted) {
        int protocol = original.protocol();
        String name = switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.ICMP -> IpProtocol.name(protocol);
            default -> "unknown";
        };
        return name + " ".repeat(Math.max(0, 8 - name.length())) + " " + protocol + " " + secondsLeft(now) + " "
                + (tcp == null ? "" : tcp.state() + " ") + original.text() + (counted == null ? "" : counted.text(false))
                + (hasSeenReply() ? "" : " [UNREPLIED]") + " " + reply.text() + (counted == null ? "" : counted.text(true))
                + (isAssured() ? " [ASSURED]" : "");
    }
}
