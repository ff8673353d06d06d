package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Sequence;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.trace.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a connection: a segment arrives (RFC 9293 §3.10.7, {@code tcp_input.c}), and when it is acknowledged: at once
 * while the connection is young or data flows, 40 ms later where an answer of the program's may carry the acknowledgement along.
 */
final class TcpInput {
    /** {@code TCP_MAX_QUICKACKS}. */
    private static final int QUICK_ACKS = 16;

    private static final long ACK_TIMEOUT = 40_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final TcpSocket socket;
    private final TcpControlBlock block;
    private int quickAcks = QUICK_ACKS;
    /** The program answers what it gets ({@code inet_csk_in_pingpong_mode}). */
    private boolean interactive;

    private long lastData = -ACK_TIMEOUT;
    /** What came has to be acknowledged, if nothing that is sent does it ({@code inet_csk_schedule_ack}). */
    private AckDue ackDue = AckDue.NONE;

    private enum AckDue {
        NONE,
        SOON,
        NOW
    }

    TcpInput(TcpSocket socket) {
        this.socket = socket;
        this.block = socket.block;
    }

    // ---- is it for us ----

    /** Why the segment is not acceptable in this state (RFC 9293 §3.10.7.4, first check), or null. */
    @Nullable DropReason refuses(TcpSegment segment) {
        return switch (block.state) {
            case CLOSED, LISTEN -> DropReason.TCP_CLOSE;
            case SYN_SENT -> segment.has(TcpSegment.ACK) && segment.acknowledgement() != block.sndNxt
                    ? DropReason.TCP_INVALID_SEQUENCE
                    : null;
            case SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT ->
                    isAcceptable(segment) ? null : DropReason.TCP_INVALID_SEQUENCE;
        };
    }

    private boolean isAcceptable(TcpSegment segment) {
        int end = segment.sequence() + segment.sequenceLength();
        return !Sequence.before(end, block.acked) && !Sequence.after(segment.sequence(), Sequence.max(block.rcvEdge, block.rcvNxt));
    }

    // ---- arrival ----

    void receive(TcpSegment segment) {
        switch (block.state) {
            case CLOSED, LISTEN -> {}
            case SYN_SENT -> receiveInSynSent(segment);
            case TIME_WAIT -> receiveInTimeWait(segment);
            case SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK -> receiveSynchronized(segment);
        }
    }

    /** A SYN for a listener: this socket is the connection that it begins. */
    void acceptSyn(TcpSegment syn) {
        takeSyn(syn);
        socket.output.begin();
        block.state = TcpState.SYN_RECEIVED;
        socket.output.sendSynAck(socket.lastReceived());
    }

    private void takeSyn(TcpSegment syn) {
        block.irs = syn.sequence();
        block.rcvNxt = syn.sequence() + 1;
        block.acked = block.rcvNxt;
        var sysctls = socket.namespace().sysctls();
        block.agree(syn.options(), sysctls.isOn("net.ipv4.tcp_window_scaling"), sysctls.isOn("net.ipv4.tcp_timestamps"),
                sysctls.isOn("net.ipv4.tcp_sack"));
        block.sndWnd = syn.window();
        block.sndWl1 = syn.sequence();
        block.sndWl2 = syn.acknowledgement();
    }

    private void receiveInSynSent(TcpSegment segment) {
        boolean acknowledges = segment.has(TcpSegment.ACK) && segment.acknowledgement() == block.sndNxt;
        if (segment.has(TcpSegment.ACK) && !acknowledges) {
            return;
        }
        if (segment.has(TcpSegment.RST)) {
            if (acknowledges) {
                socket.finish(Errno.ECONNREFUSED);
            }
            return;
        }
        if (!segment.has(TcpSegment.SYN)) {
            return;
        }
        takeSyn(segment);
        if (acknowledges) {
            block.state = TcpState.ESTABLISHED;
            socket.output.acknowledged(segment.acknowledgement(), segment.options());
            block.rcvEdge = block.rcvNxt + block.windowLimit;
            lastData = now();
            socket.output.sendAck();
            socket.changed().wakeAll();
            socket.output.push();
        } else {
            // both called at the same time
            block.state = TcpState.SYN_RECEIVED;
            socket.output.sendSynAck(socket.lastReceived());
        }
    }

    private void receiveInTimeWait(TcpSegment segment) {
        if (segment.has(TcpSegment.RST)) {
            if (segment.sequence() == block.rcvNxt) {
                socket.finish();
            }
            return;
        }
        if (segment.sequenceLength() > 0) {
            socket.output.sendAck();
            enterTimeWait();
        }
    }

