package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.route.RouteMetrics;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.SackBlock;
import dev.vethlab.engine.packet.Sequence;
import dev.vethlab.engine.packet.TcpOptions;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.trace.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection ({@code tcp_output.c}): what may go out now, and what an answer does to it. What goes out when none
 * comes is {@link TcpRetransmission}'s to say.
 *
 * <p>The buffer's first byte is at {@code sndUna} once the SYN is acknowledged. To resend, {@code sndNxt} goes back to {@code sndUna} and
 * acknowledgements bring it forward again; {@code sndMax} remembers how far it has been.
 */
final class TcpOutput {
    private static final int CAPACITY = 262_144;
    private static final int HEADERS = Ipv4Packet.HEADER_LENGTH + TcpSegment.HEADER_LENGTH;
    private static final int MAX_MSS = 65_535 - HEADERS;
    /** {@code ip_rt_min_advmss}. */
    private static final int LEAST_ADVERTISED = 256;
    private static final int TIMESTAMPS_LENGTH = 12;

    private final TcpSocket socket;
    private final TcpControlBlock block;
    private final ByteQueue buffer = new ByteQueue();
    private final List<Sent> sent = new ArrayList<>();
    private int lastSmallEnd;
    private boolean smallOutstanding;
    private boolean finSent;
    private int finEnd;
    private @Nullable Errno softError;

    /** Flags that a probe has set on the first segment that waits; they stay on it ({@code tcp_write_wakeup}). */
    private int waitingFlags;

    /** A segment on its way: its sequence numbers, flags, its packet, when it was sent last; sent again, it is not timed (Karn). */
    private record Sent(int start, int end, int flags, long packet, long time, boolean again) {
        Sent sentAgain(int from, int to, long now) {
            return new Sent(from, to, flags, packet, now, true);
        }
    }

    TcpOutput(TcpSocket socket) {
        this.socket = socket;
        this.block = socket.block;
    }

    // ---- what the program does ----

    int room() {
        return CAPACITY - buffer.size();
    }

    int append(Bytes data) {
        int taken = Math.min(room(), data.length());
        buffer.append(data.slice(0, taken));
        push();
        return taken;
    }

    int unacknowledged() {
        boolean finUnacknowledged = block.finQueued && block.state != TcpState.FIN_WAIT_2 && block.state != TcpState.TIME_WAIT
                && block.state != TcpState.CLOSED;
        boolean synUnacknowledged = block.state == TcpState.SYN_SENT;
        return buffer.size() + (finUnacknowledged ? 1 : 0) + (synUnacknowledged ? 1 : 0);
    }

    boolean hasUnsent() {
        return buffer.size() > block.sndNxt - block.sndUna;
    }

    void clear() {
        buffer.clear();
        sent.clear();
    }

    /** The error that may pass, which is forgotten with this. */
    @Nullable Errno takeSoftError() {
        Errno error = softError;
        softError = null;
        return error;
    }

    /** The error that may pass; null if there is none. */
    @Nullable Errno softError() {
        return softError;
    }

    void noteSoftError(Errno error) {
        softError = error;
    }

    // ---- handshake ----

    void sendFirstSyn(RouteResult.Found way) {
        begin();
        block.state = TcpState.SYN_SENT;
        namespace().counters().count(Counter.TCP_ACTIVE_OPENS);
        sendSyn(Cause.SENT, 0);
        socket.retransmission.start();
    }

    /** Chooses the first sequence number and the timestamps' offset. */
    void begin() {
        TcpTuple tuple = Objects.requireNonNull(socket.tuple());
        block.iss = socket.protocol.initialNumbers().sequence(tuple);
        block.tsOffset = socket.protocol.initialNumbers().timestampOffset(tuple);
        block.sndUna = block.iss;
        block.sndNxt = block.iss + 1;
        block.sndMax = block.sndNxt;
    }

