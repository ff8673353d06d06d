package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.PacketTypeMatch;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code -m pkttype}. */
final class PacketTypeExtension extends SingleOptionExtension {
    PacketTypeExtension() {
        super("pkttype", Option.invertible("pkt-type"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        PacketTypeMatch.Type type = switch (value.toLowerCase(Locale.ROOT)) {
            case "unicast", "host" -> PacketTypeMatch.Type.UNICAST;
            case "broadcast", "bcast" -> PacketTypeMatch.Type.BROADCAST;
            case "multicast", "mcast" -> PacketTypeMatch.Type.MULTICAST;
            default -> throw IptablesException.parameter("Bad packet type '" + value + "'");
        };
        return () -> new PacketTypeMatch(type, inverted);
    }
}
