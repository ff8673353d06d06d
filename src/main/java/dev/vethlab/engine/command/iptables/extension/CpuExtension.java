package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.CpuMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.function.Supplier;

/** {@code -m cpu}. */
final class CpuExtension extends SingleOptionExtension {
    CpuExtension() {
        super("cpu", Option.invertible("cpu"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        long cpu = number(option, value, 0, 0xFFFFFFFFL);
        return () -> new CpuMatch(cpu, inverted);
    }
}
