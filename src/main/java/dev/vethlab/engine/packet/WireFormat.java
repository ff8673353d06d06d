package dev.vethlab.engine.packet;

/**
 * Headers to bytes, with valid checksums unless they are left to a device. The reverse, needed only for reassembled fragments and what a
 * tunnel carried, is {@link WireParser}.
 */
public final class WireFormat {
    private WireFormat() {}

    public static byte[] encode(EthernetFrame frame) {
        byte[] out = new byte[frame.length()];
        putMac(out, 0, frame.destination());
        putMac(out, 6, frame.source());
        int at = 12;
        for (VlanTag tag = frame.tag(); tag != null; tag = tag.inner()) {
            put16(out, at, tag.protocol());
            put16(out, at + 2, tag.priority() << 13 | tag.id());
            at += VlanTag.LENGTH;
        }
        put16(out, at, frame.payload().etherType());
        switch (frame.payload()) {
            case ArpPacket arp -> encodeArp(arp, out, at + 2);
            case Ipv4Packet ip -> encodeIpv4(ip, out, at + 2);
            case OpaquePayload opaque -> opaque.bytes().copyTo(out, at + 2);
        }
        return out;
    }

    public static byte[] encode(Ipv4Packet packet) {
        byte[] out = new byte[packet.length()];
        encodeIpv4(packet, out, 0);
        return out;
    }

    /** The bytes of what a packet carries; its checksum covers the packet's addresses. */
    public static byte[] encodeTransport(Ipv4Packet packet) {
        byte[] out = new byte[packet.transport().length()];
        encodeTransport(packet, out, 0);
        return out;
    }

    private static void encodeArp(ArpPacket arp, byte[] out, int at) {
        put16(out, at, 1);
        put16(out, at + 2, Ipv4Packet.ETHER_TYPE);
        out[at + 4] = 6;
        out[at + 5] = 4;
        put16(out, at + 6, arp.operation());
        putMac(out, at + 8, arp.senderMac());
        put32(out, at + 14, arp.senderIp());
        putMac(out, at + 18, arp.targetMac());
        put32(out, at + 24, arp.targetIp());
    }

    private static void encodeIpv4(Ipv4Packet ip, byte[] out, int at) {
        out[at] = (byte) (0x40 | ip.headerLength() / 4);
        out[at + 1] = (byte) ip.tos();
        put16(out, at + 2, ip.length());
        put16(out, at + 4, ip.id());
        put16(out, at + 6, (ip.dontFragment() ? 0x4000 : 0) | (ip.moreFragments() ? 0x2000 : 0) | ip.fragmentOffset() / 8);
        out[at + 8] = (byte) ip.ttl();
        out[at + 9] = (byte) ip.protocol();
        put32(out, at + 12, ip.source());
        put32(out, at + 16, ip.destination());
        ip.options().bytes().copyTo(out, at + Ipv4Packet.HEADER_LENGTH);
        put16(out, at + 10, checksum(out, at, ip.headerLength(), 0));
        encodeTransport(ip, out, at + ip.headerLength());
    }

    private static void encodeTransport(Ipv4Packet ip, byte[] out, int at) {
        switch (ip.transport()) {
            case TcpSegment tcp -> {
                encodeTcp(tcp, out, at);
                put16(out, at + 16, tcp.offloaded() ? begunChecksum(ip) : checksum(out, at, tcp.length(), pseudoHeader(ip)));
            }
            case UdpDatagram udp -> {
                put16(out, at, udp.sourcePort());
                put16(out, at + 2, udp.destinationPort());
                put16(out, at + 4, udp.length());
                udp.data().copyTo(out, at + 8);
                int sum = udp.offloaded() ? begunChecksum(ip) : checksum(out, at, udp.length(), pseudoHeader(ip));
                put16(out, at + 6, sum == 0 ? 0xFFFF : sum);
            }
            case IcmpMessage icmp -> {
                out[at] = (byte) icmp.type();
                out[at + 1] = (byte) icmp.code();
                put32(out, at + 4, icmp.rest());
                switch (icmp.body()) {
                    case IcmpMessage.Data data -> data.bytes().copyTo(out, at + 8);
                    case IcmpMessage.Quote quote ->
                            System.arraycopy(encode(quote.packet()), 0, out, at + 8, quote.length());
                }
                put16(out, at + 2, checksum(out, at, icmp.length(), 0));
            }
            case OpaqueTransport opaque -> opaque.bytes().copyTo(out, at);
        }
    }

