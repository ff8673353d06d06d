package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;

/** {@code -m length}: bytes of the IP packet, header included. */
public record LengthMatch(NumberRange range, boolean inverted) implements Match {
    @Override
    public String name() {
        return "length";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return range.contains(packet.ip().length()) != inverted;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --length " : " --length ").append(range.text());
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(inverted ? " length !" : " length ").append(range.text());
    }

    @Override
    public String was(PacketView seen) {
        return Integer.toString(seen.ip().length());
    }
}
