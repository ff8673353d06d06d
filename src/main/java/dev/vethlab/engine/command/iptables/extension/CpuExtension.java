package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.CpuMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;

/** {@code -m cpu}. */
final class CpuExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("cpu"));

    private long cpu;
    private boolean not;

    CpuExtension() {
        super("cpu");
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        cpu = number(option, value, 0, 0xFFFFFFFFL);
        not = inverted;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("cpu");
    }

    @Override
    public Match match() {
        return new CpuMatch(cpu, not);
    }
}
