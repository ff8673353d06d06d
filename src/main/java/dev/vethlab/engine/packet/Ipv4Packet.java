package dev.vethlab.engine.packet;

/**
 * An IPv4 packet (RFC 791); its checksum is always right and made when bytes are asked for.
 *
 * @param id identification, 16 bits
 * @param fragmentOffset in bytes, a multiple of 8
 */
public record Ipv4Packet(
        int source,
        int destination,
        int protocol,
        int ttl,
        int tos,
        int id,
        boolean dontFragment,
        boolean moreFragments,
        int fragmentOffset,
        Ipv4Options options,
        Transport transport)
        implements Payload {
    public static final int ETHER_TYPE = 0x0800;
    /** Of a header without options. */
    public static final int HEADER_LENGTH = 20;
    public static final int DEFAULT_TTL = 64;
    public static final int MAX_LENGTH = 65535;

    /** Without options. */
    public Ipv4Packet(int source, int destination, int protocol, int ttl, int tos, int id, boolean dontFragment, boolean moreFragments,
            int fragmentOffset, Transport transport) {
        this(source, destination, protocol, ttl, tos, id, dontFragment, moreFragments, fragmentOffset, Ipv4Options.NONE, transport);
    }

    /** A packet as a socket sends it: TTL 64, nothing fragmented. */
    public static Ipv4Packet of(int source, int destination, int id, boolean dontFragment, Transport transport) {
        return new Ipv4Packet(source, destination, transport.protocol(), DEFAULT_TTL, 0, id, dontFragment, false, 0, transport);
    }

    @Override
    public int etherType() {
        return ETHER_TYPE;
    }

    /** Total length: header and all. */
    @Override
    public int length() {
        return headerLength() + transport.length();
    }

    public int headerLength() {
        return HEADER_LENGTH + options.length();
    }

    public boolean isFragment() {
        return moreFragments || fragmentOffset > 0;
    }

    /** What it carries; a fragment's bytes are read as a header of its protocol, which those of the first fragment are. */
    public Transport beginning() {
        return transport instanceof OpaqueTransport part && isFragment() ? WireParser.transport(protocol, part.bytes()) : transport;
    }

    public Ipv4Packet withTtl(int newTtl) {
        return newTtl == ttl ? this : new Ipv4Packet(
                source, destination, protocol, newTtl, tos, id, dontFragment, moreFragments, fragmentOffset, options, transport);
    }

    public Ipv4Packet withTos(int newTos) {
        return newTos == tos ? this : new Ipv4Packet(
                source, destination, protocol, ttl, newTos, id, dontFragment, moreFragments, fragmentOffset, options, transport);
    }

    public Ipv4Packet withTransport(Transport newTransport) {
        return new Ipv4Packet(
                source, destination, protocol, ttl, tos, id, dontFragment, moreFragments, fragmentOffset, options, newTransport);
    }

    /** The same with the checksum that was left to a device ({@code skb_checksum_help}). */
    public Ipv4Packet withChecksum() {
        Transport whole = transport.withOffload(false);
        return whole == transport ? this : withTransport(whole);
    }

    public Ipv4Packet withSource(int newSource, Transport newTransport) {
        return new Ipv4Packet(
                newSource, destination, protocol, ttl, tos, id, dontFragment, moreFragments, fragmentOffset, options, newTransport);
    }

    public Ipv4Packet withDestination(int newDestination, Transport newTransport) {
        return new Ipv4Packet(
                source, newDestination, protocol, ttl, tos, id, dontFragment, moreFragments, fragmentOffset, options, newTransport);
    }

    public Ipv4Packet withOptions(Ipv4Options newOptions) {
        return newOptions == options ? this : new Ipv4Packet(source, destination, protocol, ttl, tos, id, dontFragment, moreFragments,
                fragmentOffset, newOptions, transport);
    }
}
