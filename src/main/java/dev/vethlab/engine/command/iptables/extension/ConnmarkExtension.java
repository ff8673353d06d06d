package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.ConnmarkMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;

/** {@code -m connmark}. */
final class ConnmarkExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("mark"));

    private int mark;
    private int mask;
    private boolean not;

    ConnmarkExtension() {
        super("connmark");
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
        return new ConnmarkMatch(mark, mask, not);
    }
}
