package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.FdbEntry;
import dev.vethlab.engine.kernel.device.Bridge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words after {@code type bridge} ({@code iplink_bridge.c}). */
final class BridgeOptions {
    private final Arguments arguments;
    private interface Change {
        void applyTo(Bridge bridge) throws KernelException;
    }

    private final List<Change> changes = new ArrayList<>();

    BridgeOptions(Arguments arguments) {
        this.arguments = arguments;
    }

    void parse() {
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "forward_delay" -> number(word, (bridge, value) -> bridge.forwarding().tree().setForwardDelay(value));
                case "hello_time" -> number(word, (bridge, value) -> bridge.forwarding().tree().setHelloTime(value));
                case "max_age" -> number(word, (bridge, value) -> bridge.forwarding().tree().setMaxAge(value));
                case "ageing_time" -> number(word, (bridge, value) -> bridge.forwarding().tree().setAgeingTime(value * 10_000_000L));
                case "priority" -> number16(word, (bridge, value) -> bridge.forwarding().tree().setPriority(value));
                case "fdb_flush" -> changes.add(bridge -> bridge.forwarding().database().removeIf(FdbEntry::isDynamic));
                case "stp_state" -> number(word, (bridge, value) -> bridge.forwarding().tree().setEnabled(value != 0));
                // CONFIG_BRIDGE_VLAN_FILTERING is not set in the recorded kernel
                case "vlan_filtering" -> number(word, (bridge, value) -> {
                    if (value != 0) {
                        throw new KernelException(Errno.EOPNOTSUPP);
                    }
                });
                // without it these attributes are not looked at
                case "vlan_default_pvid", "vlan_stats_enabled", "vlan_stats_per_port" ->
                        arguments.unsigned("invalid " + word);
                case "vlan_protocol" -> {
                    String text = arguments.next();
                    if (!List.of("802.1q", "802.1ad").contains(text.toLowerCase(Locale.ROOT))) {
                        throw IpFailure.invalid(text, "invalid vlan_protocol");
                    }
                }
                case "mcast_querier" -> offOnly(word, "ip link … type bridge " + word + " is not emulated");
                case "nf_call_iptables", "nf_call_ip6tables", "nf_call_arptables" -> offOnly(word, "bridge netfilter is not emulated");
                case "mcast_snooping" -> number(word, (bridge, value) -> bridge.setSnooping(value != 0));
                case "group_fwd_mask", "group_address", "no_linklocal_learn", "fdb_max_learned", "mcast_vlan_snooping", "mcast_router", "mcast_query_use_ifaddr",
                        "mcast_hash_elasticity", "mcast_hash_max", "mcast_last_member_count", "mcast_startup_query_count",
                        "mcast_last_member_interval", "mcast_membership_interval", "mcast_querier_interval", "mcast_query_interval",
                        "mcast_query_response_interval", "mcast_startup_query_interval", "mcast_stats_enabled", "mcast_igmp_version",
                        "mcast_mld_version", "mst_enabled", "fdb_local_vlan_0", "stp_mode", "mdb_offload_fail_notification" ->
                        throw new Arguments.NotEmulated("ip link … type bridge " + word + " is not emulated");
                default -> throw new IpFailure(word.equals("help") ? 255 : 1,
                        word.equals("help") ? Usage.BRIDGE : "bridge: unknown command \"" + word + "\"?\n" + Usage.BRIDGE);
            }
        }
    }

    private interface Setter {
        void set(Bridge bridge, int value) throws KernelException;
    }

    private void number(String word, Setter setter) {
        int value = (int) arguments.unsigned("invalid " + word);
        changes.add(bridge -> setter.set(bridge, value));
    }

    private void number16(String word, Setter setter) {
        String text = arguments.next();
        int value = (int) Arguments.number(text, 0xFFFF).orElseThrow(() -> IpFailure.invalid(text, "invalid " + word));
        changes.add(bridge -> setter.set(bridge, value));
    }

    private void offOnly(String word, String otherwise) {
        if (arguments.unsigned("invalid " + word) != 0) {
            throw new Arguments.NotEmulated(otherwise);
        }
    }

    void applyTo(Bridge bridge) throws KernelException {
        for (Change change : changes) {
            change.applyTo(bridge);
        }
    }
}
