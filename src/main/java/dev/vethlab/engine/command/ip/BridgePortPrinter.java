package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.bridge.BridgePort;
import java.math.BigDecimal;

/** A bridge port's settings, as {@code ip -d link} shows them ({@code iplink_bridge_slave.c}). */
final class BridgePortPrinter {
    private final Printer out;

    BridgePortPrinter(Printer out) {
        this.out = out;
    }

    void print(BridgePort port) {
        String id = String.format("0x%x", port.priority() << 10 | port.number());
        String bridge = LinkDetails.bridgeId(port.bridge());
        out.both("state", "state ", port.stateName(), " ");
        out.both("priority", "priority ", port.priority(), " ");
        out.both("cost", "cost ", port.cost(), " ");
        flag("hairpin", port.hairpin);
        flag("guard", false);
        flag("root_block", false);
        flag("fastleave", false);
        flag("learning", port.learning);
        flag("flood", port.flood);
        out.both("id", "port_id ", id, " ");
        out.both("no", "port_no ", String.format("0x%x", port.number()), " ");
        out.both("designated_port", "designated_port ", port.priority() << 10 | port.number(), " ");
        out.both("designated_cost", "designated_cost ", 0, " ");
        out.both("bridge_id", "designated_bridge ", bridge, " ");
        out.both("root_id", "designated_root ", bridge, " ");
        for (String timer : new String[] {"hold_timer", "message_age_timer", "forward_delay_timer"}) {
            out.both(timer, timer + "    ", new BigDecimal("0.00"), " ");
        }
        out.both("topology_change_ack", "topology_change_ack ", 0, " ");
        out.both("config_pending", "config_pending ", 0, " ");
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

    private void flag(String name, boolean on) {
        if (out.isJson()) {
            out.json(name, on);
        } else {
            out.text(name + (on ? " on " : " off "));
        }
    }
}
