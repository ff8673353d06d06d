package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.packet.SackBlock;
import dev.vethlab.engine.packet.Sequence;
import dev.vethlab.engine.packet.TcpOptions;
import dev.vethlab.engine.packet.TcpSegment;

/**
 * What somebody in the middle knows of one side's sequence numbers ({@code struct ip_ct_tcp_state}), and whether a segment can be one of a
 * connection whose receiver has seen no more than passed here ({@code tcp_in_window}).
 *
 * <p>A segment fits if (I) it begins within what the receiver has room for, (II) it ends not before what the receiver may still ask to be
 * sent again, (III) it acknowledges nothing that was not seen, and (IV) its acknowledgement is not older than a window. The names are those
 * of Guido van Rooij, "Real Stateful TCP Packet Filtering in IP Filter". What is acknowledged selectively counts for all of
 * these ({@code tcp_sack}).
 */
final class TcpWindow {
    /** {@code MAXACKWINCONST}. */
    private static final int MAX_ACK_WINDOW = 66_000;

    private static final int MAX_SCALE = 14;

    /** Whether a segment fits. */
    enum Fit {
        IN_WINDOW,
        /** It may belong to the connection, but nothing is learned from it. */
        IGNORED,
        OUT_OF_WINDOW
    }

    /** Behind the highest number that it sent. */
    int end;
    /** Behind the highest number that it may send: acknowledgement and window of the other side. */
    int maxEnd;
    /** The largest window that it offered; 0 before its first segment. */
    int maxWindow;
    /** The highest acknowledgement that it sent. */
    int maxAck;
    boolean hasAcknowledged;
    int scale;
    boolean scales;
    /** It takes selective acknowledgements. */
    private boolean takesSacks;
    /** Its close began the connection's end. */
    boolean closeBegan;
    /** It was met in the middle of a connection: its scale is not known, so that nothing of it is out of window. */
    boolean liberal;
    /** It has sent what the other side has not acknowledged. */
    boolean unacknowledged;

    /** The first segment of a connection ({@code tcp_new}); {@code other} is its receiver. */
    static void begin(TcpWindow own, TcpWindow other, TcpSegment segment) {
        own.end = segment.sequence() + segment.sequenceLength();
        own.maxWindow = Math.max(segment.window(), 1);
        own.maxEnd = own.end;
        if (segment.has(TcpSegment.SYN)) {
            own.learn(segment.options());
        } else {
            own.maxEnd += own.maxWindow;
            own.liberal = true;
            other.liberal = true;
        }
    }

    /** {@code tcp_options}. */
    private void learn(TcpOptions options) {
        if (options.length() == 0) {
            return;
        }
        forgetFlags();
        takesSacks = options.sackPermitted();
        scales = options.windowScale() != TcpOptions.NONE;
        scale = scales ? Math.min(options.windowScale(), MAX_SCALE) : 0;
    }

    private void forgetFlags() {
        takesSacks = false;
        closeBegan = false;
        unacknowledged = false;
        hasAcknowledged = false;
    }

    /** Nothing is known any more ({@code nf_ct_tcp_state_reset}). */
    void reset() {
        forgetFlags();
        end = 0;
        maxEnd = 0;
        maxWindow = 0;
        maxAck = 0;
        scale = 0;
        scales = false;
    }

    /** The other side has answered a SYN that was thought not to belong here: it had these numbers. */
    void resume(int synEnd, int window, int synScale, boolean synScales) {
        forgetFlags();
        liberal = false;
        end = synEnd;
        maxEnd = synEnd;
        maxWindow = Math.max(window, 1);
        scale = synScale;
        scales = synScales;
    }

    /** {@code tcp_init_sender}. */
    private void initialise(TcpWindow receiver, TcpSegment segment, boolean reply) {
        end = segment.sequence() + segment.sequenceLength();
        maxEnd = end;
        maxWindow = Math.max(segment.window(), 1);
        learn(segment.options());
        if (reply && !(scales && receiver.scales)) {
            // RFC 7323 §2.2: both or none
            scale = 0;
            receiver.scale = 0;
        }
    }

