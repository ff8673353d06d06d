package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.QuotaMatch;
import java.util.function.Supplier;

/** {@code -m quota}. */
final class QuotaExtension extends SingleOptionExtension {
    QuotaExtension() {
        super("quota", Option.invertible("quota"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        Long quota = Numbers.parse(value);
        if (quota == null) {
            throw IptablesException.parameter("quota: bad value for option \"--quota\", or out of range (0-18446744073709551615).\n");
        }
        return () -> new QuotaMatch(quota, inverted);
    }
}
