package dev.vethlab.engine.kernel.netfilter.match;

import org.jspecify.annotations.Nullable;

/** The names of ICMP types and codes, as {@code iptables -p icmp -h} lists them. */
public final class IcmpNames {
    private static final Name[] NAMES = {
        new Name("any", 255, 0, 255),
        new Name("echo-reply", 0, 0, 255),
        new Name("pong", 0, 0, 255),
        new Name("destination-unreachable", 3, 0, 255),
        new Name("network-unreachable", 3, 0, 0),
        new Name("host-unreachable", 3, 1, 1),
        new Name("protocol-unreachable", 3, 2, 2),
        new Name("port-unreachable", 3, 3, 3),
        new Name("fragmentation-needed", 3, 4, 4),
        new Name("source-route-failed", 3, 5, 5),
        new Name("network-unknown", 3, 6, 6),
        new Name("host-unknown", 3, 7, 7),
        new Name("network-prohibited", 3, 9, 9),
        new Name("host-prohibited", 3, 10, 10),
        new Name("TOS-network-unreachable", 3, 11, 11),
        new Name("TOS-host-unreachable", 3, 12, 12),
        new Name("communication-prohibited", 3, 13, 13),
        new Name("host-precedence-violation", 3, 14, 14),
        new Name("precedence-cutoff", 3, 15, 15),
        new Name("source-quench", 4, 0, 255),
        new Name("redirect", 5, 0, 255),
        new Name("network-redirect", 5, 0, 0),
        new Name("host-redirect", 5, 1, 1),
        new Name("TOS-network-redirect", 5, 2, 2),
        new Name("TOS-host-redirect", 5, 3, 3),
        new Name("echo-request", 8, 0, 255),
        new Name("ping", 8, 0, 255),
        new Name("router-advertisement", 9, 0, 255),
        new Name("router-solicitation", 10, 0, 255),
        new Name("time-exceeded", 11, 0, 255),
        new Name("ttl-exceeded", 11, 0, 255),
        new Name("ttl-zero-during-transit", 11, 0, 0),
        new Name("ttl-zero-during-reassembly", 11, 1, 1),
        new Name("parameter-problem", 12, 0, 255),
        new Name("ip-header-bad", 12, 0, 0),
        new Name("required-option-missing", 12, 1, 1),
        new Name("timestamp-request", 13, 0, 255),
        new Name("timestamp-reply", 14, 0, 255),
        new Name("address-mask-request", 17, 0, 255),
        new Name("address-mask-reply", 18, 0, 255),
    };

    private record Name(String text, int type, int low, int high) {}

    private IcmpNames() {}

    /** The first name of just this; null if it has none. */
    static @Nullable String name(int type, int low, int high) {
        for (Name name : NAMES) {
            if (name.type == type && name.low == low && name.high == high) {
                return name.text;
            }
        }
        return null;
    }

    /**
     * What a name means; a beginning of one will do if no other begins so.
     *
     * @return null if it is unknown or ambiguous; {@link #ambiguity} tells which
     */
    public static @Nullable IcmpMatch parse(String text, boolean inverted) {
        Name found = null;
        for (Name name : NAMES) {
            if (name.text.equalsIgnoreCase(text)) {
                found = name;
                break;
            }
            if (name.text.regionMatches(true, 0, text, 0, text.length())) {
                if (found != null) {
                    return null;
                }
                found = name;
            }
        }
        return found == null ? null : new IcmpMatch(found.type, found.low, found.high, inverted);
    }

    /** The first two names that begin with {@code text}; null if there are not two. */
    public static String @Nullable [] ambiguity(String text) {
        String first = null;
        for (Name name : NAMES) {
            if (name.text.regionMatches(true, 0, text, 0, text.length())) {
                if (first != null) {
                    return new String[] {first, name.text};
                }
                first = name.text;
            }
        }
        return null;
    }
}
