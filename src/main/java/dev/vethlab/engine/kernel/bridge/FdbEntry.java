package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.packet.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Where a MAC address is ({@code struct net_bridge_fdb_entry}).
 *
 * @param port the port behind which it is; null for the bridge's own address
 * @param local an address of the bridge or a port itself: frames to it go up
 * @param permanent made by hand or local: does not age
 * @param updated virtual time of the last frame from it
 */
public record FdbEntry(long mac, @Nullable BridgePort port, boolean local, boolean permanent, long updated) {
    /** As the trace says it. */
    public String text() {
        return Mac.text(mac) + (port == null ? " is the bridge itself" : " dev " + port.device().name());
    }
}
