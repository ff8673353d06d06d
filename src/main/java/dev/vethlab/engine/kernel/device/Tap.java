package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.PacketBuffer;

/** Somebody who listens on a device, as tcpdump does. */
@FunctionalInterface
public interface Tap {
    /** A frame passes; {@code outgoing} tells which way. Must not change it. */
    void seen(NetDevice device, PacketBuffer packet, boolean outgoing);
}
