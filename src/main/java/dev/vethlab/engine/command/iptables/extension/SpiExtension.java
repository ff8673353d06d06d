package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.NumberRange;
import dev.vethlab.engine.kernel.netfilter.match.SpiMatch;
import dev.vethlab.engine.packet.IpProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -m esp} and {@code -m ah}. */
final class SpiExtension extends MatchExtension {
    private final int protocol;
    private @Nullable NumberRange range;
    private boolean inverted;

    SpiExtension(int protocol) {
        super(IpProtocol.name(protocol), List.of(Option.invertible(IpProtocol.name(protocol) + "spi")));
        this.protocol = protocol;
    }

    @Override
    void parse(String option, String value, boolean not, Words words) throws IptablesException {
        range = range(option, value, 0, 0xFFFF_FFFFL);
        inverted = not;
    }

    @Override
    public Match match() {
        return new SpiMatch(protocol, range, inverted);
    }
}
