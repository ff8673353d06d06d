package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.StatisticMatch;
import java.util.List;

/** {@code -m statistic}. */
final class StatisticExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("mode"),
            Option.invertible("probability"),
            Option.invertible("every"),
            Option.value("packet"));

    private boolean nth;
    private long probability = -1;
    private long every;
    private long packet;
    private boolean not;

    StatisticExtension() {
        super("statistic", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "mode" -> {
                if (!value.equals("random") && !value.equals("nth")) {
                    throw IptablesException.parameter("Bad mode \"" + value + "\"");
                }
                nth = value.equals("nth");
            }
            case "probability" -> {
                probability = Math.round(0x8000_0000L * fraction(value));
                not = inverted;
            }
            case "every" -> {
                every = number(option, value, 1, 0xFFFFFFFFL);
                not = inverted;
            }
            default -> packet = number(option, value, 0, 0xFFFFFFFFL);
        }
    }

    private static double fraction(String text) throws IptablesException {
        try {
            double fraction = Double.parseDouble(text);
            if (fraction >= 0 && fraction <= 1) {
                return fraction;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw IptablesException.parameter("statistic: bad value for option \"--probability\", or out of range (0-1).\n");
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (!nth && !has("probability")) {
            throw IptablesException.parameter("--probability must be specified when using random mode");
        }
        if (nth && !has("every")) {
            throw IptablesException.parameter("--every must be specified when using nth mode");
        }
        if (nth && !has("packet")) {
            throw IptablesException.parameter("statistic: option \"--every\" also requires \"--packet\".\n");
        }
        if (nth && packet >= every) {
            throw IptablesException.parameter("the --packet p must be 0 <= p <= n-1");
        }
    }

    @Override
    public Match match() {
        return new StatisticMatch(nth ? -1 : probability, every, packet, not);
    }
}
