package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.RpFilterMatch;
import java.util.List;

/** {@code -m rpfilter}. */
final class RpFilterExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.flag("loose"), Option.flag("validmark"), Option.flag("accept-local"), Option.flag("invert"));

    RpFilterExtension() {
        super("rpfilter", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) {}

    @Override
    public Match match() {
        return new RpFilterMatch(has("loose"), has("validmark"), has("accept-local"), has("invert"));
    }
}
