package dev.vethlab.engine.command.conntrack;

import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.TcpTracker;
import dev.vethlab.engine.packet.IpProtocol;

/** An entry as {@code conntrack} prints it ({@code __snprintf_conntrack_default}). */
record EntryText(boolean extended, boolean id) {
    /** A line of a listing. */
    String listed(ConntrackEntry entry, long now) {
        return text(entry, now) + " mark=" + Integer.toUnsignedString(entry.mark) + " use=1" + (id ? " id=" + number(entry) : "");
    }

    /** A line of an event. */
    String event(ConntrackEntry entry, long now) {
        String mark = entry.mark == 0 ? "" : " mark=" + Integer.toUnsignedString(entry.mark);
        return text(entry, now) + mark + (id ? " id=" + number(entry) : "");
    }

    private String text(ConntrackEntry entry, long now) {
        int protocol = entry.original().protocol();
        String name = switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.ICMP -> IpProtocol.name(protocol);
            default -> "unknown";
        };
        TcpTracker tcp = entry.tcp();
        return (extended ? "ipv4     2 " : "")
                + name + " ".repeat(Math.max(0, 8 - name.length())) + " " + protocol + " " + entry.secondsLeft(now) + " "
                + (tcp == null ? "" : tcp.state() + " ")
                + entry.original().text()
                + (entry.hasSeenReply() ? "" : " [UNREPLIED]")
                + " " + entry.reply().text()
                + (entry.isAssured() ? " [ASSURED]" : "");
    }

    /** A number of 32 bits that looks like the kernel's hash. */
    private static String number(ConntrackEntry entry) {
        return Integer.toUnsignedString((int) (entry.id() * 0x9E3779B1L) ^ 0x5BD1E995);
    }
}
