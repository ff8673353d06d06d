package dev.vethlab.workshop.check;

import dev.vethlab.engine.packet.ArpPacket;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.OpaquePayload;
import dev.vethlab.engine.packet.Payload;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.UdpDatagram;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;

/** A packet's headers in the words that lessons use; what it does not have is an empty text. */
final class PacketFacts {
    private PacketFacts() {}

    static String protocol(Payload payload) {
        return switch (payload) {
            case ArpPacket arp -> "arp";
            case Ipv4Packet ip -> IpProtocol.name(ip.protocol());
            case OpaquePayload opaque -> "";
        };
    }

    /** An address; of ARP, who asks or answers. */
    static String source(Payload payload) {
        return switch (payload) {
            case ArpPacket arp -> Ipv4.text(arp.senderIp());
            case Ipv4Packet ip -> Ipv4.text(ip.source());
            case OpaquePayload opaque -> "";
        };
    }

    /** An address; of ARP, whom it is about. */
    static String destination(Payload payload) {
        return switch (payload) {
            case ArpPacket arp -> Ipv4.text(arp.targetIp());
            case Ipv4Packet ip -> Ipv4.text(ip.destination());
            case OpaquePayload opaque -> "";
        };
    }

    static String sourcePort(Payload payload) {
        return port(payload, true);
    }

    static String destinationPort(Payload payload) {
        return port(payload, false);
    }

    private static String port(Payload payload, boolean source) {
        if (!(payload instanceof Ipv4Packet ip)) {
            return "";
        }
        return switch (ip.transport()) {
            case TcpSegment tcp -> Integer.toString(source ? tcp.sourcePort() : tcp.destinationPort());
            case UdpDatagram udp -> Integer.toString(source ? udp.sourcePort() : udp.destinationPort());
            default -> "";
        };
    }

    /** {@code SYN}, {@code SYN-ACK}, {@code PSH-ACK} … */
    static String flags(Payload payload) {
        if (!(payload instanceof Ipv4Packet ip && ip.transport() instanceof TcpSegment tcp)) {
            return "";
        }
        List<String> flags = new ArrayList<>(2);
        String[] names = {"SYN", "FIN", "RST", "PSH", "ACK", "URG"};
        int[] bits = {TcpSegment.SYN, TcpSegment.FIN, TcpSegment.RST, TcpSegment.PSH, TcpSegment.ACK, TcpSegment.URG};
        for (int i = 0; i < bits.length; i++) {
            if (tcp.has(bits[i])) {
                flags.add(names[i]);
            }
        }
        return String.join("-", flags);
    }

    /** {@code echo-request}, {@code port-unreachable} …, {@code request} and {@code reply} of ARP. */
    static String kind(Payload payload) {
        return switch (payload) {
            case ArpPacket arp -> arp.operation() == ArpPacket.REQUEST ? "request" : "reply";
            case Ipv4Packet ip -> ip.transport() instanceof IcmpMessage icmp ? kind(icmp) : "";
            case OpaquePayload opaque -> "";
        };
    }

    private static String kind(IcmpMessage icmp) {
        return switch (icmp.type()) {
            case IcmpMessage.ECHO_REQUEST -> "echo-request";
            case IcmpMessage.ECHO_REPLY -> "echo-reply";
            case IcmpMessage.TIME_EXCEEDED -> "time-exceeded";
            case IcmpMessage.REDIRECT -> "redirect";
            case IcmpMessage.DESTINATION_UNREACHABLE -> switch (icmp.code()) {
                case IcmpMessage.NET_UNREACHABLE -> "net-unreachable";
                case IcmpMessage.HOST_UNREACHABLE -> "host-unreachable";
                case IcmpMessage.PORT_UNREACHABLE -> "port-unreachable";
                case IcmpMessage.FRAGMENTATION_NEEDED -> "fragmentation-needed";
                default -> "prohibited";
            };
            default -> "other";
        };
    }

    /** Whether it carries bytes of the application. */
    static boolean hasData(Payload payload) {
        return payload instanceof Ipv4Packet ip
                && (ip.transport() instanceof TcpSegment tcp && tcp.data().length() > 0
                        || ip.transport() instanceof UdpDatagram udp && udp.data().length() > 0);
    }

    static String outcome(TraceEvent event) {
        return switch (event.outcome()) {
            case Outcome.Continues continues -> "continues";
            case Outcome.Delivered delivered -> "delivered";
            case Outcome.Held held -> "held";
            case Outcome.Dropped dropped -> "dropped";
        };
    }

    static String reason(TraceEvent event) {
        return event.outcome() instanceof Outcome.Dropped dropped ? dropped.reason().name() : "";
    }

    /** The rule or policy that decided, as {@code iptables -S} prints it. */
    static String rule(TraceEvent event) {
        return event.decision() instanceof Decision.RuleWalk walk ? walk.text() : "";
    }

    /** The chain of the rule that decided. */
    static String chain(TraceEvent event) {
        if (!(event.decision() instanceof Decision.RuleWalk walk)) {
            return "";
        }
        var hit = walk.hit();
        return hit == null ? walk.chain() : hit.chain();
    }

    /** What connection tracking made of it. */
    static String state(TraceEvent event) {
        return event.decision() instanceof Decision.Tracked tracked ? tracked.state() : "";
    }

    /** The route chosen. */
    static String route(TraceEvent event) {
        return event.decision() instanceof Decision.RouteChosen route ? route.text() : "";
    }

    /** What a bridge made of a frame: to the one port of its FDB, {@code known}; to itself, {@code up}; {@code flooded}. */
    static String switched(TraceEvent event) {
        return switch (event.decision()) {
            case Decision.FdbHit hit -> hit.port().equals(event.place().device()) ? "up" : "known";
            case Decision.Flooded flooded -> "flooded";
            case Decision.None none -> "";
            case Decision.RuleWalk walk -> "";
            case Decision.RouteChosen route -> "";
            case Decision.NeighbourUsed neighbour -> "";
            case Decision.Tracked tracked -> "";
            case Decision.SocketFound socket -> "";
            case Decision.Sysctl sysctl -> "";
            case Decision.Because because -> "";
        };
    }

    /** The container or named namespace, else the machine. */
    static String place(TraceEvent event) {
        return event.place().namespace().isEmpty() ? event.place().machine() : event.place().namespace();
    }
}
