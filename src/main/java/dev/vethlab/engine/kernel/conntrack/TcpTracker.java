package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.packet.Sequence;
import dev.vethlab.engine.packet.TcpOptions;
import dev.vethlab.engine.packet.TcpSegment;

/**
 * The state of a TCP connection as somebody in the middle sees it ({@code net/netfilter/nf_conntrack_proto_tcp.c}).
 *
 * <p>The table's rows are what a segment is (SYN, SYN+ACK, FIN, ACK, RST, none), its columns the state before. Only what fits into the
 * window, {@link TcpWindow}, changes the state.
 */
public final class TcpTracker {
    /** {@code enum tcp_conntrack}. */
    public enum State {
        NONE,
        SYN_SENT,
        SYN_RECV,
        ESTABLISHED,
        FIN_WAIT,
        CLOSE_WAIT,
        LAST_ACK,
        TIME_WAIT,
        CLOSE,
        SYN_SENT2
    }

    /** What to do with a segment. */
    enum Result {
        /** It belongs to the connection. */
        ACCEPT,
        /** It may belong to the connection, which does not change by it. */
        IGNORE,
        /** It does not fit: the packet has no connection. */
        INVALID,
        /** A new connection begins with it; this entry is over. */
        RESTART,
        /** The connection was refused: this entry ends. */
        REFUSED
    }

    private static final int SYN = 0;
    private static final int SYN_ACK = 1;
    private static final int FIN = 2;
    private static final int ACK = 3;
    private static final int RST = 4;
    private static final int OTHER = 5;

    private static final int INVALID = 10;
    private static final int IGNORE = 11;

    private static final int SS = 1;
    private static final int SR = 2;
    private static final int ES = 3;
    private static final int FW = 4;
    private static final int CW = 5;
    private static final int LA = 6;
    private static final int TW = 7;
    private static final int CL = 8;
    private static final int S2 = 9;
    private static final int IV = INVALID;
    private static final int IG = IGNORE;

    private static final int[][][] NEXT = {
        {
            {SS, SS, IG, IG, IG, IG, IG, SS, SS, S2},
            {IV, IV, SR, IV, IV, IV, IV, IV, IV, SR},
            {IV, IV, FW, FW, LA, LA, LA, TW, CL, IV},
            {ES, IV, ES, ES, CW, CW, TW, TW, CL, IV},
            {IV, CL, CL, CL, CL, CL, CL, CL, CL, CL},
            {IV, IV, IV, IV, IV, IV, IV, IV, IV, IV},
        },
        {
            {IV, S2, IV, IV, IV, IV, IV, SS, IV, S2},
            {IV, SR, IG, IG, IG, IG, IG, IG, IG, SR},
            {IV, IV, FW, FW, LA, LA, LA, TW, CL, IV},
            {IV, IG, SR, ES, CW, CW, TW, TW, CL, IG},
            {IV, CL, CL, CL, CL, CL, CL, CL, CL, CL},
            {IV, IV, IV, IV, IV, IV, IV, IV, IV, IV},
        },
    };

    private static final State[] STATES = State.values();

    /** Remaining seconds from which on a connection that is out of step is shortened. */
    private static final int SHORT = 120;

    private final TcpWindow[] windows = {new TcpWindow(), new TcpWindow()};
    private State state = State.NONE;
    private int timeout;
    // the segment that came last
    private int lastKind = OTHER;
    private int lastDirection;
    private int lastSequence;
    private int lastAcknowledgement;
    private int lastEnd;
    private int lastWindow;
    private int retransmissions;
    // the SYN that was ignored
    private int lastScale;
    private boolean lastScales;
    private boolean challengeExpected;
    private boolean calledTogether;

    public State state() {
        return state;
    }

    /** How long it may now last, in seconds. */
    int timeout() {
        return timeout;
    }

    /** A program says what state it is in. */
    void set(State changed) {
        state = changed;
    }

    private static int kind(TcpSegment segment) {
        if (segment.has(TcpSegment.RST)) {
            return RST;
        }
        if (segment.has(TcpSegment.SYN)) {
            return segment.has(TcpSegment.ACK) ? SYN_ACK : SYN;
        }
        return segment.has(TcpSegment.FIN) ? FIN : segment.has(TcpSegment.ACK) ? ACK : OTHER;
    }

    /** A reset was sent on its behalf. */
    void close(ConntrackSettings settings) {
        state = State.CLOSE;
        timeout = settings.tcp(State.CLOSE);
    }

