package dev.vethlab.engine.kernel.socket;

/**
 * What a socket was made for. Packets here are IPv4 only; a socket of the IPv6 family holds its port, is listed, and with {@link
 * #INET6_DUAL} takes IPv4 as mapped addresses.
 */
public enum AddressFamily {
    INET,
    /** {@code IPV6_V6ONLY}: gets nothing here. */
    INET6_ONLY,
    INET6_DUAL;

    /** Whether two sockets of these families share a space of IPv4 ports. */
    boolean overlaps(AddressFamily other) {
        return (this == INET6_ONLY) == (other == INET6_ONLY) || this == INET6_DUAL || other == INET6_DUAL;
    }
}
