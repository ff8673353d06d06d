package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.DscpMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;

/** {@code -m dscp}. */
final class DscpExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("dscp"), Option.invertible("dscp-class"));

    private int dscp = -1;
    private boolean not;

    DscpExtension() {
        super("dscp", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        dscp = option.equals("dscp") ? (int) number(option, value, 0, 63) : requireClass(value);
        not = inverted;
    }

    static int requireClass(String name) throws IptablesException {
        int value = DscpMatch.classOf(name);
        if (value < 0) {
            throw IptablesException.parameter("Invalid DSCP value `" + name + "'");
        }
        return value;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (dscp < 0) {
            throw IptablesException.parameter("DSCP match: Parameter --dscp is required");
        }
    }

    @Override
    public Match match() {
        return new DscpMatch(dscp, not);
    }
}
