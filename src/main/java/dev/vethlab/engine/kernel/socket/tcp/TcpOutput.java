package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpOptions;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.trace.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection ({@code tcp_output.c}, {@code tcp_timer.c}): what may go out now, and what goes out again.
 *
 * <p>The buffer's first byte is at {@code sndUna} once the SYN is acknowledged. To resend, {@code sndNxt} goes back to {@code sndUna} and
 * acknowledgements bring it forward again; {@code sndMax} remembers how far it has been.
 */
final class TcpOutput {
    private static final int CAPACITY = 262_144;
    private static final int HEADERS = Ipv4Packet.HEADER_LENGTH + TcpSegment.HEADER_LENGTH;
    private static final int MAX_MSS = 65_535 - HEADERS;
    private static final int TIMESTAMPS_LENGTH = 12;
    private static final int SYN_ACK_WINDOW = 65_160;
    /** {@code tcp_syn_linear_timeouts}: so many SYNs follow without doubling. */
    private static final int LINEAR_SYN_TIMEOUTS = 4;

    private final TcpSocket socket;
    private final TcpControlBlock block;
    private final ByteQueue buffer = new ByteQueue();
    private final List<Sent> sent = new ArrayList<>();
    private int lastSmallEnd;
    private boolean smallOutstanding;
    private boolean lossProbed;
    private boolean finSent;
    private int finEnd;
    private @Nullable Errno softError;

    /** A segment on its way: up to which sequence number, its packet, when; sent again, it is not timed (Karn). */
    private record Sent(int end, long packet, long time, boolean again) {}

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

    void noteSoftError(Errno error) {
        softError = error;
    }

    // ---- handshake ----

    void sendFirstSyn(RouteResult.Found way) {
        begin();
        block.state = TcpState.SYN_SENT;
        namespace().counters().count(Counter.TCP_ACTIVE_OPENS);
        sendSyn(Cause.SENT, 0);
        restartTimer();
    }

    /** Chooses the first sequence number and the timestamps' offset (RFC 6528: unpredictable; here seeded). */
    void begin() {
        block.iss = (int) namespace().kernel().random("tcp").nextLong();
        block.tsOffset = (int) namespace().kernel().random("tcp").nextLong();
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
        int window = answers ? SYN_ACK_WINDOW : block.initialWindow();
        block.rcvEdge = block.rcvNxt + window;
        var syn = new TcpSegment(socket.localPort(), socket.remotePort(), block.iss, answers ? block.rcvNxt : 0, flags, window,
                options, Bytes.EMPTY);
        long packet = born(cause, parent);
        sent.clear();
        sent.add(new Sent(block.iss + 1, packet, now(), cause == Cause.RETRANSMITTED));
        return transmit(way, syn, packet) == null;
    }

    /** Answers a SYN with SYN and ACK. */
    void sendSynAck(long parent) {
        sendSyn(Cause.REPLY_TO, parent);
        restartTimer();
    }

    boolean resendSynAck() {
        return sendSyn(Cause.RETRANSMITTED, lastPacket());
    }

    /** What its own machine does not let out ends the request ({@code reqsk_timer_handler}). */
    private void resendSynAckOrForget() {
        if (!resendSynAck()) {
            socket.finish();
        }
    }

    // ---- data ----

    /** Sends what the windows, Nagle's algorithm and the buffer let out now ({@code tcp_write_xmit}). */
    void push() {
        if (!block.state.isSynchronized() || block.state == TcpState.TIME_WAIT) {
            return;
        }
        RouteResult.Found way = route();
        if (way == null) {
            restartTimer();
            return;
        }
        int mss = effectiveMss(way);
        boolean more = true;
        while (more) {
            int offset = block.sndNxt - block.sndUna;
            int available = buffer.size() - offset;
            long allowed = Math.min(block.sndWnd, (long) block.congestionWindow * mss) - offset;
            int length = (int) Math.max(0, Math.min(Math.min(available, mss), allowed));
            boolean fin = block.finQueued && !(finSent && block.sndNxt == finEnd) && available >= 0 && length == available;
            boolean worthwhile = length == mss || fin || (length == available && !holdBack(length));
            // the congestion window counts segments, however small
            boolean isNew = !Sequence.before(block.sndNxt, block.sndMax);
            more = (length > 0 || fin) && worthwhile && !(isNew && sent.size() >= block.congestionWindow);
            if (more) {
                sendData(way, offset, length, fin, length < mss);
            }
        }
        boolean blocked = buffer.size() > block.sndNxt - block.sndUna && block.inFlight() == 0;
        if ((block.inFlight() > 0 || blocked) && !socket.timers.isRetransmissionPending()) {
            restartTimer();
        }
    }

