package dev.vethlab.engine.packet;

/**
 * A TCP segment (RFC 9293).
 *
 * @param sequence 32 bits, unsigned
 * @param acknowledgement 32 bits, unsigned; without meaning unless ACK is set
 * @param flags the sum of {@link #FIN}, {@link #SYN} …
 * @param window as on the wire: not yet scaled
 * @param offloaded whether its checksum is left to the device that sends it ({@code CHECKSUM_PARTIAL})
 */
public record TcpSegment(
        int sourcePort,
        int destinationPort,
        int sequence,
        int acknowledgement,
        int flags,
        int window,
        TcpOptions options,
        Bytes data,
        boolean offloaded)
        implements Transport {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int PSH = 8;
    public static final int ACK = 16;
    public static final int URG = 32;
    public static final int ECE = 64;
    public static final int CWR = 128;
    public static final int HEADER_LENGTH = 20;

    /** With a checksum of its own. */
    public TcpSegment(
            int sourcePort,
            int destinationPort,
            int sequence,
            int acknowledgement,
            int flags,
            int window,
            TcpOptions options,
            Bytes data) {
        this(sourcePort, destinationPort, sequence, acknowledgement, flags, window, options, data, false);
    }

    @Override
    public TcpSegment withOffload(boolean now) {
        return now == offloaded ? this : new TcpSegment(
                sourcePort, destinationPort, sequence, acknowledgement, flags, window, options, data, now);
    }

    @Override
    public int protocol() {
        return IpProtocol.TCP;
    }

    @Override
    public int length() {
        return HEADER_LENGTH + options.length() + data.length();
    }

    /** Whether all of {@code wanted} are set. */
    public boolean has(int wanted) {
        return (flags & wanted) == wanted;
    }

    /** What it takes of the sequence space: its data, and one each for SYN and FIN. */
    public int sequenceLength() {
        return data.length() + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
    }

    public TcpSegment withPorts(int source, int destination) {
        return new TcpSegment(source, destination, sequence, acknowledgement, flags, window, options, data, offloaded);
    }

    public TcpSegment withOptions(TcpOptions newOptions) {
        return new TcpSegment(
                sourcePort, destinationPort, sequence, acknowledgement, flags, window, newOptions, data, offloaded);
    }

    /** The RST that answers this segment where it belongs to no connection (RFC 9293 §3.5.2). */
    public TcpSegment reset() {
        boolean acknowledges = has(ACK);
        return new TcpSegment(
                destinationPort,
                sourcePort,
                acknowledges ? acknowledgement : 0,
                acknowledges ? 0 : sequence + sequenceLength(),
                acknowledges ? RST : RST | ACK,
                0,
                TcpOptions.EMPTY,
                Bytes.EMPTY);
    }
}
