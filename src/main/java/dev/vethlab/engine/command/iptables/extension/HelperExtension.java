package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.HelperMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.function.Supplier;

/** {@code -m helper}. */
final class HelperExtension extends SingleOptionExtension {
    HelperExtension() {
        super("helper", Option.invertible("helper"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) {
        return () -> new HelperMatch(value, inverted);
    }
}
