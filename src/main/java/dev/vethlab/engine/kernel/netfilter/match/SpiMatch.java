package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.OpaqueTransport;
import dev.vethlab.engine.packet.WireParser;
import org.jspecify.annotations.Nullable;

/**
 * {@code -m esp} and {@code -m ah}: the security parameter index ({@code xt_esp.c}, {@code ipt_ah.c}).
 *
 * @param range null for any
 */
public record SpiMatch(int protocol, @Nullable NumberRange range, boolean inverted) implements Match {
    @Override
    public String name() {
        return IpProtocol.name(protocol);
    }

    @Override
    public boolean allowedFor(HeaderMatch header) {
        return header.isOnly(protocol);
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        int offset = protocol == IpProtocol.ESP ? 0 : 4;
        return packet.ip().fragmentOffset() == 0
                && packet.ip().beginning() instanceof OpaqueTransport(int its, Bytes bytes)
                && bytes.length() >= offset + 8
                && (range == null || range.contains(WireParser.get32(bytes, offset) & 0xFFFF_FFFFL) != inverted);
    }

    @Override
    public void save(StringBuilder out) {
        if (range != null) {
            out.append(inverted ? " ! --" : " --").append(name()).append("spi ").append(range.text());
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(' ').append(name());
        if (range != null) {
            out.append(range.low() == range.high() ? " spi:" : " spis:").append(inverted ? "!" : "").append(range.text());
        }
    }

    @Override
    public String was(PacketView seen) {
        return "another index";
    }
}
