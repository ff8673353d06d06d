package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.kernel.device.Bridge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is who in a spanning tree as one bridge sees it: the root, the port towards it, the ports on whose segments it leads (8.6.8). */
final class TreeElection {
    private final Bridge bridge;
    private final List<BridgePort> ports;
    private int priority = 0x8000;
    private long root;
    private int rootPathCost;
    private @Nullable BridgePort rootPort;

    TreeElection(Bridge bridge, List<BridgePort> ports) {
        this.bridge = bridge;
        this.ports = ports;
        this.root = id();
    }

    int priority() {
        return priority;
    }

    long id() {
        return (long) priority << 48 | bridge.bridgeId();
    }

    long root() {
        return root;
    }

    int rootPathCost() {
        return rootPathCost;
    }

    @Nullable BridgePort rootPort() {
        return rootPort;
    }

    boolean isRoot() {
        return root == id();
    }

    /** The ports on whose segments it leads have its new identifier at once ({@code br_stp_set_bridge_priority}). */
    void setPriority(int value) {
        long id = (long) value << 48 | bridge.bridgeId();
        for (BridgePort port : ports) {
            if (port.tree().state != PortState.DISABLED && isDesignated(port)) {
                port.tree().designatedBridge = id;
            }
        }
        priority = value;
    }

    /** What was known of the bridge by its address before is known of it now ({@code br_stp_change_bridge_id}); whether it was the root. */
    boolean rename(long addressBefore) {
        long old = (long) priority << 48 | addressBefore;
        boolean was = root == old;
        for (BridgePort port : ports) {
            TreePort at = port.tree();
            if (at.designatedBridge == old) {
                at.designatedBridge = id();
            }
            if (at.designatedRoot == old) {
                at.designatedRoot = id();
            }
        }
        return was;
    }

    /** Whether it leads on the segment of any port. */
    boolean leadsAnywhere() {
        return ports.stream().anyMatch(one -> one.tree().state != PortState.DISABLED && one.tree().designatedBridge == id());
    }

    /** Whether this bridge leads on the segment of a port, by this port. */
    boolean isDesignated(BridgePort port) {
        return port.tree().designatedBridge == id() && port.tree().designatedPort == port.id();
    }

    void becomeDesignated(BridgePort port) {
        TreePort at = port.tree();
        at.designatedRoot = root;
        at.designatedCost = rootPathCost;
        at.designatedBridge = id();
        at.designatedPort = port.id();
    }

    /** {@code br_configuration_update}: the root and the way there, then the segments on which this bridge leads. */
    void update() {
        rootPort = null;
        for (BridgePort port : ports) {
            if (isBetterWay(port)) {
                rootPort = port;
            }
        }
        root = rootPort == null ? id() : rootPort.tree().designatedRoot;
        rootPathCost = rootPort == null ? 0 : rootPort.tree().designatedCost + rootPort.tree().cost;
        for (BridgePort port : ports) {
            if (port.tree().state != PortState.DISABLED && shouldLead(port)) {
                becomeDesignated(port);
            }
        }
    }

    /** {@code br_should_become_root_port}. */
    private boolean isBetterWay(BridgePort port) {
        TreePort at = port.tree();
        if (at.state == PortState.DISABLED || isDesignated(port) || Long.compareUnsigned(id(), at.designatedRoot) <= 0) {
            return false;
        }
        if (rootPort == null) {
            return true;
        }
        int order = TreeOrder.ofWays(at, rootPort.tree());
        return order != 0 ? order < 0 : port.id() < rootPort.id();
    }

    /** {@code br_should_become_designated_port}. */
    private boolean shouldLead(BridgePort port) {
        TreePort at = port.tree();
        if (isDesignated(port) || at.designatedRoot != root) {
            return true;
        }
        int order = Integer.compare(rootPathCost, at.designatedCost);
        order = order != 0 ? order : Long.compareUnsigned(id(), at.designatedBridge);
        return order != 0 ? order < 0 : port.id() < at.designatedPort;
    }
}