    private static void encodeTcp(TcpSegment tcp, byte[] out, int at) {
        put16(out, at, tcp.sourcePort());
        put16(out, at + 2, tcp.destinationPort());
        put32(out, at + 4, tcp.sequence());
        put32(out, at + 8, tcp.acknowledgement());
        TcpOptions options = tcp.options();
        out[at + 12] = (byte) ((TcpSegment.HEADER_LENGTH + options.length()) / 4 << 4);
        out[at + 13] = (byte) tcp.flags();
        put16(out, at + 14, tcp.window());
        int next = at + TcpSegment.HEADER_LENGTH;
        if (options.mss() != TcpOptions.NONE) {
            put32(out, next, 2 << 24 | 4 << 16 | options.mss());
            next += 4;
        }
        if (options.timestamps()) {
            put32(out, next, (options.sackPermitted() ? 4 << 24 | 2 << 16 : 1 << 24 | 1 << 16) | 8 << 8 | 10);
            put32(out, next + 4, options.timestamp());
            put32(out, next + 8, options.timestampEcho());
            next += 12;
        } else if (options.sackPermitted()) {
            put32(out, next, 1 << 24 | 1 << 16 | 4 << 8 | 2);
            next += 4;
        }
        if (options.windowScale() != TcpOptions.NONE) {
            put32(out, next, 1 << 24 | 3 << 16 | 3 << 8 | options.windowScale());
            next += 4;
        }
        if (!options.sacks().isEmpty()) {
            put32(out, next, 1 << 24 | 1 << 16 | 5 << 8 | 2 + 8 * options.sacks().size());
            next += 4;
            for (SackBlock block : options.sacks()) {
                put32(out, next, block.left());
                put32(out, next + 4, block.right());
                next += 8;
            }
        }
        tcp.data().copyTo(out, next);
    }

    private static int pseudoHeader(Ipv4Packet ip) {
        return (ip.source() >>> 16) + (ip.source() & 0xFFFF) + (ip.destination() >>> 16) + (ip.destination() & 0xFFFF)
                + ip.protocol() + ip.transport().length();
    }

    /** What the kernel leaves in the checksum's place for a device to go on from: the sum of the pseudo-header ({@code tcp_v4_check}). */
    private static int begunChecksum(Ipv4Packet ip) {
        return ~checksum(new byte[0], 0, 0, pseudoHeader(ip)) & 0xFFFF;
    }

    /** The Internet checksum (RFC 1071) of a range, starting from {@code sum}. */
    static int checksum(byte[] bytes, int at, int length, int sum) {
        long total = sum;
        for (int i = 0; i + 1 < length; i += 2) {
            total += (bytes[at + i] & 0xFF) << 8 | bytes[at + i + 1] & 0xFF;
        }
        if ((length & 1) != 0) {
            total += (bytes[at + length - 1] & 0xFF) << 8;
        }
        while (total >>> 16 != 0) {
            total = (total & 0xFFFF) + (total >>> 16);
        }
        return (int) ~total & 0xFFFF;
    }

    private static void putMac(byte[] out, int at, long mac) {
        put16(out, at, (int) (mac >>> 32));
        put32(out, at + 2, (int) mac);
    }

    private static void put16(byte[] out, int at, int value) {
        out[at] = (byte) (value >>> 8);
        out[at + 1] = (byte) value;
    }

    static void put32(byte[] out, int at, int value) {
        put16(out, at, value >>> 16);
        put16(out, at + 2, value);
    }
}
