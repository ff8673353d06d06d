package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.kernel.sysctl.Sysctls;
import java.util.Locale;

/** How long entries live, in seconds, as {@code net.netfilter.nf_conntrack_*_timeout*} say; read again when a setting changed. */
final class ConntrackTimeouts {
    private static final String PREFIX = "net.netfilter.nf_conntrack_";

    private final Sysctls sysctls;
    private final int[] tcp = new int[TcpTracker.State.values().length];
    private int seen = -1;
    private int udp;
    private int udpStream;
    private int icmp;
    private int generic;

    ConntrackTimeouts(Sysctls sysctls) {
        this.sysctls = sysctls;
    }

    private void refresh() {
        if (seen == sysctls.changes()) {
            return;
        }
        seen = sysctls.changes();
        udp = sysctls.number(PREFIX + "udp_timeout");
        udpStream = sysctls.number(PREFIX + "udp_timeout_stream");
        icmp = sysctls.number(PREFIX + "icmp_timeout");
        generic = sysctls.number(PREFIX + "generic_timeout");
        for (TcpTracker.State state : TcpTracker.State.values()) {
            String name = state == TcpTracker.State.SYN_SENT2 ? "syn_sent" : state.name().toLowerCase(Locale.ROOT);
            tcp[state.ordinal()] = sysctls.number(PREFIX + "tcp_timeout_" + name);
        }
    }

    int tcp(TcpTracker.State state) {
        refresh();
        return tcp[state.ordinal()];
    }

    int udp() {
        refresh();
        return udp;
    }

    int udpStream() {
        refresh();
        return udpStream;
    }

    int icmp() {
        refresh();
        return icmp;
    }

    int generic() {
        refresh();
        return generic;
    }
}