    private void receiveSynchronized(TcpSegment segment) {
        if (block.state == TcpState.SYN_RECEIVED && segment.has(TcpSegment.SYN) && segment.sequence() == block.irs) {
            socket.output.resendSyn();
            return;
        }
        if (!isAcceptable(segment)) {
            if (!segment.has(TcpSegment.RST)) {
                acknowledgeAgain(segment);
            }
            return;
        }
        if (segment.has(TcpSegment.RST)) {
            receiveReset(segment);
            return;
        }
        if (segment.has(TcpSegment.SYN)) {
            // a challenge (RFC 5961 §4)
            socket.output.sendAck();
            return;
        }
        if (!segment.has(TcpSegment.ACK) || !receiveAck(segment)) {
            return;
        }
        if (segment.options().timestamps() && !Sequence.after(segment.sequence(), block.acked)) {
            block.tsRecent = segment.options().timestamp();
        }
        receiveData(segment);
        if (block.state != TcpState.CLOSED) {
            socket.output.push();
            acknowledge();
        }
    }

    /** {@code tcp_ack_snd_check}. */
    private void acknowledge() {
        switch (ackDue) {
            case NONE -> {}
            case SOON -> socket.timers.startDelayedAck(socket.output::sendAck);
            case NOW -> socket.output.sendAck();
        }
    }

    private void receiveReset(TcpSegment segment) {
        if (segment.sequence() != block.rcvNxt) {
            // RFC 5961 §3: only the exact number ends it
            socket.output.sendAck();
            return;
        }
        switch (block.state) {
            case SYN_RECEIVED, CLOSING, LAST_ACK -> socket.finish();
            case CLOSE_WAIT -> socket.finish(Errno.EPIPE);
            case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2 -> socket.finish(Errno.ECONNRESET);
            case CLOSED, LISTEN, SYN_SENT, TIME_WAIT -> {}
        }
    }

    /** Its acknowledgement; false if the segment ends here. */
    private boolean receiveAck(TcpSegment segment) {
        int acknowledgement = segment.acknowledgement();
        if (block.state == TcpState.SYN_RECEIVED) {
            if (acknowledgement != block.sndNxt) {
                TcpListener listener = socket.listener();
                if (listener != null) {
                    socket.abort();
                }
                return false;
            }
            TcpListener listener = socket.listener();
            if (listener != null && listener.isFull()) {
                // tcp_check_req with a full queue: as if the acknowledgement had been lost
                return false;
            }
            establish(segment);
        }
        if (Sequence.after(acknowledgement, block.sndMax)) {
            socket.output.sendAck();
            return false;
        }
        int window = segment.window() << block.sndScale;
        boolean isNew = socket.output.acknowledged(acknowledgement, segment.options());
        boolean duplicate = !isNew && acknowledgement == block.sndUna && block.inFlight() > 0 && segment.sequenceLength() == 0
                && window == block.sndWnd;
        if (!Sequence.before(acknowledgement, block.sndUna)) {
            block.sndWnd = window;
            block.sndWl1 = segment.sequence();
            block.sndWl2 = acknowledgement;
            socket.retransmission.probeAnswered();
        }
        block.duplicateAcks = duplicate ? block.duplicateAcks + 1 : 0;
        if (block.duplicateAcks == 3) {
            socket.output.fastRetransmit();
        }
        if (isNew) {
            ownFinAcknowledged();
            socket.changed().wakeAll();
        }
        return block.state != TcpState.CLOSED;
    }

    private void establish(TcpSegment segment) {
        block.state = TcpState.ESTABLISHED;
        block.sndWnd = segment.window() << block.sndScale;
        lastData = now();
        TcpListener listener = socket.listener();
        if (listener != null) {
            socket.namespace().counters().count(Counter.TCP_PASSIVE_OPENS);
            listener.completed(socket);
        }
        socket.changed().wakeAll();
    }

    private void ownFinAcknowledged() {
        if (!socket.output.hasSentFin() || block.sndUna != block.sndMax) {
            return;
        }
        switch (block.state) {
            case FIN_WAIT_1 -> {
                block.state = TcpState.FIN_WAIT_2;
                if (socket.isClosed()) {
                    orphanedInFinWait2();
                }
            }
            case CLOSING -> enterTimeWait();
            case LAST_ACK -> socket.finish();
            case CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED, ESTABLISHED, FIN_WAIT_2, CLOSE_WAIT, TIME_WAIT -> {}
        }
    }

    /** No program waits for the rest any more ({@code tcp_fin_timeout}). */
    void orphanedInFinWait2() {
        long limit = socket.namespace().sysctls().number("net.ipv4.tcp_fin_timeout") * NANOS_PER_SECOND;
        socket.timers.startEnd(limit, socket::finish);
    }

    // ---- data ----

