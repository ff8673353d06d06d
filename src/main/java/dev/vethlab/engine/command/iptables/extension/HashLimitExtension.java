package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.HashLimitMatch;
import dev.vethlab.engine.kernel.netfilter.match.LimitMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.Rate;
import java.util.List;

/** {@code -m hashlimit}. */
final class HashLimitExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("hashlimit-upto"),
            Option.value("hashlimit-upto").alias("hashlimit"),
            Option.value("hashlimit-above"),
            Option.value("hashlimit-burst"),
            Option.value("hashlimit-mode"),
            Option.value("hashlimit-name"),
            Option.value("hashlimit-srcmask"),
            Option.value("hashlimit-dstmask"),
            Option.value("hashlimit-htable-size"),
            Option.value("hashlimit-htable-max"),
            Option.value("hashlimit-htable-gcinterval"),
            Option.value("hashlimit-htable-expire"));

    private Rate rate = Rate.DEFAULT;
    private boolean above;
    private int burst = LimitMatch.DEFAULT_BURST;
    private int modes;
    private String table = "";
    private int sourceMask = 32;
    private int destinationMask = 32;
    private int size;
    private int max;
    private int gcInterval;
    private int expire;

    HashLimitExtension() {
        super("hashlimit", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "hashlimit-upto", "hashlimit-above" -> {
                if (value.contains("b/")) {
                    throw IptablesException.unsupported("iptables: hashlimit by bytes is not emulated");
                }
                rate = LimitExtension.rate(value);
                above = option.equals("hashlimit-above");
            }
            case "hashlimit-burst" -> burst = (int) number(option, value, 1, 1_000_000);
            case "hashlimit-mode" -> {
                for (String word : value.split(",", -1)) {
                    int mode = HashLimitMatch.mode(word);
                    if (mode == 0) {
                        throw badValue(option, value);
                    }
                    modes |= mode;
                }
            }
            case "hashlimit-name" -> table = value;
            case "hashlimit-srcmask" -> sourceMask = (int) number(option, value, 0, 32);
            case "hashlimit-dstmask" -> destinationMask = (int) number(option, value, 0, 32);
            case "hashlimit-htable-size" -> size = (int) number(option, value, 0, Integer.MAX_VALUE);
            case "hashlimit-htable-max" -> max = (int) number(option, value, 0, Integer.MAX_VALUE);
            case "hashlimit-htable-gcinterval" -> gcInterval = (int) number(option, value, 0, Integer.MAX_VALUE);
            default -> expire = (int) number(option, value, 0, Integer.MAX_VALUE);
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (!has("hashlimit-upto") && !has("hashlimit-above")) {
            throw IptablesException.parameter("You have to specify --hashlimit");
        }
        require("hashlimit-name");
    }

    @Override
    public Match match() {
        return new HashLimitMatch(new HashLimitMatch.Configuration(
                table, rate, burst, above, modes, sourceMask, destinationMask, size, max, gcInterval, expire));
    }
}
