package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;

/**
 * An IPv4 address of a device ({@code struct in_ifaddr}).
 *
 * @param peer the other side's address of a point-to-point link; the address itself if there is none
 * @param prefixLength of the network that is reached directly
 * @param broadcast 0 if there is none
 * @param secondary whether another address of the same network came first
 * @param label usually the device's name
 */
public record InterfaceAddress(
        int address, int peer, int prefixLength, int broadcast, Scope scope, boolean secondary, String label) {
    /** The first address of the network it is in. */
    public int network() {
        return peer & Ipv4.mask(prefixLength);
    }

    public boolean contains(int other) {
        return Ipv4.inPrefix(other, peer, prefixLength);
    }

    /** {@code 10.0.0.1/24}. */
    public String cidr() {
        return Ipv4.text(address) + "/" + prefixLength;
    }
}
