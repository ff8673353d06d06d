package dev.vethlab.engine.packet;

/** Bytes to headers; what is not well-formed stays opaque. */
public final class WireParser {
    private WireParser() {}

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
        return new IcmpMessage(b.get(0), b.get(1), get32(b, 4), new IcmpMessage.Data(b.slice(IcmpMessage.HEADER_LENGTH)));
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
        int at = 0;
        while (at < b.length() && b.get(at) != 0) {
            if (b.get(at) == 1) {
                at++;
                continue;
            }
            if (at + 1 >= b.length() || b.get(at + 1) < 2 || at + b.get(at + 1) > b.length()) {
                break;
            }
            switch (b.get(at)) {
                case 2 -> mss = get16(b, at + 2);
                case 3 -> windowScale = b.get(at + 2);
                case 4 -> sack = true;
                case 8 -> {
                    timestamps = true;
                    timestamp = get32(b, at + 2);
                    echo = get32(b, at + 6);
                }
                default -> {}
            }
            at += b.get(at + 1);
        }
        return new TcpOptions(mss, windowScale, sack, timestamps, timestamp, echo);
    }

    private static int get16(Bytes b, int at) {
        return b.get(at) << 8 | b.get(at + 1);
    }

    private static int get32(Bytes b, int at) {
        return get16(b, at) << 16 | get16(b, at + 2);
    }
}
