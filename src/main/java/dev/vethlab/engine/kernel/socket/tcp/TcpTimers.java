package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.sim.Event;
import dev.vethlab.engine.sim.Simulation;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one connection and the estimate of its round-trip time (RFC 6298 with Linux's constants, {@code tcp_timer.c}). All
 * times in nanoseconds. An idle connection has none running.
 */
final class TcpTimers {
    private static final long MILLISECOND = 1_000_000L;
    /** The kernel's clock tick, 250 a second: the unit of its time-outs. */
    private static final long JIFFY = 4 * MILLISECOND;
    private static final long INITIAL_RTO = 1_000 * MILLISECOND;
    private static final long MIN_RTO = 200 * MILLISECOND;
    private static final long MAX_RTO = 120_000 * MILLISECOND;
    /** So many doublings of {@link #MIN_RTO} reach {@link #MAX_RTO}, rounded down. */
    private static final int DOUBLINGS = 9;
    /** {@code TCP_DELACK_MIN}. */
    private static final long DELAYED_ACK = 40 * MILLISECOND;
    /** {@code TCP_TIMEWAIT_LEN}. */
    static final long TIME_WAIT = 60_000 * MILLISECOND;

    private final Simulation simulation;
    private @Nullable Event retransmission;
    private @Nullable Event delayedAck;
    private @Nullable Event end;
    private long smoothed;
    private long variance;
    private long rto = INITIAL_RTO;
    private int expiries;
    private int doublings;
    private long retransmittingSince;

    TcpTimers(Simulation simulation) {
        this.simulation = simulation;
    }

    // ---- round-trip time ----

    /** A round trip was timed. */
    void measured(long roundTrip) {
        if (smoothed == 0) {
            smoothed = roundTrip;
            variance = roundTrip / 2;
        } else {
            variance += (Math.abs(roundTrip - smoothed) - variance) / 4;
            smoothed += (roundTrip - smoothed) / 8;
        }
        rto = (smoothed + Math.max(4 * variance, MIN_RTO) + JIFFY - 1) / JIFFY * JIFFY;
    }

    long roundTripTime() {
        return smoothed;
    }

    // ---- retransmission ----

    /** How often it has expired since something was acknowledged ({@code icsk_retransmits}). */
    int expiries() {
        return expiries;
    }

    /** It has expired; each time but a SYN's first few doubles the next. */
    void expired(boolean doubles) {
        if (expiries++ == 0) {
            retransmittingSince = simulation.now();
        }
        if (doubles) {
            doublings++;
        }
    }

    /** Something new was acknowledged. */
    void progress() {
        expiries = 0;
        doublings = 0;
    }

    /** A probe, which is no retransmission, was not answered. */
    void probed() {
        doublings++;
    }

    /** Takes one doubling back; false if there is none ({@code tcp_ld_RTO_revert}, RFC 6069). */
    boolean revert() {
        if (expiries == 0 || doublings == 0) {
            return false;
        }
        doublings--;
        return true;
    }

    /** The next time-out ({@code icsk_rto}). */
    long timeout() {
        return Math.min(MAX_RTO, rto << Math.min(doublings, DOUBLINGS + 1));
    }

    /** Whether the time-outs have become as long as they can be. */
    boolean isAtLongest() {
        return timeout() == MAX_RTO;
    }

    /**
     * Whether retransmissions have gone on for as long as {@code retries} of them would take, each after double the time of the one before
     * ({@code retransmits_timed_out}): those that an ICMP error hastened do not count more.
     */
    boolean isOver(int retries) {
        long allowed = ((2L << Math.min(retries, DOUBLINGS)) - 1) * MIN_RTO + Math.max(0, retries - DOUBLINGS) * MAX_RTO;
        return expiries > 0 && simulation.now() - retransmittingSince >= allowed;
    }

    /** When to send what was sent last once more, before anything counts as lost ({@code tcp_schedule_loss_probe}). */
    long lossProbeTimeout(boolean onlyOne) {
        return smoothed == 0 ? INITIAL_RTO : 2 * smoothed + (onlyOne ? MIN_RTO : 2 * JIFFY);
    }

    void startRetransmission(long delay, Runnable action) {
        stopRetransmission();
        long now = simulation.now();
        retransmission = simulation.schedule(onWheel(now, delay) - now, action);
    }

    /**
     * When the kernel's timer wheel runs what is due after {@code delay}: never early, and the later the coarser ({@code calc_wheel_index}
     * in {@code kernel/time/timer.c}).
     */
    private static long onWheel(long now, long delay) {
        long ticks = (Math.max(delay, 1) + JIFFY - 1) / JIFFY;
        int shift = 0;
        while (ticks >= 63L << shift) {
            shift += 3;
        }
        return ((now / JIFFY + ticks >> shift) + 1 << shift) * JIFFY;
    }

    boolean isRetransmissionPending() {
        return retransmission != null && retransmission.isPending();
    }

    /** Nanoseconds until it expires, for {@code ss -o}. */
    long retransmissionIn() {
        return retransmission == null ? 0 : retransmission.time() - simulation.now();
    }

    void stopRetransmission() {
        if (retransmission != null) {
            retransmission.cancel();
        }
    }

    // ---- delayed acknowledgement ----

    void startDelayedAck(Runnable action) {
        if (!isAckDelayed()) {
            delayedAck = simulation.schedule(DELAYED_ACK, action);
        }
    }

    boolean isAckDelayed() {
        return delayedAck != null && delayedAck.isPending();
    }

    void stopDelayedAck() {
        if (delayedAck != null) {
            delayedAck.cancel();
        }
    }

    // ---- the end ----

    /** TIME_WAIT, or how long FIN_WAIT_2 may last without a program. */
    void startEnd(long delay, Runnable action) {
        if (end != null) {
            end.cancel();
        }
        end = simulation.schedule(delay, action);
    }

    boolean isEnding() {
        return end != null && end.isPending();
    }

    long endIn() {
        return end == null ? 0 : end.time() - simulation.now();
    }

    void stopAll() {
        stopRetransmission();
        stopDelayedAck();
        if (end != null) {
            end.cancel();
        }
    }
}