    /** Nagle's algorithm in Minshall's form ({@code tcp_nagle_check}): one small segment at a time. */
    private boolean holdBack(int length) {
        boolean outstanding = smallOutstanding && Sequence.after(lastSmallEnd, block.sndUna);
        return !socket.noDelay() && outstanding && !block.finQueued && length > 0;
    }

    private void sendData(RouteResult.Found way, int offset, int length, boolean fin, boolean small) {
        Bytes data = buffer.peek(offset, length);
        boolean last = offset + length == buffer.size();
        int flags = TcpSegment.ACK | (length > 0 && last ? TcpSegment.PSH : 0) | (fin ? TcpSegment.FIN : 0);
        int sequence = block.sndNxt;
        int end = sequence + length + (fin ? 1 : 0);
        boolean again = Sequence.before(sequence, block.sndMax);
        long packet = again ? born(Cause.RETRANSMITTED, lastPacket()) : born(Cause.SENT, socket.lastReceived());
        if (again) {
            sent.replaceAll(one -> new Sent(one.end(), one.packet(), one.time(), true));
        }
        if (Sequence.after(end, block.sndMax)) {
            sent.add(new Sent(end, packet, now(), again));
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
        transmit(way, segment(sequence, flags, data), packet);
        if (length > 0 && !again) {
            socket.dataSent();
        }
    }

    boolean hasSentFin() {
        return finSent;
    }

    /** Acknowledges what came in; nothing else is sent. */
    void sendAck() {
        RouteResult.Found way = route();
        if (way != null) {
            transmit(way, segment(block.sndNxt, TcpSegment.ACK, Bytes.EMPTY), born(Cause.REPLY_TO, socket.lastReceived()));
        }
    }

    void sendReset() {
        RouteResult.Found way = route();
        if (way != null) {
            transmit(way, segment(block.sndNxt, TcpSegment.RST | TcpSegment.ACK, Bytes.EMPTY), born(Cause.SENT, socket.lastReceived()));
        }
    }

    /** The peer has acknowledged up to {@code acknowledgement}; true if that is new. */
    boolean acknowledged(int acknowledgement) {
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
        }
        if (newest != null && !newest.again()) {
            socket.timers.measured(now() - newest.time());
        }
        socket.timers.progress();
        lossProbed = false;
        softError = null;
        grow(bytes);
        if (block.inFlight() > 0) {
            restartTimer();
        } else {
            socket.timers.stopRetransmission();
        }
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

    private void resendFirst() {
        RouteResult.Found way = route();
        if (way == null) {
            return;
        }
        int next = block.sndNxt;
        int length = Math.min(buffer.size(), effectiveMss(way));
        boolean fin = block.finQueued && length == buffer.size() && Sequence.after(block.sndMax, block.sndUna + length);
        block.sndNxt = block.sndUna;
        sendData(way, 0, length, fin, false);
        block.sndNxt = Sequence.max(next, block.sndNxt);
    }

    // ---- time-outs ----

    /** An error says that the way is broken, not full: waiting longer and longer would not help. */
    void unreachable(int sequence) {
        if (sequence == block.sndUna && !sent.isEmpty() && socket.timers.revert()) {
            long remaining = socket.timers.backedOff(0) - (now() - sent.getFirst().time());
            socket.timers.startRetransmission(Math.max(0, remaining), this::timedOut);
        }
    }

    private void restartTimer() {
        boolean syn = block.state == TcpState.SYN_SENT;
        int linear = syn ? LINEAR_SYN_TIMEOUTS : 0;
        socket.timers.startRetransmission(socket.timers.backedOff(linear), this::timedOut);
    }

    private void timedOut() {
        int expiries = socket.timers.expiries();
        switch (block.state) {
            case SYN_SENT -> retry(expiries - LINEAR_SYN_TIMEOUTS, "net.ipv4.tcp_syn_retries",
                    () -> sendSyn(Cause.RETRANSMITTED, lastPacket()));
            case SYN_RECEIVED -> retry(expiries, "net.ipv4.tcp_synack_retries", this::resendSynAckOrForget);
            case ESTABLISHED, FIN_WAIT_1, CLOSE_WAIT, CLOSING, LAST_ACK -> {
                if (block.inFlight() == 0) {
                    retry(expiries, "net.ipv4.tcp_retries2", this::probeWindow);
                } else if (!lossProbed && expiries == 0) {
                    // tcp_send_loss_probe: the tail goes out once more before anything is concluded
                    lossProbed = true;
                    resendFirst();
                    restartTimer();
                } else {
                    retry(expiries, "net.ipv4.tcp_retries2", this::resendFromStart);
                }
            }
            case CLOSED, LISTEN, FIN_WAIT_2, TIME_WAIT -> {}
        }
    }

    private void retry(int expiries, String limit, Runnable send) {
        if (expiries >= namespace().sysctls().number(limit)) {
            socket.finish(softError != null ? softError : Errno.ETIMEDOUT);
            return;
        }
        socket.timers.expired();
        restartTimer();
        send.run();
    }

    private void resendFromStart() {
        if (socket.timers.expiries() == 1) {
            block.slowStartThreshold = Math.max(block.congestionWindow / 2, 2);
        }
        block.congestionWindow = 1;
        block.sndNxt = block.sndUna;
        resendFirst();
    }

    /** The peer's window is closed: an old byte makes it say how wide it is now ({@code tcp_xmit_probe_skb}). */
    private void probeWindow() {
        RouteResult.Found way = route();
        if (way != null) {
            transmit(way, segment(block.sndUna - 1, TcpSegment.ACK, Bytes.EMPTY), born(Cause.SENT, socket.lastReceived()));
        }
    }

    // ---- one segment ----

    private TcpSegment segment(int sequence, int flags, Bytes data) {
        int step = 1 << block.rcvScale;
        int free = socket.received.room() + step - 1 & -step;
        int edge = Sequence.max(block.rcvEdge, block.rcvNxt + free);
        block.rcvEdge = edge;
        block.acked = block.rcvNxt;
        socket.timers.stopDelayedAck();
        int window = Math.min(edge - block.rcvNxt >> block.rcvScale, 0xFFFF);
        TcpOptions options = block.timestamps
                ? new TcpOptions(TcpOptions.NONE, TcpOptions.NONE, false, true, timestamp(), block.tsRecent)
                : TcpOptions.EMPTY;
        return new TcpSegment(socket.localPort(), socket.remotePort(), sequence, block.rcvNxt, flags, window, options, data);
    }

    private @Nullable Errno transmit(RouteResult.Found way, TcpSegment segment, long packet) {
        return socket.protocol.table().transmit(socket, way, socket.localAddress(), socket.remoteAddress(), segment, true, packet);
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
        return Math.min(way.device().mtu() - HEADERS, MAX_MSS);
    }

    private int effectiveMss(RouteResult.Found way) {
        int fits = Math.min(block.peerMss, way.mtu() - HEADERS);
        return Math.max(48, fits - (block.timestamps ? TIMESTAMPS_LENGTH : 0));
    }

    private int timestamp() {
        return block.tsOffset + (int) (now() / 1_000_000L);
    }

    private long born(Cause cause, long parent) {
        if (cause == Cause.RETRANSMITTED) {
            namespace().counters().count(Counter.TCP_RETRANSMITTED);
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
