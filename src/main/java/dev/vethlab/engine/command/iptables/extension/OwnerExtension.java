package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.OwnerMatch;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code -m owner}. */
final class OwnerExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertible("uid-owner"),
            Option.invertible("gid-owner"),
            Option.invertibleFlag("socket-exists"));

    private OwnerMatch.@Nullable Ids users;
    private OwnerMatch.@Nullable Ids groups;
    private OwnerMatch.@Nullable Flag socketExists;

    OwnerExtension() {
        super("owner", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "uid-owner" -> users = ids(option, value, inverted, words.user(value));
            case "gid-owner" -> groups = ids(option, value, inverted, words.group(value));
            default -> socketExists = new OwnerMatch.Flag(inverted);
        }
    }

    private OwnerMatch.Ids ids(String option, String text, boolean inverted, OptionalInt named) throws IptablesException {
        if (named.isPresent()) {
            return new OwnerMatch.Ids(named.getAsInt(), named.getAsInt(), inverted);
        }
        int dash = text.indexOf('-');
        Long low = Numbers.parse(dash < 0 ? text : text.substring(0, dash));
        Long high = dash < 0 ? low : Numbers.parse(text.substring(dash + 1));
        if (low == null || high == null || high < low) {
            throw badValue(option, text);
        }
        return new OwnerMatch.Ids(low, high, inverted);
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (users == null && groups == null && socketExists == null) {
            throw IptablesException.parameter("owner: At least one of --uid-owner, --gid-owner or --socket-exists is required");
        }
    }

    @Override
    public Match match() {
        return new OwnerMatch(users, groups, socketExists);
    }
}
