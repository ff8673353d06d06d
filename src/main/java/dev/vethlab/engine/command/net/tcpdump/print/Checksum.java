package dev.vethlab.engine.command.net.tcpdump.print;

/** Verifies Internet checksums (RFC 1071). */
final class Checksum {
    private Checksum() {}

    /** 0 if the checksum within is right. */
    static int of(Octets bytes, int start) {
        long sum = (start & 0xFFFF_FFFFL) + sum(bytes);
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (int) ~sum & 0xFFFF;
    }

    /** The 16-bit words added up. */
    static int sum(Octets bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length(); i++) {
            sum += i % 2 == 0 ? bytes.u8(i) << 8 : bytes.u8(i);
        }
        return sum;
    }

    /** Of a transport, with the pseudo-header of its IPv4 packet. */
    static int ofTransport(Octets ip, Octets body, int length, int protocol) {
        int pseudo = ip.u16(12) + ip.u16(14) + ip.u16(16) + ip.u16(18) + protocol + length;
        return of(body.first(length), pseudo);
    }

    /** What would be right instead of {@code found}, when verifying gave {@code sum}. */
    static int expected(int found, int sum) {
        int right = found + sum;
        return (right & 0xFFFF) + (right >>> 16);
    }

}
