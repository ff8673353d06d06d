package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.SetMatch;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code -m set}. */
final class SetExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertible("match-set").unchecked(),
            Option.flag("return-nomatch"),
            Option.invertibleFlag("update-counters"),
            Option.invertibleFlag("update-subcounters"),
            Option.invertible("packets-eq"),
            Option.value("packets-lt"),
            Option.value("packets-gt"),
            Option.invertible("bytes-eq"),
            Option.value("bytes-lt"),
            Option.value("bytes-gt"));

    private String set = "";
    private List<Boolean> sources = List.of();
    private boolean not;
    private boolean returnNoMatch;
    private boolean updateCounters = true;
    private boolean updateSubcounters = true;
    private SetMatch.@Nullable Counter packets;
    private SetMatch.@Nullable Counter bytes;

    SetExtension() {
        super("set", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "match-set" -> {
                if (!set.isEmpty()) {
                    throw IptablesException.parameter("--match-set can be specified only once");
                }
                sources = SetOptionWords.directions(option, value, words);
                set = value;
                not = inverted;
            }
            case "return-nomatch" -> returnNoMatch = true;
            case "update-counters" -> updateCounters = !inverted;
            case "update-subcounters" -> updateSubcounters = !inverted;
            default -> {
                var comparison = SetMatch.Comparison.valueOf(option.substring(option.length() - 2).toUpperCase(Locale.ROOT));
                var counter = new SetMatch.Counter(comparison, number(option, value, 0, Long.MAX_VALUE), inverted);
                if (option.startsWith("packets")) {
                    packets = counter;
                } else {
                    bytes = counter;
                }
            }
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (set.isEmpty()) {
            throw IptablesException.parameter("You must specify `--match-set' with proper arguments");
        }
    }

    @Override
    public Match match() {
        return new SetMatch(set, sources, not, returnNoMatch, updateCounters, updateSubcounters, packets, bytes);
    }
}
