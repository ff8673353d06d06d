package dev.vethlab.engine.kernel.device;

import org.jspecify.annotations.Nullable;

/**
 * How a vxlan was set up ({@code struct vxlan_config}).
 *
 * @param id the VXLAN network identifier, 24 bits
 * @param remote where frames go whose place is not known: an address or a group; 0 for nowhere
 * @param local the source address; 0 if the route's
 * @param device by which device; null if any
 * @param port the UDP port, here and there
 * @param lowPort the first source port; with {@code highPort} 0 those of {@code ip_local_port_range}
 * @param ttl 0 for the route's
 * @param tos 1 to take over that of the packet
 * @param ageing seconds after which a learned address is forgotten
 * @param limit how many addresses it learns; 0 for any number
 */
public record VxlanConfig(
        int id,
        int remote,
        int local,
        @Nullable NetDevice device,
        int port,
        int lowPort,
        int highPort,
        int ttl,
        int tos,
        int ageing,
        int limit,
        boolean learning,
        boolean proxy,
        boolean rsc,
        boolean l2miss,
        boolean l3miss,
        boolean checksum) {
    /** The port that Linux took before IANA gave out 4789. */
    public static final int LINUX_PORT = 8472;

    public static final int DEFAULT_AGEING = 300;
}