    /**
     * Takes in a segment that this side sends if it fits.
     *
     * @param opening the connection is still being made: SYN_SENT or SYN_RECV
     * @param synSent it has only been asked for
     * @param beLiberal {@code nf_conntrack_tcp_be_liberal}
     */
    Fit send(TcpSegment segment, TcpWindow receiver, boolean reply, boolean opening, boolean synSent, boolean beLiberal) {
        boolean syn = segment.has(TcpSegment.SYN);
        boolean acknowledges = segment.has(TcpSegment.ACK);
        int segmentEnd = segment.sequence() + segment.sequenceLength();
        int ack = segment.acknowledgement();
        if (maxWindow == 0 && !syn) {
            meet(segment, segmentEnd, receiver);
        } else if (syn && (maxWindow == 0 || (opening && Sequence.after(segmentEnd, end)))) {
            boolean first = maxWindow == 0;
            initialise(receiver, segment, reply);
            if (!acknowledges && (first || reply)) {
                // both call at the same time
                return Fit.IN_WINDOW;
            }
        }
        boolean reset = segment.has(TcpSegment.RST);
        if (!acknowledges || (reset && ack == 0)) {
            ack = receiver.end;
        }
        int sequence = segment.sequence();
        if (reset && sequence == 0 && synSent) {
            // it answers a SYN
            sequence = end;
            segmentEnd = end;
        }
        int sack = receiver.takesSacks && acknowledges ? highest(ack, segment.options()) : ack;
        Fit fit = fit(sequence, segmentEnd, sack, receiver);
        if (fit != Fit.IN_WINDOW) {
            return liberal || beLiberal ? Fit.IN_WINDOW : fit;
        }
        update(segment, segmentEnd, ack, sack, receiver);
        return Fit.IN_WINDOW;
    }

    private static int highest(int ack, TcpOptions options) {
        int highest = ack;
        for (SackBlock block : options.sacks()) {
            highest = Sequence.max(highest, block.right());
        }
        return highest;
    }

    /** A side that is in the middle of a connection: its segment is taken as it is. */
    private void meet(TcpSegment segment, int segmentEnd, TcpWindow receiver) {
        end = segmentEnd;
        maxWindow = Math.max(segment.window() << scale, 1);
        maxEnd = end + maxWindow;
        if (receiver.maxWindow == 0) {
            receiver.end = segment.acknowledgement();
            receiver.maxEnd = receiver.end;
        } else if (segment.acknowledgement() == receiver.end + 1) {
            // it answers a keepalive
            receiver.end++;
        }
    }

    private Fit fit(int sequence, int segmentEnd, int ack, TcpWindow receiver) {
        boolean ackIsSeen = !Sequence.after(ack, receiver.end);
        boolean ackIsRecent = Sequence.after(ack, receiver.end - Math.max(maxWindow, MAX_ACK_WINDOW) - 1);
        boolean endsInWindow = Sequence.after(segmentEnd, end - receiver.maxWindow - 1);
        if (Sequence.after(sequence, maxEnd)) {
            boolean overshootsLittle = Integer.compareUnsigned(segmentEnd - maxEnd + 1, receiver.maxWindow) <= 0;
            if (receiver.maxWindow != 0 && endsInWindow && ackIsRecent && overshootsLittle && ackIsSeen) {
                // more than the window allows: should the other side acknowledge it, that is not to be a surprise
                end = segmentEnd;
                unacknowledged = true;
                return Fit.IGNORED;
            }
            return Fit.OUT_OF_WINDOW;
        }
        if (!ackIsSeen) {
            return Fit.OUT_OF_WINDOW;
        }
        return (receiver.maxWindow == 0 || endsInWindow) && ackIsRecent ? Fit.IN_WINDOW : Fit.IGNORED;
    }

    private void update(TcpSegment segment, int segmentEnd, int ack, int sack, TcpWindow receiver) {
        int window = segment.has(TcpSegment.SYN) ? segment.window() : segment.window() << scale;
        maxWindow = Math.max(maxWindow, window);
        if (Sequence.after(segmentEnd, end)) {
            end = segmentEnd;
            unacknowledged = true;
        }
        if (segment.has(TcpSegment.ACK) && (!hasAcknowledged || Sequence.after(ack, maxAck))) {
            maxAck = ack;
            hasAcknowledged = true;
        }
        if (receiver.maxWindow != 0 && Sequence.after(segmentEnd, maxEnd)) {
            receiver.maxWindow += segmentEnd - maxEnd;
        }
        if (Sequence.after(sack + window, receiver.maxEnd - 1)) {
            receiver.maxEnd = sack + Math.max(window, 1);
        }
        if (ack == receiver.end) {
            receiver.unacknowledged = false;
        }
    }
}
