package dev.vethlab.engine.kernel.sysctl;

import java.util.Map;

/**
 * The settings below {@code net.netfilter} and {@code net.bridge}, and their defaults ({@code nf_conntrack_standalone.c}, {@code
 * br_netfilter_hooks.c}); times in seconds. In the emulated kernel, as in the recorded one, bridge-netfilter is built in and so on from the
 * start: bridged IPv4 meets the tables.
 */
final class NetfilterDefaults {
    private static final String SETTINGS = "acct 0 buckets 262144 checksum 1 count 0 events 2 expect_max 4096 frag6_high_thresh 4194304 "
            + "frag6_low_thresh 3145728 frag6_timeout 60 generic_timeout 600 gre_timeout 30 gre_timeout_stream 180 icmp_timeout 30 "
            + "icmpv6_timeout 30 log_invalid 0 max 262144 sctp_timeout_closed 10 sctp_timeout_cookie_echoed 3 "
            + "sctp_timeout_cookie_wait 3 sctp_timeout_established 210 sctp_timeout_heartbeat_sent 30 sctp_timeout_shutdown_ack_sent 3 "
            + "sctp_timeout_shutdown_recd 3 sctp_timeout_shutdown_sent 3 tcp_be_liberal 0 tcp_ignore_invalid_rst 0 tcp_loose 1 "
            + "tcp_max_retrans 3 tcp_timeout_close 10 tcp_timeout_close_wait 60 tcp_timeout_established 432000 tcp_timeout_fin_wait 120 "
            + "tcp_timeout_last_ack 30 tcp_timeout_max_retrans 300 tcp_timeout_syn_recv 60 tcp_timeout_syn_sent 120 "
            + "tcp_timeout_time_wait 120 tcp_timeout_unacknowledged 300 timestamp 0 udp_timeout 30 udp_timeout_stream 120";

    private NetfilterDefaults() {}

    static void addTo(Map<String, String> defaults) {
        String[] words = SETTINGS.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            defaults.put("net.netfilter.nf_conntrack_" + words[i], words[i + 1]);
        }
        defaults.put("net.bridge.bridge-nf-call-arptables", "1");
        defaults.put("net.bridge.bridge-nf-call-ip6tables", "1");
        defaults.put("net.bridge.bridge-nf-call-iptables", "1");
        defaults.put("net.bridge.bridge-nf-filter-pppoe-tagged", "0");
        defaults.put("net.bridge.bridge-nf-filter-vlan-tagged", "0");
        defaults.put("net.bridge.bridge-nf-pass-vlan-input-dev", "0");
    }
}
