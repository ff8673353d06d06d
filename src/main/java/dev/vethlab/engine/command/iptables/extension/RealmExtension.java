package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.RealmMatch;
import java.util.function.Supplier;

/** {@code -m realm}. */
final class RealmExtension extends SingleOptionExtension {
    RealmExtension() {
        super("realm", Option.invertible("realm"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        int[] marked = marked(option, value);
        return () -> new RealmMatch(marked[0], marked[1], inverted);
    }
}
