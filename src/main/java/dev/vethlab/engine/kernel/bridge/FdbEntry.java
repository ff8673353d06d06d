package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.packet.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Where a MAC address is ({@code struct net_bridge_fdb_entry}).
 *
 * @param port the port behind which it is; null for the bridge's own address
 * @param used virtual time at which the entry last sent a frame on
 * @param updated virtual time of the last frame from it
 */
public record FdbEntry(long mac, @Nullable BridgePort port, Kind kind, long used, long updated) {
    /** What makes it stay. */
    public enum Kind {
        /** An address of the bridge or a port itself: frames to it go up. Shown as {@code permanent}. */
        LOCAL,
        /** Made by hand: does not age. */
        STATIC,
        /** Learned, or made by hand to age like that. */
        DYNAMIC
    }

    public boolean isLocal() {
        return kind == Kind.LOCAL;
    }

    public boolean isDynamic() {
        return kind == Kind.DYNAMIC;
    }

    FdbEntry at(BridgePort other, long now) {
        return new FdbEntry(mac, other, kind, used, now);
    }

    FdbEntry usedAt(long now) {
        return new FdbEntry(mac, port, kind, now, updated);
    }

    /** As the trace says it. */
    public String text() {
        return Mac.text(mac) + (port == null ? " is the bridge itself" : " dev " + port.device().name());
    }
}