    /** {@code tcp_valid_flags}; PSH, ECE and CWR go with all. */
    private static boolean isValid(int flags) {
        return switch (flags & (TcpSegment.FIN | TcpSegment.SYN | TcpSegment.RST | TcpSegment.ACK | TcpSegment.URG)) {
            case TcpSegment.SYN, TcpSegment.SYN | TcpSegment.URG, TcpSegment.SYN | TcpSegment.ACK, TcpSegment.RST,
                    TcpSegment.RST | TcpSegment.ACK, TcpSegment.FIN | TcpSegment.ACK, TcpSegment.FIN | TcpSegment.ACK | TcpSegment.URG,
                    TcpSegment.ACK, TcpSegment.ACK | TcpSegment.URG -> true;
            default -> false;
        };
    }

    /** Begins a connection ({@code tcp_new}); false if none can begin with this segment. */
    boolean begin(TcpSegment segment, ConntrackSettings settings) {
        int next = NEXT[0][kind(segment)][0];
        if (!isValid(segment.flags()) || next >= INVALID || (next != SS && !settings.tcpLoose)) {
            return false;
        }
        TcpWindow.begin(windows[0], windows[1], segment);
        return true;
    }

    /** Takes a segment in ({@code nf_conntrack_tcp_packet}); {@code reply}: it goes the second way. */
    Result packet(TcpSegment segment, boolean reply, ConntrackEntry entry, ConntrackSettings settings, long now) {
        if (!isValid(segment.flags())) {
            return Result.INVALID;
        }
        int direction = reply ? 1 : 0;
        int kind = kind(segment);
        State old = state;
        int next = NEXT[direction][kind][old.ordinal()];
        boolean reopens = next == SS && old.ordinal() >= TW;
        if (reopens && (windows[0].closeBegan || windows[1].closeBegan || (lastDirection == direction && lastKind == RST))) {
            return Result.RESTART;
        }
        if (reopens || next == IGNORE) {
            if (!answersIgnoredSyn(segment, kind, direction)) {
                ignore(segment, kind, direction);
                return Result.IGNORE;
            }
            old = State.SYN_SENT;
            next = SR;
        }
        if (next == INVALID) {
            return Result.INVALID;
        }
        if (next == TW && isChallenge(kind, direction, old)) {
            challengeExpected = false;
            return Result.IGNORE;
        }
        calledTogether |= next == S2;
        if (next == SR && reply && kind == ACK && calledTogether) {
            next = ES;
        }
        boolean fits = false;
        if (next == CL && kind == RST) {
            switch (judge(segment, direction, entry, settings)) {
                case OVER -> fits = true;
                case STALE -> {
                    return Result.INVALID;
                }
                case CHALLENGED -> next = old.ordinal();
                case PLAUSIBLE -> {}
            }
        }
        if (!fits) {
            boolean opening = state == State.SYN_SENT || state == State.SYN_RECV;
            switch (windows[direction].send(segment, windows[1 - direction], reply, opening, state == State.SYN_SENT,
                    settings.tcpLiberal)) {
                case IGNORED -> {
                    return Result.IGNORE;
                }
                case OUT_OF_WINDOW -> {
                    noteInvalid(kind, direction, entry, settings, now);
                    return Result.INVALID;
                }
                case IN_WINDOW -> countRetransmission(segment, kind, direction);
            }
        }
        return advance(kind, direction, old, STATES[next], entry, settings);
    }

    /** The segment belongs here, and this is the state after it. */
    private Result advance(int kind, int direction, State old, State next, ConntrackEntry entry, ConntrackSettings settings) {
        lastKind = kind;
        lastDirection = direction;
        state = next;
        if (old != next) {
            entry.setChanged();
            windows[direction].closeBegan |= next == State.FIN_WAIT;
        }
        timeout = timeout(kind, settings);
        if (!entry.hasSeenReply()) {
            if (kind == RST) {
                return Result.REFUSED;
            }
            if (kind == SYN && old == State.SYN_SENT) {
                // asked again: that does not keep it alive
                return Result.IGNORE;
            }
            if (next == State.ESTABLISHED) {
                timeout = Math.min(timeout, settings.tcpUnacknowledged);
            }
        } else if (!entry.isAssured() && (old == State.SYN_RECV || old == State.ESTABLISHED) && next == State.ESTABLISHED) {
            entry.setAssured();
        }
        return Result.ACCEPT;
    }

    private int timeout(int kind, ConntrackSettings settings) {
        int usual = settings.tcp(state);
        if (retransmissions >= settings.tcpMaxRetransmissions && usual > settings.tcpRetransmitting) {
            return settings.tcpRetransmitting;
        }
        if (kind == RST) {
            return settings.tcp(State.CLOSE);
        }
        if (windows[0].unacknowledged || windows[1].unacknowledged) {
            return Math.min(usual, settings.tcpUnacknowledged);
        }
        return lastWindow == 0 ? Math.min(usual, settings.tcpRetransmitting) : usual;
    }

