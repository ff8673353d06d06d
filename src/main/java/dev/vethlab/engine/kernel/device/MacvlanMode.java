package dev.vethlab.engine.kernel.device;

import java.util.Locale;

/** Who of the macvlans of one device reaches whom ({@code enum macvlan_mode}). */
public enum MacvlanMode {
    /** Nobody reaches another one. */
    PRIVATE,
    /** All goes out; only a switch that sends back brings it to another one. */
    VEPA,
    /** What is for another one goes there at once. */
    BRIDGE,
    /** There is only one, and it is the device below under another name. */
    PASSTHRU;

    /** Its word in {@code ip link … type macvlan mode}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
