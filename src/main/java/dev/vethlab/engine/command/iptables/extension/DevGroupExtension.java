package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.DevGroupMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -m devgroup}. */
final class DevGroupExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("src-group"), Option.invertible("dst-group"));

    private DevGroupMatch.@Nullable Group source;
    private DevGroupMatch.@Nullable Group destination;

    DevGroupExtension() {
        super("devgroup", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        int[] group = marked(option, value);
        var wanted = new DevGroupMatch.Group(group[0], group[1], inverted);
        if (option.equals("src-group")) {
            source = wanted;
        } else {
            destination = wanted;
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (source == null && destination == null) {
            throw IptablesException.parameter("devgroup match: You must specify either '--src-group' or '--dst-group'");
        }
    }

    @Override
    public Match match() {
        return new DevGroupMatch(source, destination);
    }
}
