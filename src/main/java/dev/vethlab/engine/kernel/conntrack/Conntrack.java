package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.Hook;

/** The table of tracked connections of one network namespace. */
public final class Conntrack {
    public Conntrack(NetworkNamespace namespace) {}

    /** Looks the packet up or makes a new, unconfirmed entry ({@code nf_conntrack_in}); false if the packet is dropped. */
    public boolean track(Hook hook, PacketBuffer packet) {
        return true;
    }

    /** The packet is about to be delivered or to leave: its new entry enters the table ({@code nf_conntrack_confirm}). */
    public boolean confirm(Hook hook, PacketBuffer packet) {
        return true;
    }

    /** A device went down or lost {@code address}: masqueraded connections of it end ({@code nf_nat_masquerade.c}). */
    public void deviceLost(NetDevice device, int address) {}
}
