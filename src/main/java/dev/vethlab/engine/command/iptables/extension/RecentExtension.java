package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.RecentMatch;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code -m recent}. */
final class RecentExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertibleFlag("set"),
            Option.invertibleFlag("rcheck"),
            Option.invertibleFlag("update"),
            Option.invertibleFlag("remove"),
            Option.value("seconds"),
            Option.value("reap"),
            Option.value("hitcount"),
            Option.flag("rttl"),
            Option.value("name"),
            Option.flag("rsource"),
            Option.flag("rdest"),
            Option.value("mask"));

    private RecentMatch.@Nullable Action action;
    private boolean not;
    private String list = "DEFAULT";
    private int seconds;
    private int hits;
    private int mask = -1;

    RecentExtension() {
        super("recent", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "set", "rcheck", "update", "remove" -> {
                if (action != null) {
                    throw IptablesException.parameter("recent: option \"--" + action.name().toLowerCase(Locale.ROOT)
                            + "\" cannot be used together with \"--" + option + "\".\n");
                }
                action = RecentMatch.Action.valueOf(option.toUpperCase(Locale.ROOT));
                not = inverted;
            }
            case "seconds" -> seconds = (int) number(option, value, 1, Integer.MAX_VALUE);
            case "hitcount" -> hits = (int) number(option, value, 1, 65535);
            case "name" -> list = value;
            case "mask" -> mask = Hosts.mask(value);
            case "reap" -> throw IptablesException.unsupported("iptables: recent --reap is not emulated");
            default -> {}
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (action == null) {
            throw IptablesException.parameter("recent: you must specify one of `--set', `--rcheck' `--update' or `--remove'");
        }
    }

    @Override
    public Match match() {
        return new RecentMatch(Objects.requireNonNull(action), list, seconds, hits, has("rttl"), mask, has("rdest"), not);
    }
}
