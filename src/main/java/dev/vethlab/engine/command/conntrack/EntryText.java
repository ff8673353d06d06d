package dev.vethlab.engine.command.conntrack;

import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.TcpTracker;
import dev.vethlab.engine.kernel.conntrack.Tuple;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;

/** An entry as {@code conntrack} prints it ({@code __snprintf_conntrack_default}). */
record EntryText(boolean extended, boolean id, boolean save) {
    /** A line of a listing. */
    String listed(ConntrackEntry entry, long now) {
        if (save) {
            return saved(entry, now);
        }
        return text(entry, now) + " mark=" + Integer.toUnsignedString(entry.mark) + " use=1" + (id ? " id=" + number(entry) : "");
    }

    /** A line of an event; what passed is told at the end. */
    String event(ConntrackEntry entry, long now, boolean destroyed) {
        String mark = entry.mark == 0 ? "" : " mark=" + Integer.toUnsignedString(entry.mark);
        String text = destroyed ? entry.text(now) : entry.textWithoutTraffic(now);
        return (extended ? "ipv4     2 " : "") + text + mark + (id ? " id=" + number(entry) : "");
    }

    private String text(ConntrackEntry entry, long now) {
        return (extended ? "ipv4     2 " : "") + entry.text(now);
    }

    /** {@code -o save}: the options that make it anew ({@code ct_save_snprintf}). */
    private static String saved(ConntrackEntry entry, long now) {
        Tuple original = entry.original();
        Tuple reply = entry.reply();
        var out = new StringBuilder("-A -t ").append(entry.secondsLeft(now));
        String status = (entry.hasSeenReply() ? "SEEN_REPLY," : "") + (entry.isAssured() ? "ASSURED," : "");
        if (!status.isEmpty()) {
            out.append(" -u ").append(status, 0, status.length() - 1);
        }
        out.append(" -s ").append(Ipv4.text(original.source())).append(" -d ").append(Ipv4.text(original.destination()));
        out.append(entry.isDestinationNated() ? " -g " : " -r ").append(Ipv4.text(reply.source()));
        out.append(entry.isSourceNated() ? " -n " : " -q ").append(Ipv4.text(reply.destination()));
        out.append(" -p ").append(IpProtocol.name(original.protocol()));
        switch (original.protocol()) {
            case IpProtocol.TCP, IpProtocol.UDP -> out.append(" --sport ").append(original.sourcePort())
                    .append(" --dport ").append(original.destinationPort())
                    .append(" --reply-port-src ").append(reply.sourcePort())
                    .append(" --reply-port-dst ").append(reply.destinationPort());
            case IpProtocol.ICMP -> out.append(" --icmp-type ").append(original.icmpType())
                    .append(" --icmp-code ").append(original.icmpCode()).append(" --icmp-id ").append(original.sourcePort());
            default -> {}
        }
        TcpTracker tcp = entry.tcp();
        if (tcp != null) {
            out.append(" --state ").append(tcp.state());
        }
        return out.append(entry.mark == 0 ? "" : " -m " + Integer.toUnsignedString(entry.mark)).toString();
    }

    /** A number of 32 bits that looks like the kernel's hash. */
    static String number(ConntrackEntry entry) {
        return Integer.toUnsignedString((int) (entry.id() * 0x9E3779B1L) ^ 0x5BD1E995);
    }
}
