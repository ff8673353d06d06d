package dev.vethlab.engine.packet;

import java.util.List;

/**
 * A DNS message (RFC 1035 §4) with at most one question, as everybody sends it.
 *
 * @param id 16 bits
 * @param flags the header's second word: QR, opcode, AA, TC, RD, RA, AD, CD, rcode
 * @param question the name asked for, without the final dot; empty for the root
 * @param udpSize the EDNS buffer size (RFC 6891), or 0 if there is no OPT record
 * @param options the data of the OPT record, empty if none
 */
public record DnsMessage(
        int id,
        int flags,
        String question,
        int type,
        int dnsClass,
        List<DnsRecord> answers,
        List<DnsRecord> authority,
        List<DnsRecord> additional,
        int udpSize,
        Bytes options) {
    public static final int PORT = 53;
    public static final int RESPONSE = 0x8000;
    public static final int AUTHORITATIVE = 0x0400;
    public static final int TRUNCATED = 0x0200;
    public static final int RECURSION_DESIRED = 0x0100;
    public static final int RECURSION_AVAILABLE = 0x0080;
    public static final int AUTHENTIC_DATA = 0x0020;
    public static final int CHECKING_DISABLED = 0x0010;

    public static final int NOERROR = 0;
    public static final int FORMERR = 1;
    public static final int SERVFAIL = 2;
    public static final int NXDOMAIN = 3;
    public static final int NOTIMP = 4;
    public static final int REFUSED = 5;

    private static final String[] RCODES = {"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"};

    public DnsMessage {
        answers = List.copyOf(answers);
        authority = List.copyOf(authority);
        additional = List.copyOf(additional);
    }

    /** A recursive question. */
    public static DnsMessage query(int id, String name, int type) {
        return new DnsMessage(id, RECURSION_DESIRED, name, type, 1, List.of(), List.of(), List.of(), 0, Bytes.EMPTY);
    }

    /** The answer of a recursive server to this question. */
    public DnsMessage answer(int rcode, List<DnsRecord> records) {
        int response = RESPONSE | flags & (RECURSION_DESIRED | CHECKING_DISABLED) | RECURSION_AVAILABLE | rcode;
        return new DnsMessage(id, response, question, type, dnsClass, records, List.of(), List.of(), udpSize == 0 ? 0 : 1232, Bytes.EMPTY);
    }

    public DnsMessage withFlags(int newFlags) {
        return new DnsMessage(id, newFlags, question, type, dnsClass, answers, authority, additional, udpSize, options);
    }

    public DnsMessage withId(int newId) {
        return new DnsMessage(newId, flags, question, type, dnsClass, answers, authority, additional, udpSize, options);
    }

    /** With an OPT record that allows answers of this size; 0 takes it away. */
    public DnsMessage withUdpSize(int size) {
        return new DnsMessage(id, flags, question, type, dnsClass, answers, authority, additional, size, options);
    }

    /** With options in its OPT record; without one it stays as it is. */
    public DnsMessage withOptions(Bytes newOptions) {
        return udpSize == 0
                ? this
                : new DnsMessage(id, flags, question, type, dnsClass, answers, authority, additional, udpSize, newOptions);
    }

    public boolean isResponse() {
        return (flags & RESPONSE) != 0;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    public int rcode() {
        return flags & 15;
    }

    public int opcode() {
        return flags >>> 11 & 15;
    }

    /** {@code NXDOMAIN}. */
    public String rcodeName() {
        return rcode() < RCODES.length ? RCODES[rcode()] : "RESERVED" + rcode();
    }

    /** The name under which an address is looked up in reverse: {@code 1.2.0.192.in-addr.arpa}. */
    public static String reverseName(int address) {
        return (address & 255) + "." + (address >>> 8 & 255) + "." + (address >>> 16 & 255) + "." + (address >>> 24) + ".in-addr.arpa";
    }
}
