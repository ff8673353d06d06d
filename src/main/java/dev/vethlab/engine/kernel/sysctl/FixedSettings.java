package dev.vethlab.engine.kernel.sysctl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings that can be read but not changed: what they steer is not emulated, and always is as these values say. Names and values are those
 * of a namespace of Linux 6.18.
 */
final class FixedSettings {
    private static final Map<String, String> CORE = parse("""
            optmem_max=131072; rmem_default=212992; rmem_max=4194304; rps_default_mask=0; tstamp_allow_data=1; txrehash=1;
            wmem_default=212992; wmem_max=4194304; xfrm_acq_expires=30; xfrm_aevent_etime=10; xfrm_aevent_rseqth=2;
            xfrm_larval_drop=1""");

    private static final Map<String, String> IPV4 = parse("""
            fib_multipath_hash_fields=7; fib_multipath_hash_seed=0; fib_multipath_use_neigh=0; fib_notify_on_flag_change=0;
            fwmark_reflect=0; icmp_echo_enable_probe=0; icmp_errors_use_inbound_ifaddr=0; icmp_ignore_bogus_error_responses=1;
            icmp_msgs_burst=50; icmp_msgs_per_sec=1000; igmp_link_local_mcast_reports=1; igmp_max_memberships=20; igmp_max_msf=10;
            igmp_qrv=2; ip_autobind_reuse=0; ip_dynaddr=0; ip_early_demux=1; ip_forward_update_priority=1; ip_forward_use_pmtu=0;
            ip_local_reserved_ports=; ip_no_pmtu_disc=0; ipfrag_high_thresh=4194304; ipfrag_low_thresh=3145728; ipfrag_max_dist=64;
            ipfrag_time=30; nexthop_compat_mode=1; raw_l3mdev_accept=1; route.min_adv_mss=256; route.min_pmtu=552;
            route.mtu_expires=600; tcp_abort_on_overflow=0; tcp_adv_win_scale=1; tcp_allowed_congestion_control=reno bbr;
            tcp_app_win=31; tcp_autocorking=1; tcp_available_congestion_control=reno bbr cubic; tcp_backlog_ack_defer=1;
            tcp_base_mss=1024; tcp_challenge_ack_limit=2147483647; tcp_child_ehash_entries=0; tcp_comp_sack_delay_ns=1000000;
            tcp_comp_sack_nr=44; tcp_comp_sack_slack_ns=100000; tcp_congestion_control=bbr; tcp_early_demux=1;
            tcp_early_retrans=3; tcp_ecn=2; tcp_ecn_fallback=1; tcp_ecn_option=2; tcp_ecn_option_beacon=3;
            tcp_ehash_entries=-262144; tcp_fack=0; tcp_fastopen=1; tcp_fastopen_blackhole_timeout_sec=0;
            tcp_fastopen_key=00000000-00000000-00000000-00000000; tcp_frto=2; tcp_fwmark_accept=0; tcp_invalid_ratelimit=500;
            tcp_keepalive_intvl=75; tcp_keepalive_probes=9; tcp_keepalive_time=7200; tcp_l3mdev_accept=0;
            tcp_limit_output_bytes=4194304; tcp_max_reordering=300; tcp_max_syn_backlog=2048; tcp_max_tw_buckets=131072;
            tcp_migrate_req=0; tcp_min_rtt_wlen=300; tcp_min_snd_mss=48; tcp_min_tso_segs=2; tcp_moderate_rcvbuf=1;
            tcp_mtu_probe_floor=48; tcp_mtu_probing=0; tcp_no_metrics_save=0; tcp_no_ssthresh_metrics_save=1;
            tcp_notsent_lowat=4294967295; tcp_orphan_retries=0; tcp_pacing_ca_ratio=120; tcp_pacing_ss_ratio=200;
            tcp_pingpong_thresh=1; tcp_plb_cong_thresh=128; tcp_plb_enabled=0; tcp_plb_idle_rehash_rounds=3;
            tcp_plb_rehash_rounds=12; tcp_plb_suspend_rto_sec=60; tcp_probe_interval=600; tcp_probe_threshold=8; tcp_recovery=1;
            tcp_reflect_tos=0; tcp_reordering=3; tcp_retrans_collapse=1; tcp_retries1=3; tcp_rfc1337=0;
            tcp_rmem=4096\t131072\t33554432; tcp_rto_max_ms=120000; tcp_rto_min_us=200000; tcp_shrink_window=0;
            tcp_slow_start_after_idle=1; tcp_stdurg=0; tcp_syn_linear_timeouts=4; tcp_syncookies=1; tcp_thin_linear_timeouts=0;
            tcp_tso_rtt_log=9; tcp_tso_win_divisor=3; tcp_tw_reuse=2; tcp_tw_reuse_delay=1000; tcp_wmem=4096\t16384\t4194304;
            tcp_workaround_signed_windows=0; udp_child_hash_entries=0; udp_early_demux=1; udp_hash_entries=-16384;
            udp_l3mdev_accept=0; udp_rmem_min=4096; udp_wmem_min=4096; xfrm4_gc_thresh=32768""");

