package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.PolicyMatch;
import java.util.List;

/** {@code -m policy}: direction and whether IPsec is meant, not by which of its parts. */
final class PolicyExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.value("dir"), Option.value("pol"), Option.flag("strict"),
            Option.invertible("reqid"), Option.invertible("spi"), Option.invertible("tunnel-src"), Option.invertible("tunnel-dst"),
            Option.invertible("proto"), Option.invertible("mode"), Option.flag("next"));

    private boolean out;
    private boolean none;

    PolicyExtension() {
        super("policy", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "dir" -> {
                if (!value.equals("in") && !value.equals("out")) {
                    throw IptablesException.parameter("policy_match: invalid dir \"" + value + "\"");
                }
                out = value.equals("out");
            }
            case "pol" -> {
                if (!value.equals("none") && !value.equals("ipsec")) {
                    throw IptablesException.parameter("policy match: invalid policy \"" + value + "\"");
                }
                none = value.equals("none");
            }
            default -> throw IptablesException.unsupported("iptables: policy --" + option + " is not emulated");
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (!has("dir")) {
            throw IptablesException.parameter("policy match: neither --dir in nor --dir out specified");
        }
    }

    @Override
    public Match match() {
        return new PolicyMatch(out, none);
    }
}
