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
    /** One second, and what the kernel's timer wheel adds at that distance. */
    private static final long INITIAL_RTO = 1_008 * MILLISECOND;
    private static final long MIN_VARIANCE = 200 * MILLISECOND;
    private static final long MAX_RTO = 120_000 * MILLISECOND;
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
    private int reverted;

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
        rto = smoothed + Math.max(4 * variance, MIN_VARIANCE);
    }

    long roundTripTime() {
        return smoothed;
    }

    // ---- retransmission ----

    /** How often it has expired since something was acknowledged. */
    int expiries() {
        return expiries;
    }

    void expired() {
        expiries++;
    }

    /** Something new was acknowledged. */
    void progress() {
        expiries = 0;
        reverted = 0;
    }

    /** Takes one doubling back; false if there is none ({@code tcp_ld_RTO_revert}, RFC 6069). */
    boolean revert() {
        if (reverted >= expiries) {
            return false;
        }
        reverted++;
        return true;
    }

    /** The next time-out: doubled with each expiry beyond the first {@code linear}. */
    long backedOff(int linear) {
        return Math.min(MAX_RTO, rto << Math.min(Math.max(expiries - reverted - linear, 0), 10));
    }

    void startRetransmission(long delay, Runnable action) {
        stopRetransmission();
        retransmission = simulation.schedule(delay, action);
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
