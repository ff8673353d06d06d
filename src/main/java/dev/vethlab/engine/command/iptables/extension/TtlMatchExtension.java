package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.TtlMatch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code -m ttl}. */
final class TtlMatchExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertible("ttl-eq"),
            Option.invertible("ttl-eq").alias("ttl"),
            Option.value("ttl-lt"),
            Option.value("ttl-gt"));

    private TtlMatch.@Nullable Comparison comparison;
    private int ttl;

    TtlMatchExtension() {
        super("ttl", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        if (comparison != null) {
            throw IptablesException.parameter("TTL match: You can't specify more than one of `--ttl-eq', `--ttl-lt', `--ttl-gt'");
        }
        ttl = (int) number(option, value, 0, 255);
        comparison = switch (option) {
            case "ttl-eq" -> inverted ? TtlMatch.Comparison.NOT_EQUAL : TtlMatch.Comparison.EQUAL;
            case "ttl-lt" -> TtlMatch.Comparison.LESS;
            default -> TtlMatch.Comparison.GREATER;
        };
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (comparison == null) {
            throw IptablesException.parameter("TTL match: You must specify one of `--ttl-eq', `--ttl-lt', `--ttl-gt");
        }
    }

    @Override
    public Match match() {
        return new TtlMatch(Objects.requireNonNull(comparison), ttl);
    }
}
