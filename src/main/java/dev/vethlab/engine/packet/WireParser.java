package dev.vethlab.engine.packet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes to headers; what is not well-formed stays opaque. */
public final class WireParser {
    /** Bytes of a block of a selective acknowledgement (RFC 2018 §3). */
    private static final int SACK_BLOCK = 8;

    private WireParser() {}

    /** The frame that {@code bytes} are; null if there are too few of them. */
    public static @Nullable EthernetFrame frame(Bytes bytes) {
        int at = 12;
        var tags = new ArrayDeque<VlanTag>(0);
        while (bytes.length() >= at + 6 && (get16(bytes, at) == VlanTag.CUSTOMER || get16(bytes, at) == VlanTag.SERVICE)) {
            int control = get16(bytes, at + 2);
            tags.push(new VlanTag(get16(bytes, at), control & 0xFFF, control >>> 13, null));
            at += VlanTag.LENGTH;
        }
        if (bytes.length() < at + 2) {
            return null;
        }
        VlanTag tag = null;
        for (VlanTag outer : tags) {
            tag = new VlanTag(outer.protocol(), outer.id(), outer.priority(), tag);
        }
        return new EthernetFrame(mac(bytes, 0), mac(bytes, 6), tag, payload(get16(bytes, at), bytes.slice(at + 2)));
    }

    private static Payload payload(int etherType, Bytes bytes) {
        Payload parsed =
                switch (etherType) {
                    case ArpPacket.ETHER_TYPE -> bytes.length() < 28 ? null
                            : new ArpPacket(get16(bytes, 6), mac(bytes, 8), get32(bytes, 14), mac(bytes, 18), get32(bytes, 24));
                    case Ipv4Packet.ETHER_TYPE -> ipv4(bytes);
                    default -> null;
                };
        return parsed != null ? parsed : new OpaquePayload(etherType, bytes);
    }

    /** A packet; what is missing at its end, as in a quotation, is zeros. Null if it is none. */
    private static @Nullable Ipv4Packet ipv4(Bytes b) {
        if (b.length() < Ipv4Packet.HEADER_LENGTH || b.get(0) >>> 4 != 4) {
            return null;
        }
        int header = (b.get(0) & 15) * 4;
        int length = get16(b, 2);
        if (header < Ipv4Packet.HEADER_LENGTH || length < header || b.length() < header) {
            return null;
        }
        Bytes data = b.slice(header, Math.min(length, b.length()));
        Bytes whole = b.length() >= length ? data : data.concat(Bytes.of(new byte[length - b.length()]));
        int flags = get16(b, 6);
        boolean fragment = (flags & 0x3FFF) != 0;
        Transport transport = fragment ? new OpaqueTransport(b.get(9), whole) : transport(b.get(9), whole);
        return new Ipv4Packet(get32(b, 12), get32(b, 16), b.get(9), b.get(8), b.get(1), get16(b, 4), (flags & 0x4000) != 0,
                (flags & 0x2000) != 0, (flags & 0x1FFF) * 8, new Ipv4Options(b.slice(Ipv4Packet.HEADER_LENGTH, header)), transport);
    }

    private static long mac(Bytes b, int at) {
        return (long) get16(b, at) << 32 | get32(b, at + 2) & 0xFFFF_FFFFL;
    }

    /** What {@code bytes} mean as the payload of an IPv4 packet of this protocol. */
    public static Transport transport(int protocol, Bytes bytes) {
        Transport parsed =
                switch (protocol) {
                    case IpProtocol.UDP -> bytes.length() < UdpDatagram.HEADER_LENGTH ? null : udp(bytes);
                    case IpProtocol.TCP -> bytes.length() < TcpSegment.HEADER_LENGTH ? null : tcp(bytes);
                    case IpProtocol.ICMP -> bytes.length() < IcmpMessage.HEADER_LENGTH ? null : icmp(bytes);
                    default -> null;
                };
        return parsed != null && parsed.length() == bytes.length() ? parsed : new OpaqueTransport(protocol, bytes);
    }

    private static Transport udp(Bytes b) {
        return new UdpDatagram(get16(b, 0), get16(b, 2), b.slice(UdpDatagram.HEADER_LENGTH));
    }

    private static Transport icmp(Bytes b) {
        Bytes body = b.slice(IcmpMessage.HEADER_LENGTH);
        Ipv4Packet quoted = switch (b.get(0)) {
            case IcmpMessage.DESTINATION_UNREACHABLE, IcmpMessage.REDIRECT, IcmpMessage.TIME_EXCEEDED, IcmpMessage.PARAMETER_PROBLEM ->
                    ipv4(body);
            default -> null;
        };
        return new IcmpMessage(b.get(0), b.get(1), get32(b, 4),
                quoted == null ? new IcmpMessage.Data(body) : new IcmpMessage.Quote(quoted, body.length()));
    }

    private static Transport tcp(Bytes b) {
        int headerLength = (b.get(12) >>> 4) * 4;
        if (headerLength < TcpSegment.HEADER_LENGTH || headerLength > b.length()) {
            return new OpaqueTransport(IpProtocol.TCP, b);
        }
        TcpOptions options = options(b.slice(TcpSegment.HEADER_LENGTH, headerLength));
        return new TcpSegment(
                get16(b, 0), get16(b, 2), get32(b, 4), get32(b, 8), b.get(13), get16(b, 14), options, b.slice(headerLength));
    }

    private static TcpOptions options(Bytes b) {
        int mss = TcpOptions.NONE;
        int windowScale = TcpOptions.NONE;
        boolean sack = false;
        boolean timestamps = false;
        int timestamp = 0;
        int echo = 0;
        List<SackBlock> blocks = List.of();
        int at = 0;
        while (at < b.length() && b.get(at) != 0) {
            if (b.get(at) == 1) {
                at++;
                continue;
            }
            if (at + 1 >= b.length() || b.get(at + 1) < 2 || at + b.get(at + 1) > b.length()) {
                break;
            }
            // of another length than its own an option means nothing (tcp_parse_options)
            int length = b.get(at + 1);
            switch (b.get(at)) {
                case 2 -> mss = length == 4 ? get16(b, at + 2) : mss;
                case 3 -> windowScale = length == 3 ? b.get(at + 2) : windowScale;
                case 4 -> sack |= length == 2;
                case 5 -> blocks = length % SACK_BLOCK == 2 ? sackBlocks(b.slice(at + 2, at + length)) : blocks;
                case 8 -> {
                    if (length == 10) {
                        timestamps = true;
                        timestamp = get32(b, at + 2);
                        echo = get32(b, at + 6);
                    }
                }
                default -> {}
            }
            at += length;
        }
        return new TcpOptions(mss, windowScale, sack, timestamps, timestamp, echo, blocks);
    }

    private static List<SackBlock> sackBlocks(Bytes b) {
        var blocks = new ArrayList<SackBlock>();
        for (int at = 0; at < b.length(); at += SACK_BLOCK) {
            blocks.add(new SackBlock(get32(b, at), get32(b, at + 4)));
        }
        return List.copyOf(blocks);
    }

    private static int get16(Bytes b, int at) {
        return b.get(at) << 8 | b.get(at + 1);
    }

    public static int get32(Bytes b, int at) {
        return get16(b, at) << 16 | get16(b, at + 2);
    }
}
