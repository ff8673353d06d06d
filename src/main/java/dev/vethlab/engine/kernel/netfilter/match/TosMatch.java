package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** {@code -m tos}: the type of service, under a mask ({@code xt_dscp.c}). */
public record TosMatch(int value, int mask, boolean inverted) implements Match {
    @Override
    public String name() {
        return "tos";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return (packet.ip().tos() & mask) == value != inverted;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --tos " : " --tos ").append(DscpMatch.hex(value)).append('/').append(DscpMatch.hex(mask));
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" tos match").append(inverted ? "!" : "");
        String symbol = numeric || mask != DscpMatch.TOS_MASK ? "" : DscpMatch.serviceName(value);
        if (symbol.isEmpty()) {
            out.append(DscpMatch.hex(value)).append('/').append(DscpMatch.hex(mask));
        } else {
            out.append(' ').append(symbol);
        }
    }

    @Override
    public String was(PacketView seen) {
        return DscpMatch.hex(seen.ip().tos());
    }
}
