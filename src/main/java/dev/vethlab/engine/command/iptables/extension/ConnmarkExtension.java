package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.ConnmarkMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.function.Supplier;

/** {@code -m connmark}. */
final class ConnmarkExtension extends SingleOptionExtension {
    ConnmarkExtension() {
        super("connmark", Option.invertible("mark"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        int[] marked = marked(option, value);
        return () -> new ConnmarkMatch(marked[0], marked[1], inverted);
    }
}
