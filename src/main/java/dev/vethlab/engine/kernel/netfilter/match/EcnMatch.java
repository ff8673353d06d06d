package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.TcpSegment;
import org.jspecify.annotations.Nullable;

/**
 * {@code -m ecn}: the bits of explicit congestion notification ({@code xt_ecn.c}).
 *
 * @param reduced and {@code echo}: whether the TCP flag must be set; null if it does not matter
 * @param codepoint of the IP header, 0 to 3; -1 if it does not matter
 */
public record EcnMatch(@Nullable Boolean reduced, @Nullable Boolean echo, int codepoint, boolean inverted) implements Match {
    @Override
    public String name() {
        return "ecn";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        if (codepoint >= 0 && (packet.ip().tos() & 3) == codepoint == inverted) {
            return false;
        }
        if (reduced == null && echo == null) {
            return true;
        }
        return packet.ip().transport() instanceof TcpSegment tcp
                && (reduced == null || tcp.has(TcpSegment.CWR) == reduced)
                && (echo == null || tcp.has(TcpSegment.ECE) == echo);
    }

    @Override
    public boolean allowedFor(HeaderMatch header) {
        return (reduced == null && echo == null) || header.isOnly(IpProtocol.TCP);
    }

    @Override
    public void save(StringBuilder out) {
        out.append(reduced == null ? "" : reduced ? " --ecn-tcp-cwr" : " ! --ecn-tcp-cwr");
        out.append(echo == null ? "" : echo ? " --ecn-tcp-ece" : " ! --ecn-tcp-ece");
        out.append(codepoint < 0 ? "" : (inverted ? " ! --ecn-ip-ect " : " --ecn-ip-ect ") + codepoint);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" ECN match");
        out.append(echo == null ? "" : echo ? " ECE" : " !ECE");
        out.append(reduced == null ? "" : reduced ? " CWR" : " !CWR");
        out.append(codepoint < 0 ? "" : (inverted ? " !ECT=" : " ECT=") + codepoint);
    }

    @Override
    public String was(PacketView seen) {
        return "ECT " + (seen.ip().tos() & 3);
    }
}