    /** Whether it went out of this machine. */
    private boolean sendSyn(Cause cause, long parent) {
        RouteResult.Found way = route();
        if (way == null) {
            return false;
        }
        boolean timestamps = namespace().sysctls().isOn("net.ipv4.tcp_timestamps");
        boolean scaling = namespace().sysctls().isOn("net.ipv4.tcp_window_scaling");
        boolean sack = namespace().sysctls().isOn("net.ipv4.tcp_sack");
        boolean answers = block.state == TcpState.SYN_RECEIVED;
        var options = new TcpOptions(
                ownMss(way),
                (answers ? block.rcvScale > 0 : scaling) ? TcpControlBlock.WINDOW_SCALE : TcpOptions.NONE,
                answers ? block.sack : sack,
                answers ? block.timestamps : timestamps,
                timestamp(),
                answers ? block.tsRecent : 0);
        int flags = TcpSegment.SYN | (answers ? TcpSegment.ACK : 0);
        int window = TcpControlBlock.initialWindow(ownMss(way) - (answers && block.timestamps ? TIMESTAMPS_LENGTH : 0));
        block.windowLimit = window;
        block.rcvEdge = block.rcvNxt + window;
        var syn = new TcpSegment(socket.localPort(), socket.remotePort(), block.iss, answers ? block.rcvNxt : 0, flags, window,
                options, Bytes.EMPTY, true);
        long packet = born(cause, parent);
        sent.clear();
        sent.add(new Sent(block.iss, block.iss + 1, flags, packet, now(), cause == Cause.RETRANSMITTED));
        return transmit(way, syn, packet) == null;
    }

    /** Answers a SYN with SYN and ACK. */
    void sendSynAck(long parent) {
        sendSyn(Cause.REPLY_TO, parent);
        socket.retransmission.start();
    }

    /** Sends this side's SYN once more; false if it did not go out of this machine. */
    boolean resendSyn() {
        namespace().counters().count(Counter.TCP_SYN_RETRANSMITTED);
        return sendSyn(Cause.RETRANSMITTED, lastPacket());
    }

    // ---- data ----

    /** Sends what the windows, Nagle's algorithm and the buffer let out now ({@code tcp_write_xmit}). */
    void push() {
        if (!block.state.isSynchronized() || block.state == TcpState.TIME_WAIT) {
            return;
        }
        RouteResult.Found way = route();
        boolean sentNew = false;
        boolean more = way != null;
        while (more) {
            int mss = effectiveMss(way);
            int offset = block.sndNxt - block.sndUna;
            int available = buffer.size() - offset;
            long allowed = Math.min(block.sndWnd, (long) block.congestionWindow * mss) - offset;
            int length = (int) Math.max(0, Math.min(Math.min(available, mss), allowed));
            boolean fin = block.finQueued && !(finSent && block.sndNxt == finEnd) && available >= 0 && length == available;
            boolean worthwhile = length == mss || fin || (length == available && !holdBack(length));
            // the congestion window counts segments, however small
            boolean isNew = !Sequence.before(block.sndNxt, block.sndMax);
            more = (length > 0 || fin) && worthwhile && !(isNew && sent.size() >= block.congestionWindow)
                    && sendData(way, offset, length, fin, length < mss);
            sentNew |= more && isNew;
        }
        if (sentNew) {
            socket.retransmission.scheduleLossProbe(false);
        } else if ((block.inFlight() > 0 || hasWaiting()) && !socket.timers.isRetransmissionPending()) {
            socket.retransmission.start();
        }
    }

    /** Segments on their way. */
    int outstanding() {
        return sent.size();
    }

    /** Nanoseconds since the oldest segment on its way was sent. */
    long sinceFirstSent() {
        return now() - sent.getFirst().time();
    }

    /** Whether something is to be sent that was not sent before. */
    boolean hasWaiting() {
        return hasUnsent() || (block.finQueued && !finSent);
    }

