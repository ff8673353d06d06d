package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.kernel.Counters;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.packet.TcpSegment;

/**
 * What a connection does when no answer comes ({@code tcp_timer.c}): the tail is probed, what is on its way goes out again, what waits is
 * tried now and then, and at last it gives up. {@link TcpTimers} knows how long, {@link TcpOutput} sends.
 */
final class TcpRetransmission {
    /** {@code tcp_syn_linear_timeouts}: so many SYNs follow without doubling. */
    private static final int LINEAR_SYN_TIMEOUTS = 4;
    /** {@code tcp_orphan_retries}: how often for a program that is gone. */
    private static final int ORPHAN_RETRIES = 8;

    private final TcpSocket socket;
    private final TcpControlBlock block;
    private final TcpTimers timers;
    private final TcpOutput output;
    /** A loss probe is out, and nothing was acknowledged since ({@code tlp_high_seq}). */
    private boolean lossProbed;
    /** Probes that were not answered ({@code icsk_probes_out}). */
    private int probes;

    TcpRetransmission(TcpSocket socket) {
        this.socket = socket;
        this.block = socket.block;
        this.timers = socket.timers;
        this.output = socket.output;
    }

    /** From now on it is waited for an answer. */
    void start() {
        timers.startRetransmission(timers.timeout(), this::timedOut);
    }

    // ---- answers ----

    /** Something new was acknowledged. */
    void acknowledged() {
        timers.progress();
        lossProbed = false;
        if (block.inFlight() > 0) {
            scheduleLossProbe(true);
        } else {
            timers.stopRetransmission();
        }
    }

    /** An acknowledgement came while nothing is on its way: the peer lives, and its window may have opened ({@code tcp_ack_probe}). */
    void probeAnswered() {
        probes = 0;
        if (block.inFlight() == 0 && output.hasWaiting()) {
            if (block.sndWnd > 0) {
                timers.progress();
                timers.stopRetransmission();
            } else {
                start();
            }
        }
    }

    /** An error says that the way is broken, not full: waiting longer and longer would not help. */
    void unreachable(int sequence) {
        if (sequence == block.sndUna && output.outstanding() > 0 && timers.revert()) {
            long remaining = timers.timeout() - output.sinceFirstSent();
            if (remaining > 0) {
                timers.startRetransmission(remaining, this::timedOut);
            } else {
                timedOut();
            }
        }
    }

    // ---- the loss probe ----

    /** The tail is sent once more before anything counts as lost ({@code tcp_schedule_loss_probe}); {@code fromNow}: after an ACK. */
    void scheduleLossProbe(boolean fromNow) {
        boolean recovering = block.sndNxt != block.sndMax || timers.expiries() > 0;
        if (!block.sack || recovering || output.outstanding() == 0) {
            if (fromNow || !timers.isRetransmissionPending()) {
                start();
            }
            return;
        }
        long untilTimeout = timers.timeout() - (fromNow ? 0 : output.sinceFirstSent());
        timers.startRetransmission(Math.min(timers.lossProbeTimeout(output.outstanding() == 1), untilTimeout), this::probeLoss);
    }

    /** {@code tcp_send_loss_probe}. */
    private void probeLoss() {
        if (lossProbed) {
            timers.startRetransmission(timers.timeout() - output.sinceFirstSent(), this::timedOut);
            return;
        }
        if (!output.hasWaiting() || !output.sendWaiting(0)) {
            output.resendLast();
        }
        lossProbed = true;
        socket.namespace().counters().count(Counters.Counter.TCP_LOSS_PROBES);
        start();
    }

    // ---- time-outs ----

    private void timedOut() {
        int expiries = timers.expiries();
        switch (block.state) {
            case SYN_SENT ->
                    retry(expiries >= setting("tcp_syn_retries") + LINEAR_SYN_TIMEOUTS, expiries >= LINEAR_SYN_TIMEOUTS, output::resendSyn);
            case SYN_RECEIVED -> retry(expiries >= setting("tcp_synack_retries"), true, this::resendSynAckOrForget);
            case ESTABLISHED, FIN_WAIT_1, CLOSE_WAIT, CLOSING, LAST_ACK -> {
                if (block.inFlight() == 0) {
                    tryWaiting();
                } else {
                    retry(timers.isOver(retries()), true, this::resendFromStart);
                }
            }
            case CLOSED, LISTEN, FIN_WAIT_2, TIME_WAIT -> {}
        }
    }

    private int setting(String name) {
        return socket.namespace().sysctls().number("net.ipv4." + name);
    }

    /** How long to go on, as a number of retransmissions: not long where no program waits ({@code tcp_orphan_retries}). */
    private int retries() {
        if (!socket.isClosed()) {
            return setting("tcp_retries2");
        }
        return timers.isAtLongest() ? 0 : ORPHAN_RETRIES;
    }

    private void retry(boolean over, boolean doubles, Runnable send) {
        if (over) {
            giveUp();
            return;
        }
        if (block.state != TcpState.SYN_RECEIVED) {
            count(timers.expiries());
        }
        timers.expired(doubles);
        start();
        send.run();
    }

    private void count(int before) {
        Counters counters = socket.namespace().counters();
        counters.count(Counters.Counter.TCP_TIMEOUTS);
        counters.count(Counters.Counter.TCP_TIMEOUT_REHASHED);
        if (before > 0) {
            counters.count(Counters.Counter.TCP_LOST_RETRANSMITS);
        }
    }

    private void giveUp() {
        Errno why = output.softError();
        socket.finish(why != null ? why : Errno.ETIMEDOUT);
    }

    /** What its own machine does not let out ends the request ({@code reqsk_timer_handler}). */
    private void resendSynAckOrForget() {
        if (!output.resendSyn()) {
            socket.finish();
        }
    }

    private void resendFromStart() {
        lossProbed = false;
        output.resendFromStart();
    }

    // ---- what waits ----

    /** Whether what waits is tried now and then, because the window is closed or this machine lets nothing out. */
    boolean isProbing() {
        return block.state.isSynchronized() && block.inFlight() == 0 && output.hasWaiting();
    }

    /** Probes without an answer. */
    int probes() {
        return probes;
    }

    /** Nothing is on its way, but something waits ({@code tcp_probe_timer}, {@code tcp_send_probe0}). */
    private void tryWaiting() {
        if (!output.hasWaiting()) {
            return;
        }
        if (probes >= retries()) {
            giveUp();
            return;
        }
        if (block.sndWnd == 0) {
            output.probeClosedWindow();
        } else if (output.sendWaiting(TcpSegment.PSH)) {
            probes = 0;
            timers.progress();
            start();
            return;
        }
        probes++;
        timers.probed();
        start();
    }
}
