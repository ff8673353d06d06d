package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.packet.Bpdu;
import dev.vethlab.engine.sim.Simulation;

/** Changes of the topology: the root hears of them, and tells all, so that learned addresses are soon forgotten (8.6.14). */
final class TreeChange {
    private final SpanningTree tree;
    private final Bridge bridge;
    private final ForwardingDatabase database;
    private final TreeTimer timer;
    private final TreeTimer notification;
    private boolean current;
    private boolean detected;
    private long ageingTime;

    TreeChange(SpanningTree tree, Bridge bridge, ForwardingDatabase database) {
        this.tree = tree;
        this.bridge = bridge;
        this.database = database;
        this.ageingTime = database.ageingTime();
        Simulation simulation = bridge.kernel().simulation();
        timer = new TreeTimer(simulation, this::isOver);
        notification = new TreeTimer(simulation, this::notifyAgain);
    }

    /** Whether the root says that there is one. */
    boolean isCurrent() {
        return current;
    }

    /** Whether this bridge has found one that is not over, or of which the root has not heard. */
    boolean isDetected() {
        return detected;
    }

    TreeTimer timer() {
        return timer;
    }

    TreeTimer notification() {
        return notification;
    }

    void setAgeingTime(long nanos) {
        ageingTime = nanos;
        database.setAgeingTime(nanos);
    }

    /** Another bridge is the root from now on: that one is to hear of what was detected. */
    void leaveToRoot() {
        if (detected) {
            timer.stop();
            notifyRoot();
        }
    }

    /** The root has heard of it. */
    void acknowledged() {
        detected = false;
        notification.stop();
    }

    /** As the bridge goes down. */
    void forget() {
        set(false);
        detected = false;
        timer.stop();
        notification.stop();
    }

    /** A port forwards, or no longer ({@code br_topology_change_detection}). */
    void detect() {
        if (!tree.isEnabled()) {
            return;
        }
        tree.log("topology change detected, " + (tree.election().isRoot() ? "propagating" : "sending tcn bpdu"));
        if (tree.election().isRoot()) {
            set(true);
            timer.start(tree.times().ownForwardDelay() + tree.times().ownMaxAge());
        } else if (!detected) {
            notifyRoot();
        }
        detected = true;
    }

    /** Until the root has heard of it ({@code br_transmit_tcn}). */
    void notifyRoot() {
        BridgePort rootPort = tree.election().rootPort();
        if (rootPort != null) {
            tree.messages().send(rootPort, new Bpdu.TopologyChange());
        }
        notification.start(tree.times().ownHelloTime());
    }

    /** Meanwhile addresses age faster ({@code __br_set_topology_change}). */
    void set(boolean on) {
        if (tree.isEnabled() && current != on) {
            database.setAgeingTime(on ? 2 * tree.times().forwardDelay() : ageingTime);
        }
        current = on;
    }

    private void notifyAgain() {
        if (!tree.election().isRoot() && bridge.isUp()) {
            notifyRoot();
        }
    }

    private void isOver() {
        detected = false;
        set(false);
    }
}
