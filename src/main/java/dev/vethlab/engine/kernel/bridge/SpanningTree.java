package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.packet.Bpdu;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.trace.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spanning tree protocol of one bridge (IEEE 802.1D-1998; {@code net/bridge/br_stp.c} and its siblings, whose names the methods have
 * where they differ from the standard's). Without it a port that is up forwards.
 */
public final class SpanningTree {
    private static final long SECOND = 1_000_000_000L;
    private static final long TICK_OF_256TH = SECOND / 256;
    private static final long HOLD_TIME = SECOND;
    private static final int MAX_PORT_PRIORITY = 63;
    private static final int MAX_COST = 65535;

    private final Bridge bridge;
    private final List<BridgePort> ports;
    private final ForwardingDatabase database;
    private final TreeTimes times = new TreeTimes();
    private final TreeTimer hello;
    private final TreeTimer notification;
    private final TreeTimer change;
    private boolean enabled;
    private int priority = 0x8000;
    private long root;
    private int rootPathCost;
    private @Nullable BridgePort rootPort;
    private boolean topologyChange;
    private boolean changeDetected;
    private long ageingTime;

    SpanningTree(Bridge bridge, List<BridgePort> ports, ForwardingDatabase database) {
        this.bridge = bridge;
        this.ports = ports;
        this.database = database;
        this.ageingTime = database.ageingTime();
        this.root = id();
        hello = new TreeTimer(bridge.kernel().simulation(), this::sayHello);
        notification = new TreeTimer(bridge.kernel().simulation(), this::notifyAgain);
        change = new TreeTimer(bridge.kernel().simulation(), this::changeIsOver);
    }

    // ---- what it is ----

    public boolean isEnabled() {
        return enabled;
    }

    public int priority() {
        return priority;
    }

    /** Priority and address of this bridge. */
    public long id() {
        return (long) priority << 48 | bridge.bridgeId();
    }

    /** An {@link #id()} as sysfs writes it ({@code br_show_bridge_id}): {@code 8000.020000000001}. */
    public static String text(long id) {
        return String.format("%04x.%012x", id >>> 48, id & 0xFFFF_FFFF_FFFFL);
    }

    /** The bridge that this one holds for the root. */
    public long root() {
        return root;
    }

    public int rootPathCost() {
        return rootPathCost;
    }

    /** The number of the port towards the root; 0 at the root itself. */
    public int rootPort() {
        return rootPort == null ? 0 : rootPort.number();
    }

    public boolean topologyChange() {
        return topologyChange;
    }

    public boolean topologyChangeDetected() {
        return changeDetected;
    }

    public TreeTimes times() {
        return times;
    }

    public TreeTimer helloTimer() {
        return hello;
    }

    public TreeTimer notificationTimer() {
        return notification;
    }

    public TreeTimer changeTimer() {
        return change;
    }

    private boolean isRoot() {
        return root == id();
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
                hello.start(times.helloTime());
            }
            selectStates();
        } else {
            hello.stop();
            notification.stop();
        }
    }

    /** @throws KernelException ERANGE if not 2 to 30 s while the protocol runs */
    public void setForwardDelay(long hundredths) throws KernelException {
        times.setForwardDelay(hundredths, enabled, isRoot());
    }

    /** @throws KernelException ERANGE if not 1 to 10 s */
    public void setHelloTime(long hundredths) throws KernelException {
        times.setHelloTime(hundredths, isRoot());
    }

    /** @throws KernelException ERANGE if not 6 to 40 s */
    public void setMaxAge(long hundredths) throws KernelException {
        times.setMaxAge(hundredths, isRoot());
    }

    /** Learned addresses are forgotten after this; during a change of the topology sooner. */
    public void setAgeingTime(long nanos) {
        ageingTime = nanos;
        database.setAgeingTime(nanos);
    }

    /** {@code br_stp_set_bridge_priority}. */
    public void setPriority(int value) {
        boolean was = isRoot();
        long before = id();
        for (BridgePort port : ports) {
            if (port.tree().state != PortState.DISABLED && isDesignated(port)) {
                port.tree().designatedBridge = (long) value << 48 | before & 0xFFFF_FFFF_FFFFL;
            }
        }
        priority = value;
        elect(was);
    }

    /** The bridge has another address ({@code br_stp_change_bridge_id}). */
    public void addressChanged(long before) {
        long old = (long) priority << 48 | before;
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
        update();
        if (isRoot() && !was) {
            becomeRoot();
        }
    }

    /** @throws KernelException ERANGE beyond 63 */
    public void setPriority(BridgePort port, int value) throws KernelException {
        if (value > MAX_PORT_PRIORITY) {
            throw new KernelException(Errno.ERANGE);
        }
        TreePort at = port.tree();
        boolean designated = isDesignated(port);
        at.priority = value;
        if (designated) {
            at.designatedPort = port.id();
        }
        if (at.designatedBridge == id() && port.id() < at.designatedPort) {
            becomeDesignated(port);
            selectStates();
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
        enter(port, state);
        selectStates();
    }

    /** @throws KernelException ERANGE if not 1 to 65535 */
    public void setCost(BridgePort port, int cost) throws KernelException {
        if (cost < 1 || cost > MAX_COST) {
            throw new KernelException(Errno.ERANGE);
        }
        port.tree().cost = cost;
        update();
        selectStates();
    }

    // ---- up and down ----

    /** The bridge came up ({@code br_stp_enable_bridge}). */
    public void bridgeUp() {
        if (enabled) {
            hello.start(times.helloTime());
        }
        generateConfigs();
    }

    /** It went down ({@code br_stp_disable_bridge}); its ports are disabled already. */
    public void bridgeDown() {
        setTopologyChange(false);
        changeDetected = false;
        hello.stop();
        change.stop();
        notification.stop();
    }

    /** A port is new ({@code new_nbp}). */
    void added(BridgePort port) {
        becomeDesignated(port);
        enter(port, PortState.BLOCKING);
        enter(port, PortState.DISABLED);
    }

    /** Changes a port's state, which the kernel logs ({@code br_set_state}). */
    private void enter(BridgePort port, PortState state) {
        port.tree().state = state;
        log("port " + port.number() + "(" + port.device().name() + ") entered " + state.text() + " state");
    }

    private void log(String text) {
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
        becomeDesignated(port);
        enter(port, PortState.BLOCKING);
        port.tree().topologyChangeAcknowledge = false;
        port.tree().configPending = false;
        selectStates();
    }

    /** Its device went down or leaves the bridge ({@code br_stp_disable_port}). */
    public void disable(BridgePort port) {
        boolean was = isRoot();
        becomeDesignated(port);
        enter(port, PortState.DISABLED);
        port.tree().topologyChangeAcknowledge = false;
        port.tree().configPending = false;
        port.tree().stopTimers();
        database.removeIf(entry -> entry.port() == port && entry.isDynamic());
        elect(was);
    }

    // ---- who is who ----

    private boolean isDesignated(BridgePort port) {
        return port.tree().designatedBridge == id() && port.tree().designatedPort == port.id();
    }

    private void becomeDesignated(BridgePort port) {
        TreePort at = port.tree();
        at.designatedRoot = root;
        at.designatedCost = rootPathCost;
        at.designatedBridge = id();
        at.designatedPort = port.id();
    }

    /** Something it goes by has changed, before which it was the root or was not. */
    private void elect(boolean wasRoot) {
        update();
        selectStates();
        if (isRoot() && !wasRoot) {
            becomeRoot();
        }
    }

    /** {@code br_configuration_update}: the root and the way there, then the segments on which this bridge leads. */
    private void update() {
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

    /** {@code br_port_state_selection}. */
    void selectStates() {
        boolean live = false;
        for (BridgePort port : ports) {
            TreePort at = port.tree();
            if (at.state == PortState.DISABLED) {
                continue;
            }
            if (port == rootPort) {
                at.configPending = false;
                at.topologyChangeAcknowledge = false;
                makeForwarding(port);
            } else if (isDesignated(port)) {
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
        if (!enabled || times.forwardDelay() == 0) {
            enter(port, PortState.FORWARDING);
            detectChange();
            at.forwardDelay.stop();
        } else {
            enter(port, PortState.LISTENING);
        }
        if (times.forwardDelay() != 0) {
            at.forwardDelay.start(times.forwardDelay());
        }
    }

    private void makeBlocking(BridgePort port) {
        TreePort at = port.tree();
        if (at.state == PortState.DISABLED || at.state == PortState.BLOCKING) {
            return;
        }
        if (at.state == PortState.FORWARDING || at.state == PortState.LEARNING) {
            detectChange();
        }
        enter(port, PortState.BLOCKING);
        at.forwardDelay.stop();
    }

    private void becomeRoot() {
        times.takeOwn();
        detectChange();
        notification.stop();
        if (bridge.isUp()) {
            generateConfigs();
            if (enabled) {
                hello.start(times.helloTime());
            }
        }
    }

    // ---- changes of the topology ----

    private void detectChange() {
        if (!enabled) {
            return;
        }
        log("topology change detected, " + (isRoot() ? "propagating" : "sending tcn bpdu"));
        if (isRoot()) {
            setTopologyChange(true);
            change.start(times.ownForwardDelay() + times.ownMaxAge());
        } else if (!changeDetected) {
            notifyRoot();
        }
        changeDetected = true;
    }

    private void notifyRoot() {
        if (rootPort != null) {
            send(rootPort, new Bpdu.TopologyChange());
        }
        notification.start(times.ownHelloTime());
    }

    /** Meanwhile addresses age faster ({@code __br_set_topology_change}). */
    private void setTopologyChange(boolean on) {
        if (enabled && topologyChange != on) {
            database.setAgeingTime(on ? 2 * times.forwardDelay() : ageingTime);
        }
        topologyChange = on;
    }

    // ---- timers ----

    private void sayHello() {
        if (bridge.isUp()) {
            generateConfigs();
            hello.start(times.helloTime());
        }
    }

    private void notifyAgain() {
        if (!isRoot() && bridge.isUp()) {
            notifyRoot();
        }
    }

    private void changeIsOver() {
        changeDetected = false;
        setTopologyChange(false);
    }

    /** Nothing was heard of the root by this port for too long. */
    void messageAged(BridgePort port) {
        if (port.tree().state == PortState.DISABLED) {
            return;
        }
        boolean was = isRoot();
        becomeDesignated(port);
        elect(was);
    }

    void delayOver(BridgePort port) {
        TreePort at = port.tree();
        if (at.state == PortState.LISTENING) {
            enter(port, PortState.LEARNING);
            at.forwardDelay.start(times.forwardDelay());
        } else if (at.state == PortState.LEARNING) {
            enter(port, PortState.FORWARDING);
            boolean leads = ports.stream().anyMatch(one -> one.tree().state != PortState.DISABLED && one.tree().designatedBridge == id());
            if (leads) {
                detectChange();
            }
            bridge.carrier(true);
        }
    }

    void holdOver(BridgePort port) {
        if (port.tree().configPending) {
            sendConfig(port);
        }
    }

    // ---- telling and hearing ----

    private void generateConfigs() {
        for (BridgePort port : List.copyOf(ports)) {
            if (port.tree().state != PortState.DISABLED && isDesignated(port)) {
                sendConfig(port);
            }
        }
    }

    /** {@code br_transmit_config}: at most one a second. */
    private void sendConfig(BridgePort port) {
        TreePort at = port.tree();
        if (!enabled) {
            return;
        }
        if (at.hold.isPending()) {
            at.configPending = true;
            return;
        }
        long age = rootPort == null ? 0 : bridge.kernel().now() - rootPort.tree().designatedAge + TICK_OF_256TH;
        if (age < times.maxAge()) {
            var config = new Bpdu.Config(topologyChange, at.topologyChangeAcknowledge, root, rootPathCost, id(), port.id(),
                    TreeTimes.ticks(age), TreeTimes.ticks(times.maxAge()),
                    TreeTimes.ticks(times.helloTime()), TreeTimes.ticks(times.forwardDelay()));
            at.topologyChangeAcknowledge = false;
            at.configPending = false;
            at.hold.start(HOLD_TIME);
            send(port, config);
        }
    }

    private void send(BridgePort port, Bpdu bpdu) {
        if (!enabled) {
            return;
        }
        var frame = new EthernetFrame(Bpdu.GROUP, port.device().mac(), bpdu.payload());
        port.device().send(PacketBuffer.ofFrame(bridge.kernel().tracer().born(0, Cause.SENT, "stp"), frame));
    }

    /** {@code br_stp_rcv}. */
    void receive(BridgePort port, Bpdu bpdu) {
        if (!enabled || !bridge.isUp() || port.tree().state == PortState.DISABLED) {
            return;
        }
        switch (bpdu) {
            case Bpdu any when port.guard -> {
                log("BPDU received on blocked port " + port.number() + "(" + port.device().name() + ")");
                disable(port);
            }
            case Bpdu.Config config -> receive(port, config);
            case Bpdu.TopologyChange told -> {
                if (isDesignated(port)) {
                    detectChange();
                    port.tree().topologyChangeAcknowledge = true;
                    sendConfig(port);
                }
            }
        }
    }

    private void receive(BridgePort port, Bpdu.Config config) {
        boolean was = isRoot();
        if (!TreeOrder.supersedes(config, port.tree(), id())) {
            if (isDesignated(port)) {
                sendConfig(port);
            }
            return;
        }
        record(port.tree(), config);
        update();
        selectStates();
        if (!isRoot() && was) {
            hello.stop();
            if (changeDetected) {
                change.stop();
                notifyRoot();
            }
        }
        if (port == rootPort) {
            times.take(config);
            setTopologyChange(config.topologyChange());
            generateConfigs();
            if (config.acknowledged()) {
                changeDetected = false;
                notification.stop();
            }
        }
    }

    private void record(TreePort at, Bpdu.Config config) {
        at.designatedRoot = config.root();
        at.designatedCost = config.rootPathCost();
        at.designatedBridge = config.bridge();
        at.designatedPort = config.port();
        at.designatedAge = bridge.kernel().now() - TreeTimes.nanos(config.messageAge());
        at.messageAge.start(TreeTimes.nanos(config.maxAge()) - TreeTimes.nanos(config.messageAge()));
    }
}
