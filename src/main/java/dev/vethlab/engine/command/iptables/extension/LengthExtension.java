package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.LengthMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;

/** {@code -m length}. */
final class LengthExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("length"));

    private long[] range = {0, 0};
    private boolean not;

    LengthExtension() {
        super("length");
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        range = range(option, value, 0, 65535);
        not = inverted;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("length");
    }

    @Override
    public Match match() {
        return new LengthMatch((int) range[0], (int) range[1], not);
    }
}
