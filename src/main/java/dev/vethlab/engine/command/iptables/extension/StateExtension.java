package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.ConntrackMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.StateMatch;
import java.util.function.Supplier;

/** {@code -m state}. */
final class StateExtension extends SingleOptionExtension {
    StateExtension() {
        super("state", Option.invertible("state"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        int states = states(value);
        return () -> new StateMatch(states, inverted);
    }

    private static int states(String text) throws IptablesException {
        int states = 0;
        for (String word : text.split(",", -1)) {
            int state = ConntrackMatch.state(word);
            if (state == 0 || state > ConntrackMatch.UNTRACKED) {
                throw IptablesException.parameter("Bad state \"" + word + "\"");
            }
            states |= state;
        }
        return states;
    }
}
