package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.AddrTypeMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.route.RouteType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code -m addrtype}. */
final class AddrTypeExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertible("src-type"), Option.invertible("dst-type"), Option.flag("limit-iface-in"), Option.flag("limit-iface-out"));

    private int source;
    private boolean notSource;
    private int destination;
    private boolean notDestination;
    private AddrTypeMatch.@Nullable Limit limit;

    AddrTypeExtension() {
        super("addrtype", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "src-type" -> {
                source = types(value);
                notSource = inverted;
            }
            case "dst-type" -> {
                destination = types(value);
                notDestination = inverted;
            }
            case "limit-iface-in" -> limit = AddrTypeMatch.Limit.IN;
            default -> limit = AddrTypeMatch.Limit.OUT;
        }
    }

    private static int types(String text) throws IptablesException {
        int types = 0;
        for (String word : text.split(",", -1)) {
            int type = -1;
            for (RouteType candidate : RouteType.values()) {
                if (!word.isEmpty() && candidate.name().startsWith(word.toUpperCase(Locale.ROOT))) {
                    type = candidate.ordinal();
                    break;
                }
            }
            if (type < 0) {
                throw IptablesException.parameter("addrtype: bad type \"" + word + "\"");
            }
            types |= 1 << type;
        }
        return types;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (source == 0 && destination == 0) {
            throw IptablesException.parameter("addrtype: you must specify --src-type or --dst-type");
        }
        if (has("limit-iface-in") && has("limit-iface-out")) {
            throw IptablesException.parameter("addrtype: you can't specify both --limit-iface-in and --limit-iface-out");
        }
    }

    @Override
    public Match match() {
        return new AddrTypeMatch(source, notSource, destination, notDestination, limit);
    }
}
