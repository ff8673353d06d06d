package dev.vethlab.engine.packet;

/** An ARP packet for IPv4 over Ethernet (RFC 826). */
public record ArpPacket(int operation, long senderMac, int senderIp, long targetMac, int targetIp) implements Payload {
    public static final int REQUEST = 1;
    public static final int REPLY = 2;
    public static final int ETHER_TYPE = 0x0806;

    @Override
    public int etherType() {
        return ETHER_TYPE;
    }

    @Override
    public int length() {
        return 28;
    }
}
