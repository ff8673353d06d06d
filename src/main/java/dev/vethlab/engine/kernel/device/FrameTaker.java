package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.EthernetFrame;

/** Looks at a device's frames before the protocols do ({@code rx_handler_func_t}): for the devices that are built on it. */
sealed interface FrameTaker permits MacvlanPort, IpvlanPort {
    /** A frame came in; true if it was taken, false if it goes on to the device's own protocols. */
    boolean take(PacketBuffer packet, EthernetFrame frame);
}
