package dev.vethlab.engine.packet;

/** A UDP datagram (RFC 768). */
public record UdpDatagram(int sourcePort, int destinationPort, Bytes data) implements Transport {
    public static final int HEADER_LENGTH = 8;

    @Override
    public int protocol() {
        return IpProtocol.UDP;
    }

    @Override
    public int length() {
        return HEADER_LENGTH + data.length();
    }
}
