package dev.vethlab.engine.packet;

/**
 * An ICMP message (RFC 792).
 *
 * @param rest the second word of the header: echo identifier and sequence, a redirect's gateway, or the next hop's MTU
 */
public record IcmpMessage(int type, int code, int rest, Body body) implements Transport {
    public static final int ECHO_REPLY = 0;
    public static final int DESTINATION_UNREACHABLE = 3;
    public static final int REDIRECT = 5;
    public static final int ECHO_REQUEST = 8;
    public static final int TIME_EXCEEDED = 11;
    public static final int PARAMETER_PROBLEM = 12;
    public static final int TIMESTAMP_REQUEST = 13;
    public static final int TIMESTAMP_REPLY = 14;
    public static final int ADDRESS_MASK_REQUEST = 17;
    public static final int ADDRESS_MASK_REPLY = 18;

    public static final int NET_UNREACHABLE = 0;
    public static final int HOST_UNREACHABLE = 1;
    public static final int PROTOCOL_UNREACHABLE = 2;
    public static final int PORT_UNREACHABLE = 3;
    public static final int FRAGMENTATION_NEEDED = 4;
    public static final int NET_PROHIBITED = 9;
    public static final int HOST_PROHIBITED = 10;
    public static final int ADMIN_PROHIBITED = 13;

    public static final int HEADER_LENGTH = 8;

    /** What follows the header. */
    public sealed interface Body {
        int length();
    }

    /** Data of an echo. */
    public record Data(Bytes bytes) implements Body {
        @Override
        public int length() {
            return bytes.length();
        }
    }

    /**
     * The beginning of the packet that an error is about.
     *
     * @param length how many of its bytes are quoted, header included
     */
    public record Quote(Ipv4Packet packet, int length) implements Body {}

    public static IcmpMessage echo(int type, int identifier, int sequence, Bytes data) {
        return new IcmpMessage(type, 0, identifier << 16 | sequence & 0xFFFF, new Data(data));
    }

    @Override
    public int protocol() {
        return IpProtocol.ICMP;
    }

    @Override
    public int length() {
        return HEADER_LENGTH + body.length();
    }

    /** Of an echo: which program's. */
    public int identifier() {
        return rest >>> 16;
    }

    /** Of an echo: which one. */
    public int sequence() {
        return rest & 0xFFFF;
    }

    /** Whether it reports about another packet, so that it must not be answered by an error (RFC 1122 §3.2.2). */
    public boolean isError() {
        return body instanceof Quote;
    }

    public boolean isEcho() {
        return type == ECHO_REQUEST || type == ECHO_REPLY;
    }

    public IcmpMessage withIdentifier(int identifier) {
        return new IcmpMessage(type, code, identifier << 16 | rest & 0xFFFF, body);
    }

    public IcmpMessage withQuote(Ipv4Packet packet) {
        return new IcmpMessage(type, code, rest, new Quote(packet, body.length()));
    }
}
