package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.sim.Simulation;

/** What a port knows of the spanning tree: who leads on its segment, as far as it has heard. {@link SpanningTree} alone changes it. */
public final class TreePort {
    final TreeTimer messageAge;
    final TreeTimer forwardDelay;
    final TreeTimer hold;
    PortState state = PortState.DISABLED;
    int priority = 32;
    int cost;
    long designatedRoot;
    long designatedBridge;
    int designatedCost;
    int designatedPort;
    /** Virtual time at which the root sent what was heard last. */
    long designatedAge;

    boolean topologyChangeAcknowledge;
    boolean configPending;

    TreePort(BridgePort port, int cost) {
        SpanningTree tree = port.bridge().forwarding().tree();
        Simulation simulation = port.bridge().kernel().simulation();
        this.cost = cost;
        messageAge = new TreeTimer(simulation, () -> tree.messageAged(port));
        forwardDelay = new TreeTimer(simulation, () -> tree.states().delayOver(port));
        hold = new TreeTimer(simulation, () -> tree.messages().holdOver(port));
    }

    void stopTimers() {
        messageAge.stop();
        forwardDelay.stop();
        hold.stop();
    }

    public long designatedRoot() {
        return designatedRoot;
    }

    public long designatedBridge() {
        return designatedBridge;
    }

    public int designatedCost() {
        return designatedCost;
    }

    public int designatedPort() {
        return designatedPort;
    }

    public boolean topologyChangeAcknowledge() {
        return topologyChangeAcknowledge;
    }

    public boolean configPending() {
        return configPending;
    }

    public TreeTimer messageAge() {
        return messageAge;
    }

    public TreeTimer forwardDelay() {
        return forwardDelay;
    }

    public TreeTimer hold() {
        return hold;
    }
}
