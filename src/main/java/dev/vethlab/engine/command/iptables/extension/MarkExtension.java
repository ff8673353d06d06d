package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.MarkMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.function.Supplier;

/** {@code -m mark}. */
final class MarkExtension extends SingleOptionExtension {
    MarkExtension() {
        super("mark", Option.invertible("mark"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        int[] marked = marked(option, value);
        return () -> new MarkMatch(marked[0], marked[1], inverted);
    }
}
