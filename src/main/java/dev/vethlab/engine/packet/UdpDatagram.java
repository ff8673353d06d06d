package dev.vethlab.engine.packet;

/**
 * A UDP datagram (RFC 768).
 *
 * @param offloaded whether its checksum is left to the device that sends it ({@code CHECKSUM_PARTIAL})
 */
public record UdpDatagram(int sourcePort, int destinationPort, Bytes data, boolean offloaded) implements Transport {
    public static final int HEADER_LENGTH = 8;

    /** With a checksum of its own. */
    public UdpDatagram(int sourcePort, int destinationPort, Bytes data) {
        this(sourcePort, destinationPort, data, false);
    }

    public UdpDatagram withPorts(int source, int destination) {
        return new UdpDatagram(source, destination, data, offloaded);
    }

    @Override
    public UdpDatagram withOffload(boolean now) {
        return now == offloaded ? this : new UdpDatagram(sourcePort, destinationPort, data, now);
    }

    @Override
    public int protocol() {
        return IpProtocol.UDP;
    }

    @Override
    public int length() {
        return HEADER_LENGTH + data.length();
    }
}
