package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.ConntrackMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.StateMatch;
import java.util.List;

/** {@code -m state}. */
final class StateExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("state"));

    private int states;
    private boolean not;

    StateExtension() {
        super("state");
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        not = inverted;
        for (String word : value.split(",", -1)) {
            int state = ConntrackMatch.state(word);
            if (state == 0 || state > ConntrackMatch.UNTRACKED) {
                throw IptablesException.parameter("Bad state \"" + word + "\"");
            }
            states |= state;
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("state");
    }

    @Override
    public Match match() {
        return new StateMatch(states, not);
    }
}
