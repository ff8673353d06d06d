package dev.vethlab.engine.packet;

/**
 * The TCP options that Linux sends, in its order: MSS, SACK permitted and timestamps, window scale (RFC 9293 §3.2, RFC 7323, RFC 2018).
 *
 * @param mss maximum segment size, or {@link #NONE}
 * @param windowScale shift, or {@link #NONE}
 * @param timestamps whether the two below are there
 */
public record TcpOptions(int mss, int windowScale, boolean sackPermitted, boolean timestamps, int timestamp, int timestampEcho) {
    public static final int NONE = -1;
    public static final TcpOptions EMPTY = new TcpOptions(NONE, NONE, false, false, 0, 0);

    /** Length in bytes, padded with no-operations to a multiple of four, as Linux lays them out. */
    public int length() {
        int length = mss == NONE ? 0 : 4;
        if (timestamps) {
            length += 12;
        } else if (sackPermitted) {
            length += 4;
        }
        return length + (windowScale == NONE ? 0 : 4);
    }

    public TcpOptions withMss(int newMss) {
        return new TcpOptions(newMss, windowScale, sackPermitted, timestamps, timestamp, timestampEcho);
    }
}
