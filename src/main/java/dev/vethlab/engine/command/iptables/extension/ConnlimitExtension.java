package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.ConnlimitMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;

/** {@code -m connlimit}. */
final class ConnlimitExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("connlimit-upto"),
            Option.invertible("connlimit-above"),
            Option.value("connlimit-mask"),
            Option.flag("connlimit-saddr"),
            Option.flag("connlimit-daddr"));

    private int limit = -1;
    private boolean upTo;
    private int prefix = 32;

    ConnlimitExtension() {
        super("connlimit", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "connlimit-upto", "connlimit-above" -> {
                limit = (int) number(option, value, 0, Integer.MAX_VALUE);
                upTo = option.equals("connlimit-upto") || inverted;
            }
            case "connlimit-mask" -> prefix = (int) number(option, value, 0, 32);
            default -> {}
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (limit < 0) {
            throw IptablesException.parameter("You must specify \"--connlimit-above\" or \"--connlimit-upto\".");
        }
    }

    @Override
    public Match match() {
        return new ConnlimitMatch(limit, prefix, has("connlimit-daddr"), upTo);
    }
}