    /** Nagle's algorithm in Minshall's form ({@code tcp_nagle_check}): one small segment at a time. */
    private boolean holdBack(int length) {
        boolean outstanding = smallOutstanding && Sequence.after(lastSmallEnd, block.sndUna);
        return !socket.noDelay() && outstanding && !block.finQueued && length > 0;
    }

    /** False if a new segment did not leave this machine: it still waits, as if nobody had tried ({@code tcp_write_xmit}). */
    private boolean sendData(RouteResult.Found way, int offset, int length, boolean fin, boolean small) {
        Bytes data = buffer.peek(offset, length);
        boolean last = offset + length == buffer.size();
        int sequence = block.sndNxt;
        int end = sequence + length + (fin ? 1 : 0);
        boolean again = Sequence.before(sequence, block.sndMax);
        int flags = TcpSegment.ACK | (length > 0 && last ? TcpSegment.PSH : 0) | (fin ? TcpSegment.FIN : 0) | (again ? 0 : waitingFlags);
        long packet = again ? born(Cause.RETRANSMITTED, lastPacket()) : born(Cause.SENT, socket.lastReceived());
        if (transmit(way, segment(sequence, flags, data), packet) != null && !again) {
            return false;
        }
        if (again) {
            sent.replaceAll(one -> Sequence.before(one.start(), end) ? one.sentAgain(one.start(), one.end(), now()) : one);
        } else {
            waitingFlags = 0;
        }
        if (Sequence.after(end, block.sndMax)) {
            sent.add(new Sent(Sequence.max(sequence, block.sndMax), end, flags, packet, now(), again));
            namespace().counters().count(Counter.TCP_DATA_SENT);
        }
        block.sndNxt = end;
        block.sndMax = Sequence.max(block.sndMax, end);
        if (small && length > 0) {
            smallOutstanding = true;
            lastSmallEnd = end;
        }
        if (fin) {
            finSent = true;
            finEnd = end;
        }
        if (length > 0 && !again) {
            socket.dataSent();
        }
        return true;
    }

    /** Sends the next segment that waits, if it fits into the window, whatever else speaks against it; false if it did not go out. */
    boolean sendWaiting(int flags) {
        RouteResult.Found way = route();
        int offset = block.sndNxt - block.sndUna;
        int available = buffer.size() - offset;
        if (way == null || block.sndNxt != block.sndMax || offset >= block.sndWnd) {
            return false;
        }
        int mss = effectiveMss(way);
        int length = Math.min(Math.min(available, mss), block.sndWnd - offset);
        waitingFlags |= flags;
        return sendData(way, offset, length, block.finQueued && length == available, length < mss);
    }

    boolean hasSentFin() {
        return finSent;
    }

    /** Acknowledges what came in; nothing else is sent. */
    void sendAck() {
        sendBare(block.sndNxt, TcpSegment.ACK, Cause.REPLY_TO);
    }

    void sendReset() {
        sendBare(block.sndNxt, TcpSegment.RST | TcpSegment.ACK, Cause.SENT);
    }

    /** An old byte makes the peer say how wide its window is now ({@code tcp_xmit_probe_skb}). */
    void probeClosedWindow() {
        sendBare(block.sndUna - 1, TcpSegment.ACK, Cause.SENT);
    }

    /** Sends a segment without data. */
    private void sendBare(int sequence, int flags, Cause cause) {
        RouteResult.Found way = route();
        if (way != null) {
            transmit(way, segment(sequence, flags, Bytes.EMPTY), born(cause, socket.lastReceived()));
        }
    }

