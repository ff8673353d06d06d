package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.NumberRange;
import dev.vethlab.engine.kernel.netfilter.match.TcpMssMatch;
import java.util.function.Supplier;

/** {@code -m tcpmss}. */
final class TcpMssExtension extends SingleOptionExtension {
    TcpMssExtension() {
        super("tcpmss", Option.invertible("mss"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        NumberRange range = range(option, value, 0, 65535);
        return () -> new TcpMssMatch(range, inverted);
    }
}
