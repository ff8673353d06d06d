package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.PacketTypeMatch;
import java.util.List;
import java.util.Locale;

/** {@code -m pkttype}. */
final class PacketTypeExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("pkt-type"));

    private PacketTypeMatch.Type type = PacketTypeMatch.Type.UNICAST;
    private boolean not;

    PacketTypeExtension() {
        super("pkttype");
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        not = inverted;
        type = switch (value.toLowerCase(Locale.ROOT)) {
            case "unicast", "host" -> PacketTypeMatch.Type.UNICAST;
            case "broadcast", "bcast" -> PacketTypeMatch.Type.BROADCAST;
            case "multicast", "mcast" -> PacketTypeMatch.Type.MULTICAST;
            default -> throw IptablesException.parameter("Bad packet type '" + value + "'");
        };
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("pkt-type");
    }

    @Override
    public Match match() {
        return new PacketTypeMatch(type, not);
    }
}
