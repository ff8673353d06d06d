package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.LengthMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.NumberRange;
import java.util.function.Supplier;

/** {@code -m length}. */
final class LengthExtension extends SingleOptionExtension {
    LengthExtension() {
        super("length", Option.invertible("length"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        NumberRange range = range(option, value, 0, 65535);
        return () -> new LengthMatch(range, inverted);
    }
}
