package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.kernel.sysctl.Sysctls;
import java.util.Locale;

/**
 * {@code net.netfilter.nf_conntrack_*}: how long entries live, in seconds, and how strictly TCP is tracked; read again when a setting
 * changed.
 */
final class ConntrackSettings {
    private static final String PREFIX = "net.netfilter.nf_conntrack_";

    private final Sysctls sysctls;
    private final int[] tcp = new int[TcpTracker.State.values().length];
    private int seen = -1;
    private int udp;
    private int udpStream;
    private int icmp;
    private int generic;
    private int tcpRetransmitting;
    private int tcpUnacknowledged;
    private int tcpMaxRetransmissions;
    private boolean tcpLoose;
    private boolean tcpLiberal;
    private boolean anyResetValid;

    ConntrackSettings(Sysctls sysctls) {
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
        tcpRetransmitting = sysctls.number(PREFIX + "tcp_timeout_max_retrans");
        tcpUnacknowledged = sysctls.number(PREFIX + "tcp_timeout_unacknowledged");
        tcpMaxRetransmissions = sysctls.number(PREFIX + "tcp_max_retrans");
        tcpLoose = sysctls.isOn(PREFIX + "tcp_loose");
        tcpLiberal = sysctls.isOn(PREFIX + "tcp_be_liberal");
        anyResetValid = sysctls.isOn(PREFIX + "tcp_ignore_invalid_rst");
        for (TcpTracker.State state : TcpTracker.State.values()) {
            String name = state == TcpTracker.State.SYN_SENT2 ? "syn_sent" : state.name().toLowerCase(Locale.ROOT);
            tcp[state.ordinal()] = sysctls.number(PREFIX + "tcp_timeout_" + name);
        }
    }

    int tcp(TcpTracker.State state) {
        refresh();
        return tcp[state.ordinal()];
    }

    /** For a connection that retransmits in vain, or whose window is closed. */
    int tcpRetransmitting() {
        refresh();
        return tcpRetransmitting;
    }

    /** For a connection with data that is not acknowledged. */
    int tcpUnacknowledged() {
        refresh();
        return tcpUnacknowledged;
    }

    /** {@code tcp_max_retrans}: so many times the same segment mean that it is in vain. */
    int tcpMaxRetransmissions() {
        refresh();
        return tcpMaxRetransmissions;
    }

    /** {@code tcp_loose}: connections are picked up in their middle. */
    boolean isTcpLoose() {
        refresh();
        return tcpLoose;
    }

    /** {@code tcp_be_liberal}: nothing is out of window but resets. */
    boolean isTcpLiberal() {
        refresh();
        return tcpLiberal;
    }

    /** {@code tcp_ignore_invalid_rst}: a reset of old data is none the worse. */
    boolean isAnyResetValid() {
        refresh();
        return anyResetValid;
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
