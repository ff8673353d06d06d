package dev.vethlab.engine.packet;

import java.util.List;

/**
 * The TCP options that Linux sends, in its order: MSS, SACK permitted and timestamps, window scale, SACK (RFC 9293 §3.2, RFC 7323, RFC
 * 2018).
 *
 * @param mss maximum segment size, or {@link #NONE}
 * @param windowScale shift, or {@link #NONE}
 * @param timestamps whether the two below are there
 * @param sacks at most 4, with timestamps 3
 */
public record TcpOptions(
        int mss, int windowScale, boolean sackPermitted, boolean timestamps, int timestamp, int timestampEcho, List<SackBlock> sacks) {
    public static final int NONE = -1;
    public static final TcpOptions EMPTY = new TcpOptions(NONE, NONE, false, false, 0, 0);

    /** Without selective acknowledgements. */
    public TcpOptions(int mss, int windowScale, boolean sackPermitted, boolean timestamps, int timestamp, int timestampEcho) {
        this(mss, windowScale, sackPermitted, timestamps, timestamp, timestampEcho, List.of());
    }

    /** Length in bytes, padded with no-operations to a multiple of four, as Linux lays them out. */
    public int length() {
        int length = mss == NONE ? 0 : 4;
        if (timestamps) {
            length += 12;
        } else if (sackPermitted) {
            length += 4;
        }
        return length + (windowScale == NONE ? 0 : 4) + (sacks.isEmpty() ? 0 : 4 + 8 * sacks.size());
    }

    public TcpOptions withMss(int newMss) {
        return new TcpOptions(newMss, windowScale, sackPermitted, timestamps, timestamp, timestampEcho, sacks);
    }
}
