package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.MultiportMatch;
import java.util.ArrayList;
import java.util.List;

/** {@code -m multiport}. */
final class MultiportExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("source-ports").unchecked(),
            Option.value("source-ports").unchecked().alias("sports"),
            Option.value("destination-ports").unchecked(),
            Option.value("destination-ports").unchecked().alias("dports"),
            Option.value("ports").unchecked());

    private static final int MAX_PORTS = 15;

    private final List<MultiportMatch.Range> ranges = new ArrayList<>();
    private MultiportMatch.Which which = MultiportMatch.Which.EITHER;
    private boolean not;
    private int protocol;

    MultiportExtension() {
        super("multiport", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        if (!ranges.isEmpty()) {
            throw IptablesException.parameter("multiport can only have one option");
        }
        which = switch (option) {
            case "source-ports" -> MultiportMatch.Which.SOURCE;
            case "destination-ports" -> MultiportMatch.Which.DESTINATION;
            default -> MultiportMatch.Which.EITHER;
        };
        not = inverted;
        int room = MAX_PORTS;
        for (String word : value.split(",", -1)) {
            int colon = word.indexOf(':');
            room -= colon < 0 ? 1 : 2;
            if (room < 0) {
                throw IptablesException.parameter("too many ports specified");
            }
            int low = Numbers.requirePort(colon < 0 ? word : word.substring(0, colon));
            int high = colon < 0 ? low : Numbers.requirePort(word.substring(colon + 1));
            if (colon >= 0 && high <= low) {
                throw IptablesException.parameter("invalid portrange specified");
            }
            ranges.add(new MultiportMatch.Range(low, high));
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (rule.protocol() == null || rule.protocol().inverted()) {
            throw IptablesException.parameter("multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'");
        }
        rule.needPorts("multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP");
        if (ranges.isEmpty()) {
            throw IptablesException.parameter("no ports specified");
        }
        protocol = rule.protocol().number();
    }

    @Override
    public Match match() {
        return new MultiportMatch(which, List.copyOf(ranges), protocol, not);
    }
}
