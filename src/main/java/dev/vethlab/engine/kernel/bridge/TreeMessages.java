package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.packet.Bpdu;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.trace.Cause;
import java.util.List;

/** What bridges tell each other in a spanning tree ({@code net/bridge/br_stp_bpdu.c}): who they hold for the root, and changes. */
final class TreeMessages {
    private static final long SECOND = 1_000_000_000L;
    private static final long TICK_OF_256TH = SECOND / 256;
    private static final long HOLD_TIME = SECOND;

    private final SpanningTree tree;
    private final Bridge bridge;
    private final List<BridgePort> ports;
    private final TreeTimer hello;

    TreeMessages(SpanningTree tree, Bridge bridge, List<BridgePort> ports) {
        this.tree = tree;
        this.bridge = bridge;
        this.ports = ports;
        this.hello = new TreeTimer(bridge.kernel().simulation(), this::sayHello);
    }

    TreeTimer hello() {
        return hello;
    }

    /** The root speaks every so often. */
    void startHello() {
        hello.start(tree.times().helloTime());
    }

    private void sayHello() {
        if (bridge.isUp()) {
            sendConfigs();
            startHello();
        }
    }

    /** What had to wait may be sent now ({@code br_hold_timer_expired}). */
    void holdOver(BridgePort port) {
        if (port.tree().configPending) {
            sendConfig(port);
        }
    }

    /** On every segment that this bridge leads on ({@code br_config_bpdu_generation}). */
    void sendConfigs() {
        for (BridgePort port : List.copyOf(ports)) {
            if (port.tree().state != PortState.DISABLED && tree.election().isDesignated(port)) {
                sendConfig(port);
            }
        }
    }

    /** {@code br_transmit_config}: at most one a second. */
    private void sendConfig(BridgePort port) {
        TreePort at = port.tree();
        if (!tree.isEnabled()) {
            return;
        }
        if (at.hold.isPending()) {
            at.configPending = true;
            return;
        }
        BridgePort rootPort = tree.election().rootPort();
        long age = rootPort == null ? 0 : bridge.kernel().now() - rootPort.tree().designatedAge + TICK_OF_256TH;
        if (age < tree.times().maxAge()) {
            var config = new Bpdu.Config(tree.change().isCurrent(), at.topologyChangeAcknowledge,
                    tree.root(), tree.rootPathCost(), tree.id(), port.id(), TreeTimes.ticks(age), TreeTimes.ticks(tree.times().maxAge()),
                    TreeTimes.ticks(tree.times().helloTime()), TreeTimes.ticks(tree.times().forwardDelay()));
            at.topologyChangeAcknowledge = false;
            at.configPending = false;
            at.hold.start(HOLD_TIME);
            send(port, config);
        }
    }

    void send(BridgePort port, Bpdu bpdu) {
        if (!tree.isEnabled()) {
            return;
        }
        var frame = new EthernetFrame(Bpdu.GROUP, port.device().mac(), bpdu.payload());
        port.device().send(PacketBuffer.ofFrame(bridge.kernel().tracer().born(0, Cause.SENT, "stp"), frame));
    }

    /** {@code br_stp_rcv}. */
    void receive(BridgePort port, Bpdu bpdu) {
        if (!tree.isEnabled() || !bridge.isUp() || port.tree().state == PortState.DISABLED) {
            return;
        }
        switch (bpdu) {
            case Bpdu any when port.guard -> {
                tree.log("BPDU received on blocked port " + port.number() + "(" + port.device().name() + ")");
                tree.disable(port);
            }
            case Bpdu.Config config -> receive(port, config);
            case Bpdu.TopologyChange told -> {
                if (tree.election().isDesignated(port)) {
                    tree.change().detect();
                    port.tree().topologyChangeAcknowledge = true;
                    sendConfig(port);
                }
            }
        }
    }

    private void receive(BridgePort port, Bpdu.Config config) {
        boolean was = tree.election().isRoot();
        if (!TreeOrder.supersedes(config, port.tree(), tree.id())) {
            if (tree.election().isDesignated(port)) {
                sendConfig(port);
            }
            return;
        }
        record(port.tree(), config);
        tree.election().update();
        tree.states().select();
        if (!tree.election().isRoot() && was) {
            hello.stop();
            tree.change().leaveToRoot();
        }
        if (port == tree.election().rootPort()) {
            tree.times().take(config);
            tree.change().set(config.topologyChange());
            sendConfigs();
            if (config.acknowledged()) {
                tree.change().acknowledged();
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
