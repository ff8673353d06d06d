package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.kernel.device.Bridge;
import java.util.List;

/** The states of a bridge's ports: from blocking by listening and learning to forwarding, and back (8.4). */
final class TreeStates {
    private final SpanningTree tree;
    private final Bridge bridge;
    private final List<BridgePort> ports;

    TreeStates(SpanningTree tree, Bridge bridge, List<BridgePort> ports) {
        this.tree = tree;
        this.bridge = bridge;
        this.ports = ports;
    }

    /** Of all ports, by who is who ({@code br_port_state_selection}). */
    void select() {
        boolean live = false;
        for (BridgePort port : ports) {
            TreePort at = port.tree();
            if (at.state == PortState.DISABLED) {
                continue;
            }
            if (port == tree.election().rootPort()) {
                at.configPending = false;
                at.topologyChangeAcknowledge = false;
                makeForwarding(port);
            } else if (tree.election().isDesignated(port)) {
                at.messageAge.stop();
                makeForwarding(port);
            } else {
                at.configPending = false;
                at.topologyChangeAcknowledge = false;
                makeBlocking(port);
            }
            live |= at.state == PortState.FORWARDING;
        }
        bridge.carrier(live);
    }

    private void makeForwarding(BridgePort port) {
        TreePort at = port.tree();
        if (at.state != PortState.BLOCKING) {
            return;
        }
        if (!tree.isEnabled() || tree.times().forwardDelay() == 0) {
            enter(port, PortState.FORWARDING);
            tree.change().detect();
            at.forwardDelay.stop();
        } else {
            enter(port, PortState.LISTENING);
        }
        if (tree.times().forwardDelay() != 0) {
            at.forwardDelay.start(tree.times().forwardDelay());
        }
    }

    private void makeBlocking(BridgePort port) {
        TreePort at = port.tree();
        if (at.state == PortState.DISABLED || at.state == PortState.BLOCKING) {
            return;
        }
        if (at.state == PortState.FORWARDING || at.state == PortState.LEARNING) {
            tree.change().detect();
        }
        enter(port, PortState.BLOCKING);
        at.forwardDelay.stop();
    }

    /** It has listened, or learned, for long enough ({@code br_forward_delay_timer_expired}). */
    void delayOver(BridgePort port) {
        TreePort at = port.tree();
        if (at.state == PortState.LISTENING) {
            enter(port, PortState.LEARNING);
            at.forwardDelay.start(tree.times().forwardDelay());
        } else if (at.state == PortState.LEARNING) {
            enter(port, PortState.FORWARDING);
            if (tree.election().leadsAnywhere()) {
                tree.change().detect();
            }
            bridge.carrier(true);
        }
    }

    /** Changes a port's state, which the kernel logs ({@code br_set_state}). */
    void enter(BridgePort port, PortState state) {
        port.tree().state = state;
        tree.log("port " + port.number() + "(" + port.device().name() + ") entered " + state.text() + " state");
    }
}
