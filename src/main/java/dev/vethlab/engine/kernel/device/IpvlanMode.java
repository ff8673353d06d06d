package dev.vethlab.engine.kernel.device;

import java.util.Locale;

/** What the ipvlans of one device are to each other ({@code enum ipvlan_mode}). */
public enum IpvlanMode {
    /** Cards on one cable that share a MAC address: they ask by ARP. */
    L2,
    /** Addresses behind the namespace of the device below, which routes for them: no ARP, no broadcasts. */
    L3,
    /** As {@link #L3}, but what comes in passes the tables of the namespace below. */
    L3S;

    /** Its word in {@code ip link … type ipvlan mode}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
