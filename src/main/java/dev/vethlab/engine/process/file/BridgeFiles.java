package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.BridgeForwarding;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.FdbEntry;
import dev.vethlab.engine.kernel.bridge.SpanningTree;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.process.file.SettingFile.Change;
import java.util.Map;
import java.util.TreeMap;

/** {@code bridge} and {@code brport} in a device's directory: what a bridge and its ports are set to ({@code net/bridge/br_sysfs_*.c}). */
final class BridgeFiles {
    private static final long HUNDREDTH = 10_000_000;

    /** Multicast queriers, proxies and the like are not emulated: these are always so. */
    private static final String FIXED_OF_BRIDGE = "group_fwd_mask 0x0 hash_elasticity 16 hash_max 4096 multicast_igmp_version 2 "
            + "multicast_last_member_count 2 multicast_last_member_interval 100 multicast_membership_interval 26000 "
            + "multicast_mld_version 1 multicast_querier 0 multicast_querier_interval 25500 multicast_query_interval 12500 "
            + "multicast_query_response_interval 1000 multicast_query_use_ifaddr 0 multicast_router 1 "
            + "multicast_startup_query_count 2 multicast_startup_query_interval 3124 multicast_stats_enabled 0 nf_call_arptables 0 "
            + "nf_call_ip6tables 0 nf_call_iptables 0 no_linklocal_learn 0";
    private static final String FIXED_OF_PORT = "group_fwd_mask 0x0 multicast_fast_leave 0 multicast_router 1 "
            + "multicast_to_unicast 0 neigh_suppress 0 proxyarp 0 proxyarp_wifi 0 root_block 0";

        private final Map<String, Node> entries = new TreeMap<>();

    private BridgeFiles() {}

    static Map<String, Node> bridge(Bridge bridge) {
        BridgeForwarding forwarding = bridge.forwarding();
        SpanningTree tree = forwarding.tree();
        var files = new BridgeFiles();
        files.setting("ageing_time", forwarding.database().ageingTime() / HUNDREDTH, value -> tree.setAgeingTime(value * HUNDREDTH));
        files.value("bridge_id", SpanningTree.text(tree.id()));
        files.entries.put("flush", SettingFile.trigger(value -> forwarding.database().removeIf(FdbEntry::isDynamic)));
        files.setting("forward_delay", tree.times().forwardDelay() / HUNDREDTH, tree::setForwardDelay);
        files.value("group_addr", "01:80:c2:00:00:00");
        files.setting("hello_time", tree.times().helloTime() / HUNDREDTH, tree::setHelloTime);
        files.setting("max_age", tree.times().maxAge() / HUNDREDTH, tree::setMaxAge);
        files.flag("multicast_snooping", forwarding.multicast().snoops(), bridge::setSnooping);
        files.setting("priority", tree.priority(), value -> tree.setPriority((int) value & 0xFFFF));
        files.value("root_id", SpanningTree.text(tree.root()));
        files.value("root_path_cost", tree.rootPathCost());
        files.value("root_port", tree.rootPort());
        files.flag("stp_state", tree.isEnabled(), tree::setEnabled);
        files.timer("gc_timer", bridge.isUp() ? forwarding.database().ageingTime() : 0);
        files.timer("hello_timer", tree.helloTimer().left());
        files.timer("tcn_timer", tree.notificationTimer().left());
        files.timer("topology_change_timer", tree.changeTimer().left());
        files.value("topology_change", tree.topologyChange() ? 1 : 0);
        files.value("topology_change_detected", tree.topologyChangeDetected() ? 1 : 0);
        files.fixed(FIXED_OF_BRIDGE);
        return files.entries;
    }

    static Map<String, Node> port(BridgePort port) {
        SpanningTree tree = port.bridge().forwarding().tree();
        var files = new BridgeFiles();
        files.entries.put("bridge", new SymbolicLink("../../" + port.bridge().name()));
        files.value("backup_port", "");
        files.timer("forward_delay_timer", port.tree().forwardDelay().left());
        files.timer("hold_timer", port.tree().hold().left());
        files.timer("message_age_timer", port.tree().messageAge().left());
        files.flag("bpdu_guard", port.guard, on -> port.guard = on);
        files.flag("broadcast_flood", port.broadcastFlood, on -> port.broadcastFlood = on);
        files.value("change_ack", port.tree().topologyChangeAcknowledge() ? 1 : 0);
        files.value("config_pending", port.tree().configPending() ? 1 : 0);
        files.value("designated_bridge", SpanningTree.text(port.tree().designatedBridge()));
        files.value("designated_cost", port.tree().designatedCost());
        files.value("designated_port", port.tree().designatedPort());
        files.value("designated_root", SpanningTree.text(port.tree().designatedRoot()));
        files.entries.put("flush", SettingFile.trigger(value -> port.bridge().forwarding().database()
                .removeIf(entry -> entry.port() == port && entry.isDynamic())));
        files.flag("hairpin_mode", port.hairpin, on -> port.hairpin = on);
        files.flag("isolated", port.isolated, on -> port.isolated = on);
        files.flag("learning", port.learning, on -> port.learning = on);
        files.flag("multicast_flood", port.multicastFlood, on -> port.multicastFlood = on);
        files.setting("path_cost", port.cost(), value -> tree.setCost(port, (int) Math.min(value, Integer.MAX_VALUE)));
        files.value("port_id", String.format("0x%x", port.id()));
        files.value("port_no", String.format("0x%x", port.number()));
        files.setting("priority", port.priority(), value -> tree.setPriority(port, (int) Math.min(value, Integer.MAX_VALUE)));
        files.value("state", port.state().ordinal());
        files.flag("unicast_flood", port.flood, on -> port.flood = on);
        files.fixed(FIXED_OF_PORT);
        return files.entries;
    }

    private void timer(String name, long left) {
        value(name, left / HUNDREDTH);
    }

    private void value(String name, Object value) {
        entries.put(name, SpecialFile.generated(reader -> value + "\n"));
    }

    private void setting(String name, long value, Change change) {
        entries.put(name, SettingFile.number(value, change));
    }

    private interface Switch {
        void set(boolean on) throws KernelException;
    }

    private void flag(String name, boolean on, Switch change) {
        setting(name, on ? 1 : 0, value -> change.set(value != 0));
    }

    private void fixed(String pairs) {
        String[] words = pairs.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            String value = words[i + 1];
            entries.put(words[i], SpecialFile.setting(reader -> value + "\n", (writer, text) -> {
                if (!text.strip().equals(value)) {
                    throw new KernelException(Errno.EOPNOTSUPP);
                }
            }));
        }
    }
}
