package dev.vethlab.engine.command.conntrack;

import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.TcpTracker;
import dev.vethlab.engine.kernel.conntrack.Tuple;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import java.util.List;

/** {@code conntrack -o xml} ({@code __snprintf_conntrack_xml}). */
final class EntryXml {
    private EntryXml() {}

    static String document(List<ConntrackEntry> entries, long now) {
        if (entries.isEmpty()) {
            return "";
        }
        var out = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<conntrack>\n");
        entries.forEach(entry -> flow(out, entry, now));
        return out.append("</conntrack>\n").toString();
    }

    private static void flow(StringBuilder out, ConntrackEntry entry, long now) {
        out.append("<flow>");
        direction(out, entry, false);
        direction(out, entry, true);
        out.append("<meta direction=\"independent\">");
        TcpTracker tcp = entry.tcp();
        if (tcp != null) {
            element(out, "state", tcp.state());
        }
        element(out, "timeout", entry.secondsLeft(now));
        element(out, "mark", Integer.toUnsignedString(entry.mark));
        element(out, "use", 1);
        element(out, "id", EntryText.number(entry));
        out.append(entry.isAssured() ? "<assured/>" : "").append(entry.hasSeenReply() ? "" : "<unreplied/>").append("</meta></flow>\n");
    }

    private static void direction(StringBuilder out, ConntrackEntry entry, boolean reply) {
        Tuple tuple = reply ? entry.reply() : entry.original();
        out.append("<meta direction=\"").append(reply ? "reply" : "original").append("\"><layer3 protonum=\"2\" protoname=\"ipv4\">");
        element(out, "src", Ipv4.text(tuple.source()));
        element(out, "dst", Ipv4.text(tuple.destination()));
        int protocol = tuple.protocol();
        boolean ported = protocol == IpProtocol.TCP || protocol == IpProtocol.UDP;
        out.append("</layer3><layer4 protonum=\"").append(protocol).append("\" protoname=\"")
                .append(ported || protocol == IpProtocol.ICMP ? IpProtocol.name(protocol) : "unknown").append("\">");
        if (ported) {
            element(out, "sport", tuple.sourcePort());
            element(out, "dport", tuple.destinationPort());
        }
        out.append("</layer4>");
        ConntrackEntry.Traffic traffic = entry.traffic();
        if (traffic != null) {
            out.append("<counters>");
            element(out, "packets", traffic.packets(reply));
            element(out, "bytes", traffic.bytes(reply));
            out.append("</counters>");
        }
        out.append("</meta>");
    }

    private static void element(StringBuilder out, String name, Object value) {
        out.append('<').append(name).append('>').append(value).append("</").append(name).append('>');
    }
}