    private void receiveData(TcpSegment segment) {
        boolean fin = segment.has(TcpSegment.FIN);
        Bytes data = segment.data();
        if (data.isEmpty() && !fin) {
            return;
        }
        int end = segment.sequence() + segment.sequenceLength();
        if (!Sequence.after(end, block.rcvNxt)) {
            cameAgain(segment, end);
            ackDue = AckDue.NOW;
            return;
        }
        if (!block.state.mayReceive()) {
            // after the peer's FIN nothing new can come
            return;
        }
        if (socket.isClosed() && Sequence.after(segment.sequence() + data.length(), block.rcvNxt)) {
            // nobody will read it (tcp_rcv_state_process, RFC 1122 §4.2.2.13)
            socket.abort();
            return;
        }
        if (Sequence.after(segment.sequence(), block.rcvNxt)) {
            if (socket.selectiveAcks.has(segment.sequence(), end)) {
                tellTwice(segment.sequence(), end);
            } else {
                socket.received.keep(segment.sequence(), data, fin);
                if (block.sack) {
                    socket.selectiveAcks.cameEarly(segment.sequence(), end);
                }
            }
            ackDue = AckDue.NOW;
            return;
        }
        int skip = block.rcvNxt - segment.sequence();
        if (skip > 0) {
            tellTwice(segment.sequence(), block.rcvNxt);
        }
        boolean hadGap = socket.received.hasGap();
        socket.received.append(data.slice(Math.min(skip, data.length())));
        block.rcvNxt = segment.sequence() + data.length();
        boolean ends = fin;
        if (!ends) {
            ReceiveQueue.Progress progress = socket.received.advance(block.rcvNxt);
            block.rcvNxt = progress.next();
            ends = progress.fin();
        }
        socket.selectiveAcks.advanced(block.rcvNxt);
        if (!data.isEmpty()) {
            block.windowLimit = Math.min(ReceiveQueue.CAPACITY, block.windowLimit + 2 * block.peerMss);
        }
        lastData = now();
        if (ends) {
            receiveFin();
        }
        if (block.state != TcpState.CLOSED && block.rcvNxt != block.acked) {
            scheduleAck(hadGap);
        }
        socket.changed().wakeAll();
    }

    /** It came before, or is of another time: the peer is told what is expected ({@code tcp_send_dupack}). */
    private void acknowledgeAgain(TcpSegment segment) {
        int end = segment.sequence() + segment.sequenceLength();
        if (segment.sequenceLength() > 0 && Sequence.before(segment.sequence(), block.rcvNxt)) {
            cameAgain(segment, Sequence.after(end, block.rcvNxt) ? block.rcvNxt : end);
        }
        socket.output.sendAck();
    }

    private void cameAgain(TcpSegment segment, int end) {
        quickAcks = QUICK_ACKS;
        interactive = false;
        tellTwice(segment.sequence(), end);
    }

    private void tellTwice(int left, int right) {
        if (block.sack && socket.namespace().sysctls().isOn("net.ipv4.tcp_dsack")) {
            socket.selectiveAcks.cameTwice(left, right);
        }
    }

    private void receiveFin() {
        block.rcvNxt++;
        block.finReceived = true;
        interactive = true;
        switch (block.state) {
            case ESTABLISHED -> block.state = TcpState.CLOSE_WAIT;
            case FIN_WAIT_1 -> {
                block.state = TcpState.CLOSING;
                socket.output.sendAck();
            }
            case FIN_WAIT_2 -> {
                socket.output.sendAck();
                enterTimeWait();
            }
            case CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT -> {}
        }
    }

    private void enterTimeWait() {
        if (block.state != TcpState.TIME_WAIT) {
            socket.namespace().counters().count(Counter.TCP_TIME_WAITED);
        }
        block.state = TcpState.TIME_WAIT;
        socket.timers.stopAll();
        socket.timers.startEnd(TcpTimers.TIME_WAIT, socket::finish);
        socket.protocol.enteredTimeWait(socket);
        socket.changed().wakeAll();
    }

    /** {@code __tcp_ack_snd_check}: now, or a little later. */
    private void scheduleAck(boolean filledGap) {
        boolean twoSegments = block.rcvNxt - block.acked > block.peerMss;
        boolean quick = quickAcks > 0 && !interactive;
        if (twoSegments || quick || filledGap || socket.received.hasGap()) {
            quickAcks = Math.max(0, quickAcks - 1);
            ackDue = AckDue.NOW;
        } else {
            ackDue = AckDue.SOON;
        }
    }

    /** What came is acknowledged by what leaves now ({@code tcp_event_ack_sent}). */
    void ackSent() {
        ackDue = AckDue.NONE;
    }

    /** The program has sent data: if soon after it got some, the two are in conversation ({@code tcp_event_data_sent}). */
    void dataSent() {
        if (now() - lastData < ACK_TIMEOUT && block.rcvNxt != block.irs + 1) {
            interactive = true;
        }
    }

    /** The program has read: perhaps the window opened, perhaps an acknowledgement need not wait ({@code tcp_cleanup_rbuf}). */
    void wasRead() {
        if (!block.state.mayReceive()) {
            return;
        }
        int announced = block.rcvEdge - block.rcvNxt;
        boolean opened = announced < block.peerMss && socket.received.room() >= 2 * block.peerMss;
        boolean waiting = socket.timers.isAckDelayed() && !interactive && socket.received.size() == 0;
        if (opened || waiting) {
            socket.output.sendAck();
        }
    }

    private long now() {
        return socket.namespace().kernel().now();
    }
}