    private static final Map<String, String> IPV6 = parse("""
            anycast_src_echo_reply=0; auto_flowlabels=1; bindv6only=0; fib_multipath_hash_fields=7; fib_multipath_hash_policy=0;
            fib_notify_on_flag_change=0; flowlabel_consistency=1; flowlabel_reflect=0; flowlabel_state_ranges=0; fwmark_reflect=0;
            icmp.echo_ignore_all=0; icmp.echo_ignore_anycast=0; icmp.echo_ignore_multicast=0; icmp.error_anycast_as_unicast=0;
            icmp.ratelimit=100; icmp.ratemask=0-1,3-127; idgen_delay=1; idgen_retries=3; ioam6_id=16777215;
            ioam6_id_wide=72057594037927935; ip6frag_high_thresh=4194304; ip6frag_low_thresh=3145728; ip6frag_time=60;
            ip_nonlocal_bind=0; max_dst_opts_length=2147483647; max_dst_opts_number=8; max_hbh_length=2147483647;
            max_hbh_opts_number=8; route.gc_elasticity=9; route.gc_interval=30; route.gc_min_interval=0;
            route.gc_min_interval_ms=500; route.gc_thresh=1024; route.gc_timeout=60; route.max_size=2147483647;
            route.min_adv_mss=1220; route.mtu_expires=600; route.skip_notify_on_dev_down=0; seg6_flowlabel=0;
            xfrm6_gc_thresh=32768""");

    private static final Map<String, String> MPTCP = parse("""
            add_addr_timeout=120; allow_join_initial_addr_port=1; available_path_managers=kernel userspace;
            available_schedulers=default; blackhole_timeout=3600; checksum_enabled=0; close_timeout=60; enabled=1;
            path_manager=kernel; pm_type=0; scheduler=default; stale_loss_cnt=4; syn_retrans_before_tcp_fallback=2""");

    private static final Map<String, String> NETFILTER = parse("""
            nf_hooks_lwtunnel=0; nf_log.0=NONE; nf_log.1=NONE; nf_log.10=nf_log_ipv6; nf_log.2=nf_log_ipv4; nf_log.3=nf_log_arp;
            nf_log.4=NONE; nf_log.5=nf_log_netdev; nf_log.6=NONE; nf_log.7=nf_log_bridge; nf_log.8=NONE; nf_log.9=NONE""");

    private static final Map<String, String> UNIX = parse("""
            max_dgram_qlen=10""");

    /** Of every device, {@code all} and {@code default}, below {@code net.ipv4.conf}. */
    private static final Map<String, String> IPV4_CONF = parse("""
            bc_forwarding=0; bootp_relay=0; disable_policy=0; disable_xfrm=0;
            drop_unicast_in_l2_multicast=0; force_igmp_version=0; igmpv2_unsolicited_report_interval=10000;
            igmpv3_unsolicited_report_interval=1000; mc_forwarding=0; medium_id=0; shared_media=1; tag=0""");

    /** The same below {@code net.ipv6.conf}. */
    private static final Map<String, String> IPV6_CONF = parse("""
            accept_dad=1; accept_ra=1; accept_ra_defrtr=1; accept_ra_from_local=0; accept_ra_min_hop_limit=1; accept_ra_min_lft=0;
            accept_ra_mtu=1; accept_ra_pinfo=1; accept_ra_rt_info_max_plen=0; accept_ra_rt_info_min_plen=0; accept_ra_rtr_pref=1;
            accept_redirects=1; accept_source_route=0; accept_untracked_na=0; addr_gen_mode=0; autoconf=1; dad_transmits=1;
            disable_policy=0; drop_unicast_in_l2_multicast=0; drop_unsolicited_na=0; enhanced_dad=1; force_forwarding=0;
            force_mld_version=0; force_tllao=0; forwarding=0; hop_limit=64; ignore_routes_with_linkdown=0; ioam6_enabled=0;
            ioam6_id=65535; ioam6_id_wide=4294967295; keep_addr_on_down=0; max_addresses=16; max_desync_factor=600;
            mc_forwarding=0; mldv1_unsolicited_report_interval=10000; mldv2_unsolicited_report_interval=1000;
            ndisc_evict_nocarrier=1; ndisc_notify=0; ndisc_tclass=0; optimistic_dad=0; proxy_ndp=0; ra_defrtr_metric=1024;
            ra_honor_pio_life=0; ra_honor_pio_pflag=0; regen_max_retry=3; regen_min_advance=2; router_probe_interval=60;
            router_solicitation_delay=1; router_solicitation_interval=4; router_solicitation_max_interval=3600;
            router_solicitations=-1; rpl_seg_enabled=0; seg6_enabled=0; seg6_require_hmac=0; suppress_frag_ndisc=1;
            temp_prefered_lft=86400; temp_valid_lft=604800; use_oif_addrs_only=0; use_optimistic=0; use_tempaddr=0""");

