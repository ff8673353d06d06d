package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;

/** The kernel's own ICMP: errors it sends, echoes it answers, errors it hears ({@code net/ipv4/icmp.c}). */
public final class Icmp {
    /** An error is never longer than this, headers included (RFC 1812 §4.3.2.3). */
    private static final int MAX_ERROR = 576;

    private Icmp() {}

    /** Sends an error about {@code about} to its source, unless one must not be sent ({@code __icmp_send}, RFC 1122 §3.2.2). */
    public static void sendError(NetworkNamespace namespace, PacketBuffer about, int type, int code, int rest) {
        Ipv4Packet original = about.ip();
        RouteType destination = namespace.routing().addressType(original.destination());
        boolean answerable = original.fragmentOffset() == 0
                && original.source() != 0
                && !Ipv4.isMulticast(original.source())
                && original.source() != Ipv4.BROADCAST
                && destination != RouteType.BROADCAST
                && destination != RouteType.MULTICAST
                && (about.frame() == null || !Mac.isGroup(about.frame().destination()))
                && !(original.transport() instanceof IcmpMessage icmp && icmp.isError());
        if (!answerable) {
            return;
        }
        int quoted = Math.min(original.length(), MAX_ERROR - Ipv4Packet.HEADER_LENGTH - IcmpMessage.HEADER_LENGTH);
        var message = new IcmpMessage(type, code, rest, new IcmpMessage.Quote(original, quoted));
        int source = destination == RouteType.LOCAL ? original.destination() : 0;
        send(namespace, about, source, original.source(), message, Cause.ICMP_ERROR_OF);
    }

    /** A packet waited in vain for its next hop: its sender hears of it, be it here or elsewhere ({@code ipv4_link_failure}). */
    public static void hostUnreachable(NetworkNamespace namespace, PacketBuffer packet) {
        sendError(namespace, packet, IcmpMessage.DESTINATION_UNREACHABLE, IcmpMessage.HOST_UNREACHABLE, 0);
    }

    /** An ICMP message for this machine ({@code icmp_rcv}): answers echoes, tells sockets of errors. */
    public static void receive(NetworkNamespace namespace, PacketBuffer packet, IcmpMessage message) {
        switch (message.body()) {
            case IcmpMessage.Quote quote -> {
                if (message.type() == IcmpMessage.DESTINATION_UNREACHABLE && message.code() == IcmpMessage.FRAGMENTATION_NEEDED) {
                    namespace.routing().learnMtu(quote.packet().destination(), message.rest() & 0xFFFF);
                }
                if (message.type() == IcmpMessage.REDIRECT && packet.in != null) {
                    namespace.routing().redirect(packet.in, packet.ip().source(), message.rest(), quote.packet().destination());
                }
                report(namespace, packet, new Decision.Because("an error about a packet sent from here"), Outcome.DELIVERED);
                namespace.sockets().icmpError(message, quote.packet(), packet);
            }
            case IcmpMessage.Data data -> {
                if (message.type() == IcmpMessage.ECHO_REQUEST) {
                    echo(namespace, packet, message);
                }
            }
        }
    }

    private static void echo(NetworkNamespace namespace, PacketBuffer packet, IcmpMessage message) {
        Ipv4Packet request = packet.ip();
        boolean broadcast = namespace.routing().addressType(request.destination()) != RouteType.LOCAL;
        if (namespace.sysctls().isOn("net.ipv4.icmp_echo_ignore_all")
                || (broadcast && namespace.sysctls().isOn("net.ipv4.icmp_echo_ignore_broadcasts"))) {
            report(namespace, packet, new Decision.Sysctl("net.ipv4.icmp_echo_ignore_" + (broadcast ? "broadcasts" : "all"), "1"),
                    Outcome.DELIVERED);
            return;
        }
        report(namespace, packet, new Decision.Because("the kernel answers an echo request"), Outcome.DELIVERED);
        var answer = new IcmpMessage(IcmpMessage.ECHO_REPLY, 0, message.rest(), message.body());
        send(namespace, packet, broadcast ? 0 : request.destination(), request.source(), answer, Cause.REPLY_TO);
    }

    private static void send(
            NetworkNamespace namespace, PacketBuffer cause, int source, int destination, IcmpMessage message, Cause why) {
        if (namespace.isSendingIcmp()) {
            return;
        }
        RouteResult way = namespace.routing().output(Flow.of(destination, source, null, cause.mark).carrying(message));
        if (!(way instanceof RouteResult.Found found)) {
            return;
        }
        boolean allowed = found.device().isLoopback() || namespace.icmpRate().allows(message.type(), message.code(), destination);
        if (why == Cause.ICMP_ERROR_OF && !allowed) {
            return;
        }
        int from = source != 0 ? source : found.source();
        var ip = Ipv4Packet.of(from, destination, namespace.path().nextId(), false, message)
                .withTtl(namespace.sysctls().number("net.ipv4.ip_default_ttl"))
                .withTos(why == Cause.ICMP_ERROR_OF ? 0xC0 : cause.ip().tos())
                .withOptions(namespace.path().begun(cause.ip().options().echoed(), from));
        var answer = new PacketBuffer(namespace.kernel().tracer().born(cause.id(), why, "icmp"), ip);
        answer.route = found;
        answer.mark = 0;
        if (why == Cause.ICMP_ERROR_OF) {
            answer.connection = cause.connection;
            answer.ctInfo = cause.ctInfo.answer();
        }
        namespace.setSendingIcmp(true);
        namespace.path().output(answer);
        namespace.setSendingIcmp(false);
    }

    private static void report(NetworkNamespace namespace, PacketBuffer packet, Decision decision, Outcome outcome) {
        namespace.kernel().tracer().report(packet.id(), namespace.place(), Stage.SOCKET, packet.frame(), packet.payload(), null, decision,
                outcome);
    }
}
