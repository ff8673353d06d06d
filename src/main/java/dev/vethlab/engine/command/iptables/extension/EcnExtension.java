package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.EcnMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -m ecn}. */
final class EcnExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertibleFlag("ecn-tcp-cwr"), Option.invertibleFlag("ecn-tcp-ece"), Option.invertible("ecn-ip-ect"));

    private @Nullable Boolean reduced;
    private @Nullable Boolean echo;
    private int codepoint = -1;
    private boolean not;

    EcnExtension() {
        super("ecn", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "ecn-tcp-cwr" -> reduced = !inverted;
            case "ecn-tcp-ece" -> echo = !inverted;
            default -> {
                codepoint = (int) number(option, value, 0, 3);
                not = inverted;
            }
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (reduced == null && echo == null && codepoint < 0) {
            throw IptablesException.parameter("ECN match: some option required");
        }
    }

    @Override
    public Match match() {
        return new EcnMatch(reduced, echo, codepoint, not);
    }
}
