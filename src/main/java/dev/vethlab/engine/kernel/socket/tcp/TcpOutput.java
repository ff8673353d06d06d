package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Sequence;
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
    /** {@code tcp_orphan_retries}: how often for a program that is gone. */
    private static final int ORPHAN_RETRIES = 8;

    private final TcpSocket socket;
    private final TcpControlBlock block;
    private final ByteQueue buffer = new ByteQueue();
    private final List<Sent> sent = new ArrayList<>();
    private int lastSmallEnd;
    private boolean smallOutstanding;
    /** A loss probe is out, and nothing was acknowledged since ({@code tlp_high_seq}). */
    private boolean lossProbed;
    /** Probes that were not answered ({@code icsk_probes_out}). */
    private int probes;
    private boolean finSent;
    private int finEnd;
    private @Nullable Errno softError;

    /** A segment on its way: its sequence numbers, its packet, when it was sent last; sent again, it is not timed (Karn). */
    private record Sent(int start, int end, long packet, long time, boolean again) {}

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
        sent.add(new Sent(block.iss, block.iss + 1, packet, now(), cause == Cause.RETRANSMITTED));
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
                    && sendData(way, offset, length, fin, length < mss, 0);
            sentNew |= more && isNew;
        }
        if (sentNew) {
            scheduleLossProbe(false);
        } else if ((block.inFlight() > 0 || hasWaiting()) && !socket.timers.isRetransmissionPending()) {
            restartTimer();
        }
    }

    /** Whether something is to be sent that was not sent before. */
    private boolean hasWaiting() {
        return hasUnsent() || (block.finQueued && !finSent);
    }

    /** Nagle's algorithm in Minshall's form ({@code tcp_nagle_check}): one small segment at a time. */
    private boolean holdBack(int length) {
        boolean outstanding = smallOutstanding && Sequence.after(lastSmallEnd, block.sndUna);
        return !socket.noDelay() && outstanding && !block.finQueued && length > 0;
    }

    /** False if a new segment did not leave this machine: it still waits, as if nobody had tried ({@code tcp_write_xmit}). */
    private boolean sendData(RouteResult.Found way, int offset, int length, boolean fin, boolean small, int moreFlags) {
        Bytes data = buffer.peek(offset, length);
        boolean last = offset + length == buffer.size();
        int flags = TcpSegment.ACK | (length > 0 && last ? TcpSegment.PSH : 0) | (fin ? TcpSegment.FIN : 0) | moreFlags;
        int sequence = block.sndNxt;
        int end = sequence + length + (fin ? 1 : 0);
        boolean again = Sequence.before(sequence, block.sndMax);
        long packet = again ? born(Cause.RETRANSMITTED, lastPacket()) : born(Cause.SENT, socket.lastReceived());
        if (transmit(way, segment(sequence, flags, data), packet) != null && !again) {
            return false;
        }
        if (again) {
            sent.replaceAll(one -> Sequence.before(one.start(), end) ? new Sent(one.start(), one.end(), one.packet(), now(), true) : one);
        }
        if (Sequence.after(end, block.sndMax)) {
            sent.add(new Sent(Sequence.max(sequence, block.sndMax), end, packet, now(), again));
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
        }
        if (newest != null && !newest.again()) {
            socket.timers.measured(now() - newest.time());
        } else if (newest != null && options.timestamps()) {
            // tcp_rtt_tsopt_us: the echo tells which transmission arrived
            socket.timers.measured(Math.max(1, timestamp() - options.timestampEcho()) * 1_000_000L);
        }
        socket.timers.progress();
        lossProbed = false;
        softError = null;
        grow(bytes);
        if (block.inFlight() > 0) {
            scheduleLossProbe(true);
        } else {
            socket.timers.stopRetransmission();
        }
        return true;
    }

    /** An acknowledgement came while nothing is on its way: the peer lives, and its window may have opened ({@code tcp_ack_probe}). */
    void probeAnswered() {
        probes = 0;
        if (block.inFlight() == 0 && hasWaiting()) {
            if (block.sndWnd > 0) {
                socket.timers.progress();
                socket.timers.stopRetransmission();
            } else {
                restartTimer();
            }
        }
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
        sent.set(index, new Sent(start, end, one.packet(), now(), true));
        if (part) {
            sent.add(index + 1, new Sent(end, one.end(), one.packet(), one.time(), one.again()));
        }
        if (way != null) {
            int offset = start - block.sndUna;
            boolean last = length > 0 && offset + length == buffer.size();
            int flags = TcpSegment.ACK | (last ? TcpSegment.PSH : 0) | (fin && !part ? TcpSegment.FIN : 0);
            transmit(way, segment(start, flags, buffer.peek(offset, length)), born(Cause.RETRANSMITTED, one.packet()));
        }
        return end;
    }

    // ---- time-outs ----

    /** An error says that the way is broken, not full: waiting longer and longer would not help. */
    void unreachable(int sequence) {
        if (sequence == block.sndUna && !sent.isEmpty() && socket.timers.revert()) {
            long remaining = socket.timers.timeout() - (now() - sent.getFirst().time());
            if (remaining > 0) {
                socket.timers.startRetransmission(remaining, this::timedOut);
            } else {
                timedOut();
            }
        }
    }

    /** Whether what waits is tried now and then, because the window is closed or this machine lets nothing out. */
    boolean isProbing() {
        return block.state.isSynchronized() && block.inFlight() == 0 && hasWaiting();
    }

    /** Probes without an answer. */
    int probes() {
        return probes;
    }

    private void restartTimer() {
        socket.timers.startRetransmission(socket.timers.timeout(), this::timedOut);
    }

    /** The tail is sent once more before anything counts as lost ({@code tcp_schedule_loss_probe}); {@code fromNow}: after an ACK. */
    private void scheduleLossProbe(boolean fromNow) {
        boolean recovering = block.sndNxt != block.sndMax || socket.timers.expiries() > 0;
        if (!block.sack || recovering || sent.isEmpty()) {
            if (fromNow || !socket.timers.isRetransmissionPending()) {
                restartTimer();
            }
            return;
        }
        long untilTimeout = socket.timers.timeout() - (fromNow ? 0 : now() - sent.getFirst().time());
        socket.timers.startRetransmission(Math.min(socket.timers.lossProbeTimeout(sent.size() == 1), untilTimeout), this::probeLoss);
    }

    /** {@code tcp_send_loss_probe}. */
    private void probeLoss() {
        if (lossProbed) {
            socket.timers.startRetransmission(socket.timers.timeout() - (now() - sent.getFirst().time()), this::timedOut);
            return;
        }
        if (!hasWaiting() || !sendWaiting(0)) {
            resend(sent.size() - 1);
        }
        lossProbed = true;
        restartTimer();
    }

    private void timedOut() {
        int expiries = socket.timers.expiries();
        switch (block.state) {
            case SYN_SENT -> {
                boolean over = expiries >= namespace().sysctls().number("net.ipv4.tcp_syn_retries") + LINEAR_SYN_TIMEOUTS;
                retry(over, expiries >= LINEAR_SYN_TIMEOUTS, () -> sendSyn(Cause.RETRANSMITTED, lastPacket()));
            }
            case SYN_RECEIVED ->
                    retry(expiries >= namespace().sysctls().number("net.ipv4.tcp_synack_retries"), true, this::resendSynAckOrForget);
            case ESTABLISHED, FIN_WAIT_1, CLOSE_WAIT, CLOSING, LAST_ACK -> {
                if (block.inFlight() == 0) {
                    probeWindow();
                } else {
                    retry(socket.timers.isOver(retries()), true, this::resendFromStart);
                }
            }
            case CLOSED, LISTEN, FIN_WAIT_2, TIME_WAIT -> {}
        }
    }

    /** How long to go on, as a number of retransmissions: not long where no program waits ({@code tcp_orphan_retries}). */
    private int retries() {
        if (!socket.isClosed()) {
            return namespace().sysctls().number("net.ipv4.tcp_retries2");
        }
        return socket.timers.isAtLongest() ? 0 : ORPHAN_RETRIES;
    }

    private void retry(boolean over, boolean doubles, Runnable send) {
        if (over) {
            giveUp();
            return;
        }
        socket.timers.expired(doubles);
        restartTimer();
        send.run();
    }

    private void giveUp() {
        socket.finish(softError != null ? softError : Errno.ETIMEDOUT);
    }

    private void resendFromStart() {
        lossProbed = false;
        if (socket.timers.expiries() == 1) {
            block.slowStartThreshold = Math.max(block.congestionWindow / 2, 2);
        }
        block.congestionWindow = 1;
        block.sndNxt = block.sndUna;
        resendFirst();
    }

    /** Nothing is on its way, but something waits ({@code tcp_probe_timer}, {@code tcp_send_probe0}). */
    private void probeWindow() {
        if (!hasWaiting()) {
            return;
        }
        if (probes >= retries()) {
            giveUp();
            return;
        }
        if (block.sndWnd > 0) {
            if (sendWaiting(TcpSegment.PSH)) {
                probes = 0;
                socket.timers.progress();
                restartTimer();
                return;
            }
        } else {
            probeClosedWindow();
        }
        probes++;
        socket.timers.probed();
        restartTimer();
    }

    /** Sends the next segment that waits, if it fits into the window, whatever else speaks against it; false if it did not go out. */
    private boolean sendWaiting(int flags) {
        RouteResult.Found way = route();
        int offset = block.sndNxt - block.sndUna;
        int available = buffer.size() - offset;
        if (way == null || block.sndNxt != block.sndMax || offset >= block.sndWnd) {
            return false;
        }
        int length = Math.min(Math.min(available, effectiveMss(way)), block.sndWnd - offset);
        return sendData(way, offset, length, block.finQueued && length == available, length < effectiveMss(way), flags);
    }

    /** An old byte makes the peer say how wide its window is now ({@code tcp_xmit_probe_skb}). */
    private void probeClosedWindow() {
        RouteResult.Found way = route();
        if (way != null) {
            transmit(way, segment(block.sndUna - 1, TcpSegment.ACK, Bytes.EMPTY), born(Cause.SENT, socket.lastReceived()));
        }
    }

    // ---- one segment ----

    private TcpSegment segment(int sequence, int flags, Bytes data) {
        int edge = Sequence.max(block.rcvEdge, block.rcvNxt + offered());
        block.rcvEdge = edge;
        block.acked = block.rcvNxt;
        socket.timers.stopDelayedAck();
        int window = Math.min(edge - block.rcvNxt >> block.rcvScale, 0xFFFF);
        TcpOptions options = block.timestamps
                ? new TcpOptions(TcpOptions.NONE, TcpOptions.NONE, false, true, timestamp(), block.tsRecent)
                : TcpOptions.EMPTY;
        return new TcpSegment(socket.localPort(), socket.remotePort(), sequence, block.rcvNxt, flags, window, options, data);
    }

    /** The room that the peer hears of: if little is left, none, rather than a little ({@code __tcp_select_window}). */
    private int offered() {
        int free = socket.received.room() & -(1 << block.rcvScale);
        return free < ReceiveQueue.CAPACITY >> 4 || free < block.peerMss ? 0 : free;
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
