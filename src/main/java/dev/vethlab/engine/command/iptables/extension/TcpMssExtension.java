package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.TcpMssMatch;
import java.util.List;

/** {@code -m tcpmss}. */
final class TcpMssExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("mss"));

    private long[] range = {0, 0};
    private boolean not;

    TcpMssExtension() {
        super("tcpmss");
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
        require("mss");
    }

    @Override
    public Match match() {
        return new TcpMssMatch((int) range[0], (int) range[1], not);
    }
}
