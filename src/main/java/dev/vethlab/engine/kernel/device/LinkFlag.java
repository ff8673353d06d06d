package dev.vethlab.engine.kernel.device;

/** Flags that {@code ip link set} changes by hand ({@code IFF_*}). */
public enum LinkFlag {
    MULTICAST,
    NOARP,
    ALLMULTI,
    PROMISC,
    DYNAMIC,
    NOTRAILERS
}
