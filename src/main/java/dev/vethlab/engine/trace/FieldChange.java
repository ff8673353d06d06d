package dev.vethlab.engine.trace;

import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Payload;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.Transport;
import dev.vethlab.engine.packet.UdpDatagram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One header field that a stage rewrote.
 *
 * @param field such as {@code ip.dst}, {@code tcp.dst}, {@code ip.ttl}
 */
public record FieldChange(String field, String before, String after) {
    /** What differs between two payloads, outermost header first; nothing if there is no earlier one. */
    public static List<FieldChange> between(@Nullable Payload before, Payload after) {
        if (!(before instanceof Ipv4Packet old) || !(after instanceof Ipv4Packet now)) {
            return List.of();
        }
        var changes = new ArrayList<FieldChange>();
        add(changes, "ip.src", Ipv4.text(old.source()), Ipv4.text(now.source()));
        add(changes, "ip.dst", Ipv4.text(old.destination()), Ipv4.text(now.destination()));
        add(changes, "ip.ttl", Integer.toString(old.ttl()), Integer.toString(now.ttl()));
        add(changes, "ip.tos", Integer.toString(old.tos()), Integer.toString(now.tos()));
        transport(changes, old.transport(), now.transport());
        return List.copyOf(changes);
    }

    private static void transport(List<FieldChange> changes, Transport old, Transport now) {
        if (old instanceof TcpSegment a && now instanceof TcpSegment b) {
            ports(changes, "tcp", a.sourcePort(), a.destinationPort(), b.sourcePort(), b.destinationPort());
            add(changes, "tcp.mss", Integer.toString(a.options().mss()), Integer.toString(b.options().mss()));
        } else if (old instanceof UdpDatagram a && now instanceof UdpDatagram b) {
            ports(changes, "udp", a.sourcePort(), a.destinationPort(), b.sourcePort(), b.destinationPort());
        } else if (old instanceof IcmpMessage a && now instanceof IcmpMessage b) {
            if (a.isEcho() && b.isEcho()) {
                add(changes, "icmp.id", Integer.toString(a.identifier()), Integer.toString(b.identifier()));
            }
            if (a.body() instanceof IcmpMessage.Quote x && b.body() instanceof IcmpMessage.Quote y) {
                for (FieldChange inner : between(x.packet(), y.packet())) {
                    changes.add(new FieldChange("quoted " + inner.field(), inner.before(), inner.after()));
                }
            }
        }
    }

    private static void ports(List<FieldChange> changes, String protocol, int oldSource, int oldTarget, int source, int target) {
        add(changes, protocol + ".src", Integer.toString(oldSource), Integer.toString(source));
        add(changes, protocol + ".dst", Integer.toString(oldTarget), Integer.toString(target));
    }

    private static void add(List<FieldChange> changes, String field, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new FieldChange(field, before, after));
        }
    }
}
