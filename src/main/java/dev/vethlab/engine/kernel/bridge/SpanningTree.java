package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.Bridge;
import java.util.List;

/**
 * The spanning tree protocol of one bridge (IEEE 802.1D-1998; {@code net/bridge/br_stp.c} and its siblings, whose names the methods have
 * where they differ from the standard's). Without it a port that is up forwards.
 */
public final class SpanningTree {
    private static final int MAX_PORT_PRIORITY = 63;
    private static final int MAX_COST = 65535;

    private final Bridge bridge;
    private final ForwardingDatabase database;
    private final TreeTimes times = new TreeTimes();
    private final TreeElection election;
    private final TreeStates states;
    private final TreeChange change;
    private final TreeMessages messages;
    private boolean enabled;

    SpanningTree(Bridge bridge, List<BridgePort> ports, ForwardingDatabase database) {
        this.bridge = bridge;
        this.database = database;
        election = new TreeElection(bridge, ports);
        states = new TreeStates(this, bridge, ports);
        change = new TreeChange(this, bridge, database);
        messages = new TreeMessages(this, bridge, ports);
    }

    TreeElection election() {
        return election;
    }

    TreeStates states() {
        return states;
    }

    TreeChange change() {
        return change;
    }

    TreeMessages messages() {
        return messages;
    }

    // ---- what it is ----

    public boolean isEnabled() {
        return enabled;
    }

    public int priority() {
        return election.priority();
    }

    /** Priority and address of this bridge. */
    public long id() {
        return election.id();
    }

    /** An {@link #id()} as sysfs writes it ({@code br_show_bridge_id}): {@code 8000.020000000001}. */
    public static String text(long id) {
        return String.format("%04x.%012x", id >>> 48, id & 0xFFFF_FFFF_FFFFL);
    }

    /** The bridge that this one holds for the root. */
    public long root() {
        return election.root();
    }

    public int rootPathCost() {
        return election.rootPathCost();
    }

    /** The number of the port towards the root; 0 at the root itself. */
    public int rootPort() {
        BridgePort port = election.rootPort();
        return port == null ? 0 : port.number();
    }

    public boolean topologyChange() {
        return change.isCurrent();
    }

    public boolean topologyChangeDetected() {
        return change.isDetected();
    }

    public TreeTimes times() {
        return times;
    }

    public TreeTimer helloTimer() {
        return messages.hello();
    }

    public TreeTimer notificationTimer() {
        return change.notification();
    }

    public TreeTimer changeTimer() {
        return change.timer();
    }

    // ---- settings ----

    /** Switches it on or off ({@code br_stp_set_enabled}). */
    public void setEnabled(boolean on) {
        if (on == enabled) {
            return;
        }
        enabled = on;
        if (on) {
            if (bridge.isUp()) {
                messages.startHello();
            }
            states.select();
        } else {
            messages.hello().stop();
            change.notification().stop();
        }
    }

    /** @throws KernelException ERANGE if not 2 to 30 s while the protocol runs */
    public void setForwardDelay(long hundredths) throws KernelException {
        times.setForwardDelay(hundredths, enabled, election.isRoot());
    }

    /** @throws KernelException ERANGE if not 1 to 10 s */
    public void setHelloTime(long hundredths) throws KernelException {
        times.setHelloTime(hundredths, election.isRoot());
    }

    /** @throws KernelException ERANGE if not 6 to 40 s */
    public void setMaxAge(long hundredths) throws KernelException {
        times.setMaxAge(hundredths, election.isRoot());
    }

    /** Learned addresses are forgotten after this; during a change of the topology sooner. */
    public void setAgeingTime(long nanos) {
        change.setAgeingTime(nanos);
    }

    /** {@code br_stp_set_bridge_priority}. */
    public void setPriority(int value) {
        boolean was = election.isRoot();
        election.setPriority(value);
        elect(was);
    }

