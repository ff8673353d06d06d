package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.trace.Cause;

/** The RST for a segment that belongs to no connection (RFC 9293 §3.5.2, {@code tcp_v4_send_reset}). */
public final class TcpReset {
    private TcpReset() {}

    /** Answers with a RST, unless the segment is one itself. */
    public static void answer(NetworkNamespace namespace, PacketBuffer packet, TcpSegment segment) {
        if (segment.has(TcpSegment.RST)) {
            return;
        }
        Ipv4Packet ip = packet.ip();
        if (!(namespace.routing().output(Flow.of(ip.source(), ip.destination(), null, 0)) instanceof RouteResult.Found way)) {
            return;
        }
        var reply = Ipv4Packet.of(ip.destination(), ip.source(), 0, true, segment.reset())
                .withTtl(namespace.sysctls().number("net.ipv4.ip_default_ttl"));
        var answer = new PacketBuffer(namespace.kernel().tracer().born(packet.id(), Cause.REPLY_TO, "tcp"), reply);
        answer.route = way;
        namespace.path().output(answer);
    }
}