    /** The peer has acknowledged up to {@code acknowledgement} in a segment with these options; true if that is new. */
    boolean acknowledged(int acknowledgement, TcpOptions options) {
        int count = acknowledgement - block.sndUna;
        if (count <= 0) {
            return false;
        }
        boolean synCounted = block.sndUna == block.iss;
        int bytes = Math.min(count - (synCounted ? 1 : 0), buffer.size());
        buffer.drop(bytes);
        block.sndUna = acknowledgement;
        block.sndNxt = Sequence.max(block.sndNxt, acknowledgement);
        Sent newest = null;
        while (!sent.isEmpty() && !Sequence.after(sent.getFirst().end(), acknowledgement)) {
            newest = sent.removeFirst();
            // that a SYN and ACK has arrived is not told by tcp_ack()
            if ((newest.flags() & (TcpSegment.SYN | TcpSegment.ACK)) != (TcpSegment.SYN | TcpSegment.ACK)) {
                namespace().counters().count(Counter.TCP_DELIVERED);
            }
        }
        if (newest != null && !newest.again()) {
            socket.timers.measured(now() - newest.time());
        } else if (newest != null && options.timestamps()) {
            // tcp_rtt_tsopt_us: the echo tells which transmission arrived
            socket.timers.measured(Math.max(1, timestamp() - options.timestampEcho()) * 1_000_000L);
        }
        softError = null;
        grow(bytes);
        socket.retransmission.acknowledged();
        return true;
    }

    /** Slow start, then one segment a round trip (RFC 5681 §3.1). */
    private void grow(int bytes) {
        if (block.congestionWindow < block.slowStartThreshold) {
            block.congestionWindow += Math.max(1, bytes / Math.max(1, block.peerMss));
        } else {
            block.ackedSinceGrowth += Math.max(1, bytes / Math.max(1, block.peerMss));
            if (block.ackedSinceGrowth >= block.congestionWindow) {
                block.ackedSinceGrowth = 0;
                block.congestionWindow++;
            }
        }
        block.congestionWindow = Math.min(block.congestionWindow, 4096);
    }

    /** Three duplicate acknowledgements: the first segment is lost (RFC 5681 §3.2). */
    void fastRetransmit() {
        block.slowStartThreshold = Math.max(block.congestionWindow / 2, 2);
        block.congestionWindow = block.slowStartThreshold;
        resendFirst();
    }

    /** Less fits through than thought: what is on its way went too big and is sent again. */
    void resendForSmallerMtu() {
        if (block.inFlight() > 0) {
            block.sndNxt = block.sndUna;
            push();
        }
    }

    /** All that is on its way counts as lost: the first of it goes out again, the rest as that is acknowledged (RFC 5681 §3.1). */
    void resendFromStart() {
        if (socket.timers.expiries() == 1) {
            block.slowStartThreshold = Math.max(block.congestionWindow / 2, 2);
        }
        block.congestionWindow = 1;
        block.sndNxt = block.sndUna;
        resendFirst();
    }

    /** Sends once more what was sent last. */
    void resendLast() {
        resend(sent.size() - 1);
    }

    private void resendFirst() {
        int next = block.sndNxt;
        block.sndNxt = resend(0);
        block.sndNxt = Sequence.max(next, block.sndNxt);
    }

    /** Sends a segment once more, as far as it fits; returns where it ends ({@code __tcp_retransmit_skb}). */
    private int resend(int index) {
        Sent one = sent.get(index);
        RouteResult.Found way = route();
        int start = Sequence.max(one.start(), block.sndUna);
        boolean fin = finSent && one.end() == finEnd;
        int whole = one.end() - start - (fin ? 1 : 0);
        int length = way == null ? whole : Math.min(whole, effectiveMss(way));
        boolean part = length < whole;
        int end = part ? start + length : one.end();
        sent.set(index, one.sentAgain(start, end, now()));
        if (part) {
            sent.add(index + 1, new Sent(end, one.end(), one.flags(), one.packet(), one.time(), one.again()));
        }
        if (way != null) {
            int offset = start - block.sndUna;
            // what is cut off keeps the end and its flags (tcp_fragment)
            int flags = part ? one.flags() & ~(TcpSegment.PSH | TcpSegment.FIN) : one.flags();
            transmit(way, segment(start, flags, buffer.peek(offset, length)), born(Cause.RETRANSMITTED, one.packet()));
        }
        return end;
    }