    /** The bridge has another address ({@code br_stp_change_bridge_id}). */
    public void addressChanged(long before) {
        boolean was = election.rename(before);
        election.update();
        if (election.isRoot() && !was) {
            becomeRoot();
        }
    }

    /** @throws KernelException ERANGE beyond 63 */
    public void setPriority(BridgePort port, int value) throws KernelException {
        if (value > MAX_PORT_PRIORITY) {
            throw new KernelException(Errno.ERANGE);
        }
        TreePort at = port.tree();
        boolean designated = election.isDesignated(port);
        at.priority = value;
        if (designated) {
            at.designatedPort = port.id();
        }
        if (at.designatedBridge == id() && port.id() < at.designatedPort) {
            election.becomeDesignated(port);
            states.select();
        }
    }

    /** Sets a state by hand ({@code br_set_port_state}). @throws KernelException EBUSY while the protocol does, ENETDOWN without carrier */
    public void setState(BridgePort port, PortState state) throws KernelException {
        if (enabled) {
            throw new KernelException(Errno.EBUSY);
        }
        if (!port.device().isRunning() && state != PortState.DISABLED) {
            throw new KernelException(Errno.ENETDOWN);
        }
        states.enter(port, state);
        states.select();
    }

    /** @throws KernelException ERANGE if not 1 to 65535 */
    public void setCost(BridgePort port, int cost) throws KernelException {
        if (cost < 1 || cost > MAX_COST) {
            throw new KernelException(Errno.ERANGE);
        }
        port.tree().cost = cost;
        election.update();
        states.select();
    }

    // ---- up and down ----

    /** The bridge came up ({@code br_stp_enable_bridge}). */
    public void bridgeUp() {
        if (enabled) {
            messages.startHello();
        }
        messages.sendConfigs();
    }

    /** It went down ({@code br_stp_disable_bridge}); its ports are disabled already. */
    public void bridgeDown() {
        change.forget();
        messages.hello().stop();
    }

    /** A port is new ({@code new_nbp}). */
    void added(BridgePort port) {
        election.becomeDesignated(port);
        states.enter(port, PortState.BLOCKING);
        states.enter(port, PortState.DISABLED);
    }

    void log(String text) {
        bridge.namespace().machine().log(bridge.name() + ": " + text);
    }

    /** A port can be used, or no longer ({@code br_port_carrier_check}). */
    public void check(BridgePort port) {
        boolean usable = bridge.isUp() && port.device().isRunning();
        if (usable && port.tree().state == PortState.DISABLED) {
            enable(port);
        } else if (!usable && port.tree().state != PortState.DISABLED) {
            disable(port);
        }
    }

    private void enable(BridgePort port) {
        election.becomeDesignated(port);
        states.enter(port, PortState.BLOCKING);
        port.tree().topologyChangeAcknowledge = false;
        port.tree().configPending = false;
        states.select();
    }

    /** Its device went down or leaves the bridge ({@code br_stp_disable_port}). */
    public void disable(BridgePort port) {
        boolean was = election.isRoot();
        election.becomeDesignated(port);
        states.enter(port, PortState.DISABLED);
        port.tree().topologyChangeAcknowledge = false;
        port.tree().configPending = false;
        port.tree().stopTimers();
        database.removeIf(entry -> entry.port() == port && entry.isDynamic());
        elect(was);
    }

    // ---- who is who ----

    /** Something it goes by has changed, before which it was the root or was not. */
    private void elect(boolean wasRoot) {
        election.update();
        states.select();
        if (election.isRoot() && !wasRoot) {
            becomeRoot();
        }
    }

    private void becomeRoot() {
        times.takeOwn();
        change.detect();
        change.notification().stop();
        if (bridge.isUp()) {
            messages.sendConfigs();
            if (enabled) {
                messages.startHello();
            }
        }
    }

    /** Nothing was heard of the root by this port for too long. */
    void messageAged(BridgePort port) {
        if (port.tree().state == PortState.DISABLED) {
            return;
        }
        boolean was = election.isRoot();
        election.becomeDesignated(port);
        elect(was);
    }
}
