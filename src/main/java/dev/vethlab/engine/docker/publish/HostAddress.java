package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.packet.Ipv4;

/**
 * An address of the host at which a port is published. Packets here are IPv4 only: of the IPv6 family only {@code ::} can be bound, and
 * nobody is heard there.
 *
 * @param four the IPv4 address; 0 for all
 * @param six the IPv6 address as it is written; empty if this is IPv4
 */
public record HostAddress(int four, String six) implements Comparable<HostAddress> {
    /** All of the host's IPv4 addresses. */
    public static final HostAddress ANY = of(Ipv4.ANY);

    public static HostAddress of(int four) {
        return new HostAddress(four, "");
    }

    /** An address as the API has it, which was checked before. */
    public static HostAddress of(String text) {
        return text.contains(":") ? new HostAddress(0, text) : of(Ipv4.parse(text).orElseThrow());
    }

    public boolean isSix() {
        return !six.isEmpty();
    }

    /** Whether it stands for all addresses of its family. */
    public boolean isAny() {
        return isSix() ? six.equals("::") : four == Ipv4.ANY;
    }

    /** Whether who holds a port of the one keeps others from that of the other. */
    boolean excludes(HostAddress other) {
        return isSix() == other.isSix() && (equals(other) || isAny() || other.isAny());
    }

    /** IPv4 before IPv6 ({@code netip.Addr.Compare}). */
    @Override
    public int compareTo(HostAddress other) {
        int family = Boolean.compare(isSix(), other.isSix());
        return family != 0 ? family : isSix() ? six.compareTo(other.six) : Integer.compareUnsigned(four, other.four);
    }

    /** {@code 0.0.0.0} or {@code ::}. */
    public String text() {
        return isSix() ? six : Ipv4.text(four);
    }

    /** As it stands before a port: {@code [::]}. */
    @Override
    public String toString() {
        return isSix() ? "[" + six + "]" : text();
    }
}
