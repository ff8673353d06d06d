package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.trace.Cause;

/** The reset that REJECT answers a segment with ({@code nf_send_reset}); its source is whoever the segment was for. */
final class TcpReset {
    private TcpReset() {}

    static void send(PacketBuffer packet, HookPoint at) {
        NetworkNamespace namespace = at.namespace();
        Ipv4Packet ip = packet.ip();
        if (!(ip.transport() instanceof TcpSegment segment) || segment.has(TcpSegment.RST)) {
            return;
        }
        RouteType destination = namespace.routing().addressType(ip.destination());
        if (destination == RouteType.BROADCAST || destination == RouteType.MULTICAST) {
            return;
        }
        int source = destination == RouteType.LOCAL ? ip.destination() : 0;
        if (!(namespace.routing().output(Flow.of(ip.source(), source, null, packet.mark)) instanceof RouteResult.Found way)) {
            return;
        }
        if (packet.connection != null) {
            namespace.conntrack().setClosing(packet.connection);
        }
        var answer = new PacketBuffer(namespace.kernel().tracer().born(packet.id(), Cause.REPLY_TO, "REJECT"),
                Ipv4Packet.of(ip.destination(), ip.source(), 0, true, segment.reset().withOffload(true)));
        answer.route = way;
        answer.connection = packet.connection;
        answer.ctInfo = packet.ctInfo.answer();
        namespace.path().output(answer);
    }
}
