package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.bridge.BridgeForwarding;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.FdbEntry;
import dev.vethlab.engine.kernel.bridge.SpanningTree;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.EthernetCard;
import dev.vethlab.engine.kernel.device.Loopback;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Mac;

/** What {@code -d} adds to a device: the limits of its kind, the bridge's or port's settings, its queues. */
final class LinkDetails {
    private static final long HUNDREDTH = 10_000_000;

    private final Printer out;

    LinkDetails(Printer out) {
        this.out = out;
    }

    void print(NetDevice device, boolean withAddressMode) {
        out.both("promiscuity", " promiscuity ", device.promiscuity(), "");
        out.both("allmulti", " allmulti ", device.allMulticast(), "");
        out.both("min_mtu", " minmtu ", device.minMtu(), "");
        out.both("max_mtu", " maxmtu ", device.maxMtu(), " ");
        if (device instanceof Loopback || device instanceof Bridge) {
            out.json("netns-immutable", true);
            out.text("netns-immutable ");
        }
        printKind(device);
        if (withAddressMode) {
            out.both("inet6_addr_gen_mode", "addrgenmode ", "eui64", " ");
        }
        int queues = device.queues();
        out.both("num_tx_queues", "numtxqueues ", queues, " ");
        out.both("num_rx_queues", "numrxqueues ", queues, " ");
        out.both("gso_max_size", "gso_max_size ", 65536, " ");
        out.both("gso_max_segs", "gso_max_segs ", 65535, " ");
        out.both("tso_max_size", "tso_max_size ", device.maxSegment(), " ");
        out.both("tso_max_segs", "tso_max_segs ", 65535, " ");
        out.both("gro_max_size", "gro_max_size ", 65536, " ");
        out.both("gso_ipv4_max_size", "gso_ipv4_max_size ", 65536, " ");
        out.both("gro_ipv4_max_size", "gro_ipv4_max_size ", 65536, " ");
    }

    private void printKind(NetDevice device) {
        if (device.kind().isEmpty() || device instanceof EthernetCard) {
            printPort(device);
            return;
        }
        out.openObject("linkinfo");
        out.newLine();
        out.both("info_kind", "    ", device.kind(), " ");
        if (device instanceof Bridge bridge) {
            out.openObject("info_data");
            printBridge(bridge);
            out.closeObject();
        } else {
            new KindPrinter(out).print(device);
        }
        printPort(device);
        out.closeObject();
    }

    private void printPort(NetDevice device) {
        BridgePort port = device.port();
        if (port == null) {
            return;
        }
        out.newLine();
        out.json("info_slave_kind", "bridge");
        out.text("    bridge_slave ");
        out.openObject("info_slave_data");
        new BridgePortPrinter(out).print(port);
        out.closeObject();
    }

    private void printBridge(Bridge bridge) {
        BridgeForwarding forwarding = bridge.forwarding();
        SpanningTree tree = forwarding.tree();
        String id = bridgeId(tree.id());
        String root = bridgeId(tree.root());
        out.both("forward_delay", "forward_delay ", tree.times().forwardDelay() / HUNDREDTH, " ");
        out.both("hello_time", "hello_time ", tree.times().helloTime() / HUNDREDTH, " ");
        out.both("max_age", "max_age ", tree.times().maxAge() / HUNDREDTH, " ");
        out.both("ageing_time", "ageing_time ", forwarding.database().ageingTime() / HUNDREDTH, " ");
        out.both("stp_state", "stp_state ", tree.isEnabled() ? 1 : 0, " ");
        out.both("priority", "priority ", tree.priority(), " ");
        out.both("vlan_filtering", "vlan_filtering ", 0, " ");
        if (!out.isJson()) {
            out.text("bridge_id " + id + " designated_root " + root + " ");
        } else {
            out.json("bridge_id", id).json("root_id", root);
        }
        number("root_port", tree.rootPort());
        number("root_path_cost", tree.rootPathCost());
        number("topology_change", tree.topologyChange() ? 1 : 0);
        number("topology_change_detected", tree.topologyChangeDetected() ? 1 : 0);
        timer("hello_timer", tree.helloTimer().left());
        timer("tcn_timer", tree.notificationTimer().left());
        timer("topology_change_timer", tree.changeTimer().left());
        timer("gc_timer", bridge.isUp() ? forwarding.database().ageingTime() : 0);
        number("fdb_n_learned", (int) forwarding.database().entries().stream().filter(FdbEntry::isDynamic).count());
        number("fdb_max_learned", 0);
        out.both("group_fwd_mask", "group_fwd_mask ", out.isJson() ? "0" : 0, " ");
        out.both("group_addr", "group_address ", "01:80:c2:00:00:00", " ");
        number("mcast_snooping", bridge.forwarding().multicast().snoops() ? 1 : 0);
        number("no_linklocal_learn", 0);
        number("mcast_vlan_snooping", 0);
        number("mst_enabled", 0);
        number("mdb_offload_fail_notification", 0);
        number("fdb_local_vlan_0", 0);
        number("mcast_router", 1);
        number("mcast_query_use_ifaddr", 0);
        number("mcast_querier", 0);
        number("mcast_hash_elasticity", 16);
        number("mcast_hash_max", 4096);
        out.both("mcast_last_member_cnt", "mcast_last_member_count ", 2, " ");
        out.both("mcast_startup_query_cnt", "mcast_startup_query_count ", 2, " ");
        out.both("mcast_last_member_intvl", "mcast_last_member_interval ", 100, " ");
        out.both("mcast_membership_intvl", "mcast_membership_interval ", 26000, " ");
        out.both("mcast_querier_intvl", "mcast_querier_interval ", 25500, " ");
        out.both("mcast_query_intvl", "mcast_query_interval ", 12500, " ");
        out.both("mcast_query_response_intvl", "mcast_query_response_interval ", 1000, " ");
        out.both("mcast_startup_query_intvl", "mcast_startup_query_interval ", 3124, " ");
        number("mcast_stats_enabled", 0);
        number("mcast_igmp_version", 2);
        number("mcast_mld_version", 1);
        number("nf_call_iptables", 0);
        number("nf_call_ip6tables", 0);
        number("nf_call_arptables", 0);
    }

    private void number(String name, int value) {
        out.both(name, name + " ", value, " ");
    }

    /** A timer that has {@code nanos} to go: seconds with two decimals. */
    private void timer(String name, long nanos) {
        long value = nanos / 10_000_000;
        String text = value / 100 + "." + (value % 100 < 10 ? "0" : "") + value % 100;
        if (out.isJson()) {
            out.json(name, new java.math.BigDecimal(text));
        } else {
            out.text(name + " " + " ".repeat(Math.max(0, 7 - text.length())) + text + " ");
        }
    }

    /** Priority and address: {@code 8000.2:0:0:0:0:1}. */
    static String bridgeId(long id) {
        return String.format("%04x.", id >>> 48) + bridgeAddress(id & 0xFFFF_FFFF_FFFFL);
    }

    /** A bridge id's address, octets without leading zeros as {@code br_dump_bridge_id} has them. */
    private static String bridgeAddress(long mac) {
        var text = new StringBuilder();
        for (String octet : Mac.text(mac).split(":")) {
            text.append(text.isEmpty() ? "" : ":").append(Integer.toHexString(Integer.parseInt(octet, 16)));
        }
        return text.toString();
    }
}
