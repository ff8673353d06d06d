package dev.vethlab.engine.docker.api;

import dev.vethlab.engine.packet.Ipv4;
import java.util.Optional;
import java.util.OptionalInt;

/** An IPv4 prefix; {@code address} may have bits set beyond its length, as in a gateway's {@code 172.17.0.1/16}. */
public record Subnet(int address, int length) {
    /** Parses {@code a.b.c.d/n}; nothing if it is none. */
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,2}")) {
            return Optional.empty();
        }
        OptionalInt address = Ipv4.parse(text.substring(0, slash));
        int length = Integer.parseInt(text.substring(slash + 1));
        return address.isEmpty() || length > 32 ? Optional.empty() : Optional.of(new Subnet(address.getAsInt(), length));
    }

    public Subnet masked() {
        return new Subnet(first(), length);
    }

    public int first() {
        return address & Ipv4.mask(length);
    }

    public int last() {
        return first() | ~Ipv4.mask(length);
    }

    public boolean contains(int other) {
        return Ipv4.inPrefix(other, address, length);
    }

    public boolean overlaps(Subnet other) {
        return contains(other.address) || other.contains(address);
    }

    @Override
    public String toString() {
        return Ipv4.text(address) + "/" + length;
    }
}
