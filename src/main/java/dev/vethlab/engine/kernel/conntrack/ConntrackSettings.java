package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.kernel.sysctl.Sysctls;
import java.util.Locale;

/**
 * What {@code net.netfilter.nf_conntrack_*} say, read once and kept until something is set: how long entries live, in seconds, how many
 * there may be, and how strictly TCP is tracked.
 */
final class ConntrackSettings {
    private static final String PREFIX = "net.netfilter.nf_conntrack_";

    /** {@link Sysctls#changes} when it was read. */
    final int version;

    final int max;
    /** {@code acct}: packets and bytes are counted. */
    final boolean counts;
    final int udp;
    final int udpStream;
    final int icmp;
    final int generic;
    /** For a connection that retransmits in vain, or whose window is closed. */
    final int tcpRetransmitting;
    /** For a connection with data that is not acknowledged. */
    final int tcpUnacknowledged;
    /** {@code tcp_max_retrans}: so many times the same segment mean that it is in vain. */
    final int tcpMaxRetransmissions;
    /** {@code tcp_loose}: connections are picked up in their middle. */
    final boolean tcpLoose;
    /** {@code tcp_be_liberal}: nothing is out of window but resets. */
    final boolean tcpLiberal;
    /** {@code tcp_ignore_invalid_rst}: a reset of old data is none the worse. */
    final boolean anyResetValid;

    private final int[] tcp = new int[TcpTracker.State.values().length];

    ConntrackSettings(Sysctls sysctls) {
        version = sysctls.changes();
        max = sysctls.number(PREFIX + "max");
        counts = sysctls.isOn(PREFIX + "acct");
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

    /** For a connection in this state. */
    int tcp(TcpTracker.State state) {
        return tcp[state.ordinal()];
    }
}