    // ---- one segment ----

    private TcpSegment segment(int sequence, int flags, Bytes data) {
        int edge = Sequence.max(block.rcvEdge, block.rcvNxt + offered());
        block.rcvEdge = edge;
        block.acked = block.rcvNxt;
        socket.timers.stopDelayedAck();
        socket.ackSent();
        int window = Math.min(edge - block.rcvNxt >> block.rcvScale, 0xFFFF);
        List<SackBlock> sacks = socket.selectiveAcks.take(mostSacks());
        TcpOptions options = block.timestamps
                ? new TcpOptions(TcpOptions.NONE, TcpOptions.NONE, false, true, timestamp(), block.tsRecent, sacks)
                : sacks.isEmpty() ? TcpOptions.EMPTY : new TcpOptions(TcpOptions.NONE, TcpOptions.NONE, false, false, 0, 0, sacks);
        return new TcpSegment(socket.localPort(), socket.remotePort(), sequence, block.rcvNxt, flags, window, options, data, true);
    }

    /** How many blocks fit into the 40 bytes of options. */
    private int mostSacks() {
        return block.timestamps ? 3 : 4;
    }

    /** The room that the peer hears of: if little is left, none, rather than a little ({@code __tcp_select_window}). */
    private int offered() {
        int unit = 1 << block.rcvScale;
        int free = socket.received.room();
        if (free < ReceiveQueue.CAPACITY / 2) {
            free &= -unit;
            if (free < ReceiveQueue.CAPACITY >> 4 || free < block.peerMss) {
                return 0;
            }
        }
        return Math.min(free, block.windowLimit) + unit - 1 & -unit;
    }

    private @Nullable Errno transmit(RouteResult.Found way, TcpSegment segment, long packet) {
        return socket.protocol.table()
                .transmit(socket, way, socket.localAddress(), socket.remoteAddress(), segment, way.discoversMtu(), packet);
    }

    private RouteResult.@Nullable Found route() {
        RouteResult way = namespace().routing().output(socket.flow());
        return switch (way) {
            case RouteResult.Found found -> found;
            case RouteResult.Failed failed -> {
                softError = failed.error() == Errno.EINVAL ? null : Errno.EHOSTUNREACH;
                yield null;
            }
        };
    }

    /** The MSS option: what this end can take ({@code tcp_advertise_mss}). */
    private static int ownMss(RouteResult.Found way) {
        int fits = Math.max(way.mtu() - HEADERS, LEAST_ADVERTISED);
        int told = way.metrics().get(RouteMetrics.Kind.ADVMSS);
        return Math.min(told == 0 ? fits : Math.min(fits, told), MAX_MSS);
    }

    private int effectiveMss(RouteResult.Found way) {
        int fits = Math.min(block.peerMss, way.mtu() - HEADERS);
        int sacks = socket.selectiveAcks.count(mostSacks());
        return Math.max(48, fits - (block.timestamps ? TIMESTAMPS_LENGTH : 0) - (sacks == 0 ? 0 : 4 + 8 * sacks));
    }

    private int timestamp() {
        return block.tsOffset + (int) (now() / 1_000_000L);
    }

    private long born(Cause cause, long parent) {
        if (cause == Cause.RETRANSMITTED) {
            namespace().counters().resending();
            block.retransmissions++;
        }
        return namespace().kernel().tracer().born(parent, cause, socket.owner().program());
    }

    private long lastPacket() {
        return sent.isEmpty() ? socket.lastReceived() : sent.getFirst().packet();
    }

    private long now() {
        return namespace().kernel().now();
    }

    private NetworkNamespace namespace() {
        return socket.namespace();
    }
}
