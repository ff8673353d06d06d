package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.MarkMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;

/** {@code -m mark}. */
final class MarkExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("mark"));

    private int mark;
    private int mask;
    private boolean not;

    MarkExtension() {
        super("mark");
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        int[] marked = marked(option, value);
        mark = marked[0];
        mask = marked[1];
        not = inverted;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("mark");
    }

    @Override
    public Match match() {
        return new MarkMatch(mark, mask, not);
    }
}
