package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.NetDevice;

/** A port of a bridge ({@code struct net_bridge_port}): a device that gave itself up to a switch. */
public final class BridgePort {
    private final Bridge bridge;
    private final NetDevice device;
    private final int number;
    public boolean hairpin;
    public boolean isolated;
    public boolean learning = true;
    public boolean flood = true;
    public boolean multicastFlood = true;
    public boolean broadcastFlood = true;
    private int priority = 32;
    private int cost;
    private boolean forwarding;

    public BridgePort(Bridge bridge, NetDevice device, int number) {
        this.bridge = bridge;
        this.device = device;
        this.number = number;
        this.cost = costOf(device.speed());
    }

    public Bridge bridge() {
        return bridge;
    }

    public NetDevice device() {
        return device;
    }

    /** From 1, the lowest that is free. */
    public int number() {
        return number;
    }

    /** The state of IEEE 802.1D by its name; without STP a port either forwards or is disabled. */
    public String stateName() {
        return isForwarding() ? "forwarding" : "disabled";
    }

    public int priority() {
        return priority;
    }

    public void setPriority(int priority) {
        this.priority = priority;
    }

    /** {@code port_cost} of {@code br_if.c}, the costs of IEEE 802.1D. */
    private static int costOf(int speed) {
        return switch (speed) {
            case 10_000 -> 2;
            default -> 100;
        };
    }

    /** The path cost. */
    public int cost() {
        return cost;
    }

    public void setCost(int cost) {
        this.cost = cost;
    }

    /** Whether frames pass: the bridge is up, its device too, and it has carrier. */
    public boolean isForwarding() {
        return forwarding;
    }

    /** Looks at the devices' states again ({@code br_stp_enable_port}, {@code br_stp_disable_port}). */
    public void refresh() {
        forwarding = bridge.isUp() && device.isRunning();
    }
}
