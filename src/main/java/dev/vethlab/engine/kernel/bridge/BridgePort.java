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

    /** Whether a BPDU that comes in shuts it: nothing but end stations is expected there ({@code BR_BPDU_GUARD}). */
    public boolean guard;

    public boolean learning = true;
    public boolean flood = true;
    public boolean multicastFlood = true;
    public boolean broadcastFlood = true;
    private final TreePort tree;

    public BridgePort(Bridge bridge, NetDevice device, int number) {
        this.bridge = bridge;
        this.device = device;
        this.number = number;
        this.tree = new TreePort(this, costOf(device.speed()));
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

    public PortState state() {
        return tree.state;
    }

    /** What it knows of the spanning tree. */
    public TreePort tree() {
        return tree;
    }

    public int priority() {
        return tree.priority;
    }

    /** Priority and number in one. */
    public int id() {
        return tree.priority << 10 | number;
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
        return tree.cost;
    }

    /** Whether frames pass. */
    public boolean isForwarding() {
        return tree.state == PortState.FORWARDING;
    }
}
