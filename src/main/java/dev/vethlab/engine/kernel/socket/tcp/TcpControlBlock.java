package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.packet.TcpOptions;

/** The transmission control block (RFC 9293 §3.3.1), named as there; windows in bytes, already scaled. */
final class TcpControlBlock {
    /** What Linux offers for a receive buffer that may grow to 32 MiB ({@code tcp_select_initial_window}). */
    static final int WINDOW_SCALE = 10;

    static final int INITIAL_CONGESTION_WINDOW = 10;
    private static final int DEFAULT_MSS = 536;

    TcpState state = TcpState.CLOSED;

    // ---- sending ----
    int iss;
    int sndUna;
    int sndNxt;
    /** The highest sequence number ever sent, plus one: {@link #sndNxt} goes back to resend, this does not. */
    int sndMax;
    int sndWnd;
    int sndWl1;
    int sndWl2;
    /** Shift of the windows that the peer announces. */
    int sndScale;
    /** The peer's MSS option. */
    int peerMss = DEFAULT_MSS;
    /** Segments that may be in flight (RFC 5681), and the threshold between slow start and avoidance. */
    int congestionWindow = INITIAL_CONGESTION_WINDOW;
    int slowStartThreshold = Integer.MAX_VALUE;
    int ackedSinceGrowth;
    int duplicateAcks;
    /** Segments sent again, in all ({@code total_retrans}). */
    long retransmissions;
    /** The program will send no more: a FIN follows the last byte. */
    boolean finQueued;

    // ---- receiving ----
    int irs;
    int rcvNxt;
    /** The window that may be announced: that of this side's SYN, and more as data comes ({@code rcv_ssthresh}). */
    int windowLimit;
    /** The right edge of the window that was last announced. */
    int rcvEdge;
    /** {@code rcvNxt} when the last acknowledgement left. */
    int acked;
    /** Shift of the windows announced from here; 0 unless both sides have offered it. */
    int rcvScale;
    boolean finReceived;

    // ---- options that both agreed on ----
    boolean timestamps;
    boolean sack;
    int tsRecent;
    int tsOffset;

    /** The window for a SYN, never scaled: as many whole segments as there is room for ({@code tcp_select_initial_window}). */
    static int initialWindow(int mss) {
        int room = ReceiveQueue.CAPACITY;
        return room > mss ? room - room % mss : room;
    }

    /** A sequence number above all others in flight. */
    int inFlight() {
        return sndNxt - sndUna;
    }

    /** The options of this side's SYN; {@code answered} is the peer's, or null for the first. */
    void agree(TcpOptions peer, boolean scalingHere, boolean timestampsHere, boolean sackHere) {
        if (peer.mss() != TcpOptions.NONE) {
            peerMss = Math.max(peer.mss(), 48);
        }
        if (peer.windowScale() != TcpOptions.NONE && scalingHere) {
            sndScale = Math.min(peer.windowScale(), 14);
            rcvScale = WINDOW_SCALE;
        }
        timestamps = peer.timestamps() && timestampsHere;
        sack = peer.sackPermitted() && sackHere;
        if (timestamps) {
            tsRecent = peer.timestamp();
        }
    }
}