    // ---- out of step ----

    /** A SYN+ACK for a SYN that was let through without being believed: both ends are in step, and now so is this. */
    private boolean answersIgnoredSyn(TcpSegment segment, int kind, int direction) {
        if (kind != SYN_ACK || lastKind != SYN || lastDirection == direction || segment.acknowledgement() != lastEnd) {
            return false;
        }
        challengeExpected = false;
        windows[lastDirection].resume(lastEnd, lastWindow, lastScale, lastScales);
        windows[direction].reset();
        return true;
    }

    private void ignore(TcpSegment segment, int kind, int direction) {
        lastKind = kind;
        lastDirection = direction;
        lastSequence = segment.sequence();
        lastEnd = segment.sequence() + segment.sequenceLength();
        lastWindow = segment.window();
        if (kind == SYN && direction == 0) {
            int scale = segment.options().windowScale();
            lastScales = scale != TcpOptions.NONE;
            lastScale = Math.max(scale, 0);
            challengeExpected = state == State.LAST_ACK;
        }
        if (state == State.SYN_SENT && kind == ACK && direction == 1) {
            lastAcknowledgement = segment.acknowledgement();
        }
    }

    /** An ACK that answers a stray SYN (RFC 5961 §4), not the last FIN. */
    private boolean isChallenge(int kind, int direction, State old) {
        return old == State.LAST_ACK && kind == ACK && lastDirection != direction && lastKind == SYN && challengeExpected;
    }

    /** What a reset is. */
    private enum Reset {
        /** It ends the connection, whatever its numbers. */
        OVER,
        /** It ends the connection if it is in the window. */
        PLAUSIBLE,
        /** It may be answered by a challenge (RFC 5961 §3): the connection goes on. */
        CHALLENGED,
        /** It is about data acknowledged long ago. */
        STALE
    }

    private Reset judge(TcpSegment segment, int direction, ConntrackEntry entry, ConntrackSettings settings) {
        switch (state) {
            case FIN_WAIT, CLOSE_WAIT, LAST_ACK, TIME_WAIT, CLOSE -> {
                return Reset.OVER;
            }
            case NONE, SYN_SENT, SYN_RECV, ESTABLISHED, SYN_SENT2 -> {}
        }
        TcpWindow receiver = windows[1 - direction];
        Reset reset = Reset.PLAUSIBLE;
        if (receiver.hasAcknowledged && lastKind != SYN) {
            int sequence = segment.sequence();
            boolean established = state == State.ESTABLISHED && entry.isAssured();
            if (sequence == 0 && !established) {
                return Reset.PLAUSIBLE;
            }
            if (Sequence.before(sequence, receiver.maxAck) && !settings.anyResetValid) {
                return Reset.STALE;
            }
            boolean ofTrain = lastKind == ACK && lastDirection == direction && sequence == lastEnd;
            if (!established || sequence == receiver.maxAck || ofTrain) {
                return Reset.PLAUSIBLE;
            }
            reset = Reset.CHALLENGED;
        }
        boolean ofIgnored = (entry.hasSeenReply() && lastKind == SYN) || (!entry.isAssured() && lastKind == ACK);
        boolean ofChallenge = state == State.SYN_SENT && lastKind == ACK && lastDirection == 1
                && segment.sequence() == lastAcknowledgement;
        return (ofIgnored && segment.acknowledgement() == lastEnd) || ofChallenge ? Reset.OVER : reset;
    }

    /** Ends out of the window, one after the other, mean that the two know better ({@code nf_tcp_handle_invalid}). */
    private void noteInvalid(int kind, int direction, ConntrackEntry entry, ConntrackSettings settings, long now) {
        if (!entry.isAssured() || (kind != RST && kind != FIN)) {
            return;
        }
        if (lastDirection == direction || (lastKind != FIN && lastKind != RST)) {
            lastKind = kind;
            lastDirection = direction;
        } else if (entry.secondsLeft(now) >= SHORT && entry.secondsLeft(now) > settings.tcpUnacknowledged) {
            entry.setTimeout(now, settings.tcpUnacknowledged);
        }
    }

    private void countRetransmission(TcpSegment segment, int kind, int direction) {
        if (kind != ACK) {
            return;
        }
        int end = segment.sequence() + segment.sequenceLength();
        boolean same = lastDirection == direction && lastSequence == segment.sequence()
                && lastAcknowledgement == segment.acknowledgement() && lastEnd == end && lastWindow == segment.window();
        retransmissions = same ? retransmissions + 1 : 0;
        lastDirection = direction;
        lastSequence = segment.sequence();
        lastAcknowledgement = segment.acknowledgement();
        lastEnd = end;
        lastWindow = segment.window();
    }
}