    /** Of every device, below {@code net.ipv4.neigh} and {@code net.ipv6.neigh}. */
    private static final Map<String, String> NEIGHBOURS = parse("""
            anycast_delay=100; app_solicit=0; base_reachable_time_ms=30000; delay_first_probe_time=5; gc_stale_time=60;
            interval_probe_time_ms=5000; locktime=100; mcast_resolicit=0; mcast_solicit=3; proxy_delay=80; proxy_qlen=64;
            retrans_time_ms=1000; ucast_solicit=3; unres_qlen=101; unres_qlen_bytes=212992""");

    /** What differs from that for some. */
    private static final Map<String, String> EXCEPTIONS = parse("""
            net.ipv4.conf.lo.disable_policy=1; net.ipv4.conf.lo.disable_xfrm=1; net.ipv6.conf.all.accept_dad=0;
            net.ipv6.conf.lo.accept_dad=-1; net.ipv6.conf.lo.use_tempaddr=-1""");

    private static final String CONF = "conf";
    private static final List<String> TABLES = List.of(CONF, "neigh");
    private static final List<String> FAMILIES = List.of("ipv4", "ipv6");

    private static final TreeMap<String, String> GLOBAL = new TreeMap<>();

    static {
        addGlobal("core", CORE);
        addGlobal("ipv4", IPV4);
        addGlobal("ipv6", IPV6);
        addGlobal("mptcp", MPTCP);
        addGlobal("netfilter", NETFILTER);
        addGlobal("unix", UNIX);
    }

    private static void addGlobal(String directory, Map<String, String> settings) {
        settings.forEach((name, value) -> GLOBAL.put("net." + directory + "." + name, value));
    }

    private FixedSettings() {}

    private static Map<String, String> parse(String text) {
        var settings = new TreeMap<String, String>();
        for (String pair : text.replace('\n', ' ').split("; *")) {
            int equals = pair.indexOf('=');
            settings.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return settings;
    }

    /** Null if there is no such setting; {@code devices} are the names below {@code conf}. */
    static @Nullable String get(String name, Collection<String> devices) {
        int dot = name.lastIndexOf('.');
        Map<String, String> ofDevice = name.startsWith("net.ipv4.conf.") ? IPV4_CONF
                : name.startsWith("net.ipv6.conf.") ? IPV6_CONF
                : name.startsWith("net.ipv4.neigh.") || name.startsWith("net.ipv6.neigh.") ? NEIGHBOURS
                : null;
        if (ofDevice == null) {
            return GLOBAL.get(name);
        }
        String device = dot < 15 ? "" : name.substring(name.indexOf('.', 9) + 1, dot);
        boolean exists = devices.contains(device) && (ofDevice != NEIGHBOURS || isDevice(device));
        if (exists && name.startsWith("net.ipv6.neigh.") && name.endsWith(".locktime")) {
            return "0";
        }
        return exists ? EXCEPTIONS.getOrDefault(name, ofDevice.get(name.substring(dot + 1))) : null;
    }

    /** Whether names begin with {@code prefix}, which ends in a dot; those of a device only if the device is there. */
    static boolean isDirectory(String prefix, Collection<String> devices) {
        String next = GLOBAL.ceilingKey(prefix);
        if (next != null && next.startsWith(prefix)) {
            return true;
        }
        for (String family : FAMILIES) {
            for (String table : TABLES) {
                String all = "net." + family + "." + table + ".";
                if (prefix.startsWith(all)) {
                    String device = prefix.substring(all.length());
                    return device.isEmpty() || has(table, device.substring(0, device.length() - 1), devices);
                }
            }
        }
        return false;
    }

    private static boolean has(String table, String device, Collection<String> devices) {
        return devices.contains(device) && (table.equals(CONF) || isDevice(device));
    }

    private static boolean isDevice(String name) {
        return !name.equals(Sysctls.ALL) && !name.equals(Sysctls.DEFAULT);
    }

    /** The names that exist where there are these devices. */
    static Collection<String> names(Collection<String> devices) {
        var names = new ArrayList<>(GLOBAL.keySet());
        for (String device : devices) {
            IPV4_CONF.keySet().forEach(setting -> names.add("net.ipv4.conf." + device + "." + setting));
            IPV6_CONF.keySet().forEach(setting -> names.add("net.ipv6.conf." + device + "." + setting));
            if (isDevice(device)) {
                for (String family : FAMILIES) {
                    NEIGHBOURS.keySet().forEach(setting -> names.add("net." + family + ".neigh." + device + "." + setting));
                }
            }
        }
        return names;
    }
}
