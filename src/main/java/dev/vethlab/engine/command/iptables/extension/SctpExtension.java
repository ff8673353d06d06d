package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.PortRange;
import dev.vethlab.engine.kernel.netfilter.match.SctpMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -m sctp}. */
final class SctpExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertible("source-port"),
            Option.invertible("source-port").alias("sport"),
            Option.invertible("destination-port"),
            Option.invertible("destination-port").alias("dport"),
            Option.invertible("chunk-types"));

    private @Nullable PortRange source;
    private @Nullable PortRange destination;

    SctpExtension() {
        super("sctp", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "source-port" -> source = PortExtension.ports(value, inverted);
            case "destination-port" -> destination = PortExtension.ports(value, inverted);
            default -> throw IptablesException.unsupported("iptables: sctp --chunk-types is not emulated");
        }
    }

    @Override
    public Match match() {
        return new SctpMatch(source, destination);
    }
}
