package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.Transport;
import dev.vethlab.engine.packet.UdpDatagram;
import java.util.Arrays;

/** What a namespace counts for the management information base (RFC 4293, 4022, 4113; {@code struct netns_mib}). */
public final class Counters {
    /** The counters that move here, by the names of {@code /proc/net/snmp} and {@code /proc/net/netstat}. */
    public enum Counter {
        IP_IN_RECEIVES("IpInReceives"),
        IP_IN_HEADER_ERRORS("IpInHdrErrors"),
        IP_IN_ADDRESS_ERRORS("IpInAddrErrors"),
        IP_FORWARDED("IpForwDatagrams"),
        IP_IN_DELIVERS("IpInDelivers"),
        IP_OUT_REQUESTS("IpOutRequests"),
        IP_REASSEMBLIES_REQUIRED("IpReasmReqds"),
        IP_REASSEMBLED("IpReasmOKs"),
        IP_REASSEMBLY_FAILS("IpReasmFails"),
        IP_REASSEMBLY_TIMEOUTS("IpReasmTimeout"),
        IP_FRAGMENTED("IpFragOKs"),
        IP_FRAGMENT_FAILS("IpFragFails"),
        IP_FRAGMENTS("IpFragCreates"),
        IP_OUT_TRANSMITS("IpOutTransmits"),
        TCP_ACTIVE_OPENS("TcpActiveOpens"),
        TCP_PASSIVE_OPENS("TcpPassiveOpens"),
        TCP_ATTEMPT_FAILS("TcpAttemptFails"),
        TCP_RESETS("TcpEstabResets"),
        TCP_IN_SEGMENTS("TcpInSegs"),
        TCP_OUT_SEGMENTS("TcpOutSegs"),
        TCP_RETRANSMITTED("TcpRetransSegs"),
        TCP_OUT_RESETS("TcpOutRsts"),
        UDP_IN("UdpInDatagrams"),
        UDP_NO_PORT("UdpNoPorts"),
        UDP_OUT("UdpOutDatagrams"),
        TCP_TIME_WAITED("TcpExtTW"),
        TCP_LOST_RETRANSMITS("TcpExtTCPLostRetransmit"),
        TCP_TIMEOUTS("TcpExtTCPTimeouts"),
        TCP_LOSS_PROBES("TcpExtTCPLossProbes"),
        TCP_SYN_RETRANSMITTED("TcpExtTCPSynRetrans"),
        TCP_DATA_SENT("TcpExtTCPOrigDataSent"),
        TCP_DELIVERED("TcpExtTCPDelivered"),
        TCP_TIMEOUT_REHASHED("TcpExtTcpTimeoutRehash"),
        REVERSE_PATH_FILTERED("TcpExtIPReversePathFilter"),
        IN_OCTETS("IpExtInOctets"),
        OUT_OCTETS("IpExtOutOctets"),
        IN_MULTICAST("IpExtInMcastPkts"),
        IN_MULTICAST_OCTETS("IpExtInMcastOctets"),
        OUT_MULTICAST("IpExtOutMcastPkts"),
        OUT_MULTICAST_OCTETS("IpExtOutMcastOctets"),
        IN_BROADCAST("IpExtInBcastPkts"),
        IN_BROADCAST_OCTETS("IpExtInBcastOctets"),
        OUT_BROADCAST("IpExtOutBcastPkts"),
        OUT_BROADCAST_OCTETS("IpExtOutBcastOctets"),
        IN_NO_ECT("IpExtInNoECTPkts"),
        IN_ECT1("IpExtInECT1Pkts"),
        IN_ECT0("IpExtInECT0Pkts"),
        IN_CONGESTED("IpExtInCEPkts");

        private final String title;

        Counter(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private static final Counter[] BY_ECN = {Counter.IN_NO_ECT, Counter.IN_ECT1, Counter.IN_ECT0, Counter.IN_CONGESTED};

    private final long[] values = new long[Counter.values().length];
    /** By type, as far as there were any: most namespaces see none. */
    private long[] icmpIn = {};
    private long[] icmpOut = {};

    public long value(Counter counter) {
        return values[counter.ordinal()];
    }

    /** ICMP messages of this type that came in. */
    public long icmpIn(int type) {
        return type < icmpIn.length ? icmpIn[type] : 0;
    }

    /** ICMP messages of this type that went out. */
    public long icmpOut(int type) {
        return type < icmpOut.length ? icmpOut[type] : 0;
    }

    public void count(Counter counter) {
        values[counter.ordinal()]++;
    }

    /** A segment that went out before goes out again: it is not counted as another one ({@code __tcp_transmit_skb}). */
    public void resending() {
        count(Counter.TCP_RETRANSMITTED);
        values[Counter.TCP_OUT_SEGMENTS.ordinal()]--;
    }

    /** A packet came up from a device. */
    void received(Ipv4Packet ip) {
        count(Counter.IP_IN_RECEIVES);
        values[Counter.IN_OCTETS.ordinal()] += ip.length();
        count(BY_ECN[ip.tos() & 3]);
    }

    /** A packet is for this machine and passed INPUT. */
    void delivered(Ipv4Packet ip) {
        count(Counter.IP_IN_DELIVERS);
        Transport transport = ip.transport();
        if (transport instanceof TcpSegment) {
            count(Counter.TCP_IN_SEGMENTS);
        } else if (transport instanceof IcmpMessage message) {
            icmpIn = counted(icmpIn, message.type() & 0xFF);
        }
    }

    /** This machine made a packet. */
    void requested(Ipv4Packet ip) {
        count(Counter.IP_OUT_REQUESTS);
        switch (ip.transport()) {
            case TcpSegment tcp -> {
                count(Counter.TCP_OUT_SEGMENTS);
                if (tcp.has(TcpSegment.RST)) {
                    count(Counter.TCP_OUT_RESETS);
                }
            }
            case UdpDatagram udp -> count(Counter.UDP_OUT);
            case IcmpMessage message -> icmpOut = counted(icmpOut, message.type() & 0xFF);
            default -> {}
        }
    }

    private static long[] counted(long[] byType, int type) {
        long[] counts = type < byType.length ? byType : Arrays.copyOf(byType, type + 1);
        counts[type]++;
        return counts;
    }

    /** The route of a packet that came in, of this type, is known ({@code ip_rcv_finish_core}). */
    void routed(Ipv4Packet ip, RouteType type) {
        switch (type) {
            case MULTICAST -> count(Counter.IN_MULTICAST, Counter.IN_MULTICAST_OCTETS, ip);
            case BROADCAST -> count(Counter.IN_BROADCAST, Counter.IN_BROADCAST_OCTETS, ip);
            default -> {}
        }
    }

    /** A packet leaves by a device, on a route of this type ({@code ip_finish_output2}). */
    void transmitted(Ipv4Packet ip, RouteType type) {
        count(Counter.IP_OUT_TRANSMITS);
        values[Counter.OUT_OCTETS.ordinal()] += ip.length();
        switch (type) {
            case MULTICAST -> count(Counter.OUT_MULTICAST, Counter.OUT_MULTICAST_OCTETS, ip);
            case BROADCAST -> count(Counter.OUT_BROADCAST, Counter.OUT_BROADCAST_OCTETS, ip);
            default -> {}
        }
    }

    private void count(Counter packets, Counter octets, Ipv4Packet ip) {
        count(packets);
        values[octets.ordinal()] += ip.length();
    }
}
