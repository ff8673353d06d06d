package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.LimitMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.Rate;
import java.util.List;

/** {@code -m limit}. */
final class LimitExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("limit"),
            Option.value("limit-burst"));

    private static final int MAX_BURST = 10_000;

    private Rate rate = Rate.DEFAULT;
    private int burst = LimitMatch.DEFAULT_BURST;

    LimitExtension() {
        super("limit", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        if (option.equals("limit")) {
            rate = rate(value);
            return;
        }
        Long given = Numbers.parse(value);
        if (given == null || given > MAX_BURST) {
            throw IptablesException.parameter(
                    "limit: bad value for option \"--limit-burst\", or out of range (0-" + MAX_BURST + ").\n");
        }
        burst = given == 0 ? LimitMatch.DEFAULT_BURST : given.intValue();
    }

    /** {@code 5/min}. */
    static Rate rate(String text) throws IptablesException {
        Rate rate = Rate.parse(text);
        if (rate == null) {
            throw IptablesException.parameter("bad rate \"" + text + "\"'");
        }
        if (rate.period() == 0) {
            throw IptablesException.parameter("Rate too fast \"" + text + "\"");
        }
        return rate;
    }

    @Override
    public Match match() {
        return new LimitMatch(rate, burst);
    }
}
