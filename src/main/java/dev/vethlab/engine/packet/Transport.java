package dev.vethlab.engine.packet;

/** What an IPv4 packet carries. */
public sealed interface Transport permits TcpSegment, UdpDatagram, IcmpMessage, OpaqueTransport {
    /** The protocol field: 1 ICMP, 6 TCP, 17 UDP. */
    int protocol();

    /** Length in bytes, header and data. */
    int length();

    /** The same with its checksum left to a device, or with one of its own; what is never left to a device stays as it is. */
    default Transport withOffload(boolean offloaded) {
        return this;
    }
}
