package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.IcmpMatch;
import dev.vethlab.engine.kernel.netfilter.match.IcmpNames;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code -m icmp}. */
final class IcmpExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("icmp-type"));

    private @Nullable IcmpMatch match;

    IcmpExtension() {
        super("icmp", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        if (!value.isEmpty() && Character.isDigit(value.charAt(0))) {
            match = numbers(value, inverted);
            return;
        }
        match = IcmpNames.parse(value, inverted);
        if (match == null) {
            String[] two = IcmpNames.ambiguity(value);
            throw IptablesException.parameter(two == null
                    ? "Unknown ICMP type `" + value + "'"
                    : "Ambiguous ICMP type `" + value + "': `" + two[0] + "' or `" + two[1] + "'?");
        }
    }

    private static IcmpMatch numbers(String text, boolean inverted) throws IptablesException {
        int slash = text.indexOf('/');
        Long type = Numbers.parse(slash < 0 ? text : text.substring(0, slash));
        if (type == null || type > 255) {
            throw IptablesException.parameter("Unknown ICMP type `" + text + "'");
        }
        if (slash < 0) {
            return new IcmpMatch(type.intValue(), 0, 255, inverted);
        }
        Long code = Numbers.parse(text.substring(slash + 1));
        if (code == null || code > 255) {
            throw IptablesException.parameter("Unknown ICMP code `" + text + "'");
        }
        return new IcmpMatch(type.intValue(), code.intValue(), code.intValue(), inverted);
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("icmp-type");
    }

    @Override
    public Match match() {
        return Objects.requireNonNull(match);
    }
}
