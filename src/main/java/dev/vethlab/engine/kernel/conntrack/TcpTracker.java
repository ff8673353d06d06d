package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.packet.TcpSegment;

/**
 * The state of a TCP connection as somebody in the middle sees it ({@code net/netfilter/nf_conntrack_proto_tcp.c}).
 *
 * <p>The table's rows are what a segment is (SYN, SYN+ACK, FIN, ACK, RST, none), its columns the state before.
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

    private final boolean[] closeBegan = new boolean[2];
    private State state = State.NONE;
    private int lastKind = -1;
    private int lastDirection;

    public State state() {
        return state;
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

    /** Whether a connection can begin with this segment ({@code tcp_new}; {@code nf_conntrack_tcp_loose} is on). */
    static boolean canBegin(TcpSegment segment) {
        return NEXT[0][kind(segment)][0] < INVALID;
    }

    /** Takes a segment in ({@code nf_conntrack_tcp_packet}); {@code reply}: it goes the second way. */
    Result packet(TcpSegment segment, boolean reply, ConntrackEntry entry) {
        int direction = reply ? 1 : 0;
        int kind = kind(segment);
        State old = state;
        int next = NEXT[direction][kind][old.ordinal()];
        boolean reopens = next == SS && old.ordinal() >= TW;
        if (reopens && (closeBegan[1 - direction] || (lastDirection == direction && lastKind == RST))) {
            return Result.RESTART;
        }
        if (reopens || next == IGNORE) {
            remember(kind, direction);
            return Result.ACCEPT;
        }
        if (next == INVALID) {
            return Result.INVALID;
        }
        remember(kind, direction);
        state = STATES[next];
        if (state != old) {
            entry.setChanged();
        }
        if (old != state && state == State.FIN_WAIT) {
            closeBegan[direction] = true;
        }
        if (!entry.hasSeenReply()) {
            if (kind == RST && reply) {
                return Result.REFUSED;
            }
        } else if (!entry.isAssured() && (old == State.SYN_RECV || old == State.ESTABLISHED) && state == State.ESTABLISHED) {
            entry.setAssured();
        }
        return Result.ACCEPT;
    }

    private void remember(int kind, int direction) {
        lastKind = kind;
        lastDirection = direction;
    }
}
