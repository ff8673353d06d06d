package dev.vethlab.engine.packet;

/** What an Ethernet frame carries. */
public sealed interface Payload permits ArpPacket, Ipv4Packet, OpaquePayload {
    /** The type field: 0x0806 for ARP, 0x0800 for IPv4. */
    int etherType();

    /** Length in bytes. */
    int length();
}
