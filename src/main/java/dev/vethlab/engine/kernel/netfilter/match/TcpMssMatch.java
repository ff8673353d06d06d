package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.TcpOptions;
import dev.vethlab.engine.packet.TcpSegment;

/** {@code -m tcpmss}: the maximum segment size that a TCP header tells; one without does not match ({@code xt_tcpmss.c}). */
public record TcpMssMatch(NumberRange range, boolean inverted) implements Match {
    @Override
    public String name() {
        return "tcpmss";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        if (!(packet.ip().transport() instanceof TcpSegment tcp)) {
            return false;
        }
        int mss = tcp.options().mss();
        return mss == TcpOptions.NONE ? inverted : range.contains(mss) != inverted;
    }

    @Override
    public boolean allowedFor(HeaderMatch header) {
        return header.isOnly(IpProtocol.TCP);
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --mss " : " --mss ").append(range.text());
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" tcpmss match ").append(inverted ? "!" : "").append(range.text());
    }

    @Override
    public String was(PacketView seen) {
        return seen.ip().transport() instanceof TcpSegment tcp && tcp.options().mss() != TcpOptions.NONE
                ? Integer.toString(tcp.options().mss())
                : "none";
    }
}
