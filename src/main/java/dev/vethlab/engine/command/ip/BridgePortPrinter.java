package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.TreePort;
import dev.vethlab.engine.kernel.bridge.TreeTimer;
import java.math.BigDecimal;

/** A bridge port's settings, as {@code ip -d link} shows them ({@code iplink_bridge_slave.c}). */
final class BridgePortPrinter {
    private final Printer out;

    BridgePortPrinter(Printer out) {
        this.out = out;
    }

    void print(BridgePort port) {
        String id = String.format("0x%x", port.id());
        TreePort tree = port.tree();
        out.both("state", "state ", port.state().text(), " ");
        out.both("priority", "priority ", port.priority(), " ");
        out.both("cost", "cost ", port.cost(), " ");
        flag("hairpin", port.hairpin);
        flag("guard", port.guard);
        flag("root_block", false);
        flag("fastleave", false);
        flag("learning", port.learning);
        flag("flood", port.flood);
        out.both("id", "port_id ", id, " ");
        out.both("no", "port_no ", String.format("0x%x", port.number()), " ");
        out.both("designated_port", "designated_port ", tree.designatedPort(), " ");
        out.both("designated_cost", "designated_cost ", tree.designatedCost(), " ");
        out.both("bridge_id", "designated_bridge ", LinkDetails.bridgeId(tree.designatedBridge()), " ");
        out.both("root_id", "designated_root ", LinkDetails.bridgeId(tree.designatedRoot()), " ");
        timer("hold_timer", tree.hold());
        timer("message_age_timer", tree.messageAge());
        timer("forward_delay_timer", tree.forwardDelay());
        out.both("topology_change_ack", "topology_change_ack ", tree.topologyChangeAcknowledge() ? 1 : 0, " ");
        out.both("config_pending", "config_pending ", tree.configPending() ? 1 : 0, " ");
        flag("proxy_arp", false);
        flag("proxy_arp_wifi", false);
        out.both("multicast_router", "mcast_router ", 1, " ");
        out.text("mcast_fast_leave off ");
        flag("mcast_flood", port.multicastFlood);
        flag("bcast_flood", port.broadcastFlood);
        flag("mcast_to_unicast", false);
        flag("neigh_suppress", false);
        flag("neigh_vlan_suppress", false);
        out.both("group_fwd_mask", "group_fwd_mask ", "0", " ");
        out.both("group_fwd_mask_str", "group_fwd_mask_str ", "0x0", " ");
        flag("vlan_tunnel", false);
        flag("isolated", port.isolated);
        flag("locked", false);
        flag("mab", false);
    }

    private void timer(String name, TreeTimer timer) {
        var left = BigDecimal.valueOf(timer.left() / 10_000_000, 2);
        out.both(name, name + " ".repeat(Math.max(1, 8 - left.toString().length())), left, " ");
    }

    private void flag(String name, boolean on) {
        if (out.isJson()) {
            out.json(name, on);
        } else {
            out.text(name + (on ? " on " : " off "));
        }
    }
}
