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

    public BridgePort(Bridge bridge, NetDevice device, int number) {
        this.bridge = bridge;
        this.device = device;
        this.number = number;
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

    /** Whether frames pass: its device is up and has carrier. */
    public boolean isForwarding() {
        return device.isRunning();
    }
}
