package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;
import java.util.List;

/**
 * An IPv4 address of a device ({@code struct in_ifaddr}).
 *
 * @param peer the other side's address of a point-to-point link; the address itself if there is none
 * @param prefixLength of the network that is reached directly
 * @param broadcast 0 if there is none
 * @param secondary whether another address of the same network came first
 * @param label usually the device's name
 * @param metric of the route to its network
 * @param prefixRoute whether it brings a route to its network; {@code noprefixroute} if not
 * @param validUntil virtual time at which it goes, or {@link #FOREVER}
 * @param preferredUntil virtual time from which it is deprecated, or {@link #FOREVER}
 */
public record InterfaceAddress(
        int address,
        int peer,
        int prefixLength,
        int broadcast,
        Scope scope,
        boolean secondary,
        String label,
        int metric,
        boolean prefixRoute,
        long validUntil,
        long preferredUntil) {
    public static final long FOREVER = Long.MAX_VALUE;

    /** {@code IFNAMSIZ}, less the zero at its end. */
    private static final int LABEL_LENGTH = 15;

    /** An address that stays and brings its network's route. */
    public InterfaceAddress(int address, int peer, int prefixLength, int broadcast, Scope scope, boolean secondary, String label) {
        this(address, peer, prefixLength, broadcast, scope, secondary, label, 0, true, FOREVER, FOREVER);
    }

    public InterfaceAddress withSecondary(boolean secondary) {
        return new InterfaceAddress(address, peer, prefixLength, broadcast, scope, secondary, label, metric, prefixRoute, validUntil,
                preferredUntil);
    }

    public InterfaceAddress withLabel(String newLabel) {
        return new InterfaceAddress(address, peer, prefixLength, broadcast, scope, secondary, newLabel, metric, prefixRoute, validUntil,
                preferredUntil);
    }

    /**
     * Labels the addresses of a device that has another name now: the first is called as the device is, the others by what came after
     * the colon, or by their number ({@code inetdev_changename}).
     */
    static void relabel(List<InterfaceAddress> addresses, String device) {
        for (int i = 0; i < addresses.size(); i++) {
            String before = addresses.get(i).label;
            int colon = before.indexOf(':');
            String tail = i == 0 ? "" : colon < 0 ? ":" + (i + 1) : before.substring(colon);
            String label = device.substring(0, Math.min(device.length(), LABEL_LENGTH - tail.length())) + tail;
            addresses.set(i, addresses.get(i).withLabel(label));
        }
    }

    /** An address that is there already: only its metric and how long it lives are changed ({@code inet_rtm_newaddr}). */
    public InterfaceAddress ofExisting(InterfaceAddress existing) {
        return new InterfaceAddress(existing.address, existing.peer, existing.prefixLength, existing.broadcast, existing.scope,
                existing.secondary, existing.label, metric, existing.prefixRoute, validUntil, preferredUntil);
    }

    /** The first address of the network it is in. */
    public int network() {
        return peer & Ipv4.mask(prefixLength);
    }

    public boolean contains(int other) {
        return Ipv4.inPrefix(other, peer, prefixLength);
    }

    /** Whether it and {@code other} are addresses of one network, so that the later one is secondary. */
    public boolean sharesNetworkWith(InterfaceAddress other) {
        return prefixLength == other.prefixLength && contains(other.peer);
    }

    /** {@code 10.0.0.1/24}. */
    public String cidr() {
        return Ipv4.text(address) + "/" + prefixLength;
    }
}
