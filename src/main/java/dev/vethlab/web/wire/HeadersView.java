package dev.vethlab.web.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vethlab.engine.packet.ArpPacket;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.OpaquePayload;
import dev.vethlab.engine.packet.OpaqueTransport;
import dev.vethlab.engine.packet.Payload;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.UdpDatagram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A packet's headers; each layer is null where the packet has none. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeadersView(
        int length,
        @Nullable Eth eth,
        @Nullable Arp arp,
        @Nullable Ip ip,
        @Nullable Tcp tcp,
        @Nullable Udp udp,
        @Nullable Icmp icmp,
        @Nullable Integer payload,
        @Nullable String note) {

    /** Ethernet. */
    public record Eth(String src, String dst, int type) {}

    /** ARP. */
    public record Arp(String op, String senderMac, String senderIp, String targetMac, String targetIp) {}

    /** IPv4; {@code fragment} is the offset in bytes, of a fragment only. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ip(String src, String dst, String proto, int ttl, int id, boolean df, @Nullable Integer fragment, int length) {}

    /** TCP. */
    public record Tcp(int src, int dst, List<String> flags, long seq, long ack, int window) {}

    /** UDP. */
    public record Udp(int src, int dst) {}

    /** ICMP; {@code id} and {@code sequence} of an echo only. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Icmp(int type, int code, String text, @Nullable Integer id, @Nullable Integer sequence) {}

    static HeadersView of(@Nullable EthernetFrame frame, Payload payload) {
        int length = frame == null ? payload.length() : frame.length();
        Eth eth = frame == null ? null : new Eth(Mac.text(frame.source()), Mac.text(frame.destination()), payload.etherType());
        return switch (payload) {
            case ArpPacket arp -> new HeadersView(length, eth, arp(arp), null, null, null, null, null, null);
            case OpaquePayload opaque -> new HeadersView(length, eth, null, null, null, null, null, opaque.length(), null);
            case Ipv4Packet ip -> ip(length, eth, ip);
        };
    }

    private static HeadersView ip(int length, @Nullable Eth eth, Ipv4Packet packet) {
        Ip ip = new Ip(
                Ipv4.text(packet.source()),
                Ipv4.text(packet.destination()),
                IpProtocol.name(packet.protocol()),
                packet.ttl(),
                packet.id(),
                packet.dontFragment(),
                packet.isFragment() ? packet.fragmentOffset() : null,
                packet.length());
        return switch (packet.transport()) {
            case TcpSegment tcp -> new HeadersView(
                    length, eth, null, ip, tcp(tcp), null, null, tcp.data().length(), PayloadNote.of(tcp.data()));
            case UdpDatagram udp -> new HeadersView(
                    length,
                    eth,
                    null,
                    ip,
                    null,
                    new Udp(udp.sourcePort(), udp.destinationPort()),
                    null,
                    udp.data().length(),
                    PayloadNote.of(udp));
            case IcmpMessage icmp -> new HeadersView(length, eth, null, ip, null, null, icmp(icmp), icmp.body().length(), null);
            case OpaqueTransport opaque -> new HeadersView(length, eth, null, ip, null, null, null, opaque.length(), null);
        };
    }

    private static Arp arp(ArpPacket arp) {
        return new Arp(
                arp.operation() == ArpPacket.REQUEST ? "request" : "reply",
                Mac.text(arp.senderMac()),
                Ipv4.text(arp.senderIp()),
                Mac.text(arp.targetMac()),
                Ipv4.text(arp.targetIp()));
    }

    private static Tcp tcp(TcpSegment tcp) {
        return new Tcp(
                tcp.sourcePort(),
                tcp.destinationPort(),
                flags(tcp),
                Integer.toUnsignedLong(tcp.sequence()),
                Integer.toUnsignedLong(tcp.acknowledgement()),
                tcp.window());
    }

    private static List<String> flags(TcpSegment tcp) {
        List<String> flags = new ArrayList<>(2);
        addIf(flags, tcp.has(TcpSegment.SYN), "SYN");
        addIf(flags, tcp.has(TcpSegment.FIN), "FIN");
        addIf(flags, tcp.has(TcpSegment.RST), "RST");
        addIf(flags, tcp.has(TcpSegment.PSH), "PSH");
        addIf(flags, tcp.has(TcpSegment.ACK), "ACK");
        addIf(flags, tcp.has(TcpSegment.URG), "URG");
        return flags;
    }

    private static void addIf(List<String> flags, boolean set, String name) {
        if (set) {
            flags.add(name);
        }
    }

    private static Icmp icmp(IcmpMessage icmp) {
        return new Icmp(
                icmp.type(),
                icmp.code(),
                PayloadNote.of(icmp),
                icmp.isEcho() ? icmp.identifier() : null,
                icmp.isEcho() ? icmp.sequence() : null);
    }
}
