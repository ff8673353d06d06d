package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.QuotaMatch;
import java.util.List;

/** {@code -m quota}. */
final class QuotaExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("quota"));

    private long quota;
    private boolean not;

    QuotaExtension() {
        super("quota");
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        Long number = Numbers.parse(value);
        if (number == null) {
            throw IptablesException.parameter("quota: bad value for option \"--quota\", or out of range (0-18446744073709551615).\n");
        }
        quota = number;
        not = inverted;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("quota");
    }

    @Override
    public Match match() {
        return new QuotaMatch(quota, not);
    }
}
