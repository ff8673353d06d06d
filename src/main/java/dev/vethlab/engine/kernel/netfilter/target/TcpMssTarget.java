package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpOptions;
import dev.vethlab.engine.packet.TcpSegment;

/**
 * {@code -j TCPMSS}: lowers the segment size that a SYN announces ({@code xt_TCPMSS.c}).
 *
 * @param mss {@link #CLAMP} for what the path takes
 */
public record TcpMssTarget(int mss) implements Target {
    public static final int CLAMP = -1;

    private static final int HEADERS = Ipv4Packet.HEADER_LENGTH + TcpSegment.HEADER_LENGTH;
    /** What a host takes that announces nothing (RFC 1122 §4.2.2.6). */
    private static final int UNANNOUNCED = 536;

    @Override
    public String name() {
        return "TCPMSS";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        if (!(packet.ip().transport() instanceof TcpSegment segment) || !segment.has(TcpSegment.SYN)) {
            return Verdict.CONTINUE;
        }
        int wanted = mss == CLAMP ? pathMtu(packet, at) - HEADERS : mss;
        TcpOptions options = segment.options();
        boolean lower = options.mss() == TcpOptions.NONE || wanted < options.mss();
        if (wanted <= 0 || !lower) {
            return Verdict.CONTINUE;
        }
        int announced = options.mss() == TcpOptions.NONE ? Math.min(wanted, UNANNOUNCED) : wanted;
        packet.setIp(packet.ip().withTransport(segment.withOptions(options.withMss(announced))));
        return Verdict.CONTINUE;
    }

    /** The narrower of both directions. */
    private static int pathMtu(PacketBuffer packet, HookPoint at) {
        int there = packet.route instanceof RouteResult.Found found ? found.mtu() : 0;
        int back = at.namespace().routing().lookup(Flow.to(packet.ip().source())) instanceof RouteResult.Found found ? found.mtu() : there;
        return Math.min(there, back);
    }

    @Override
    public boolean changesPacket() {
        return true;
    }

    @Override
    public boolean allowedAt(Hook hook) {
        return mss != CLAMP || hook == Hook.FORWARD || hook == Hook.OUTPUT || hook == Hook.POSTROUTING;
    }

    @Override
    public boolean allowedFor(HeaderMatch header) {
        return header.isOnly(IpProtocol.TCP);
    }

    @Override
    public void save(StringBuilder out) {
        out.append(mss == CLAMP ? " --clamp-mss-to-pmtu" : " --set-mss " + mss);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(mss == CLAMP ? " TCPMSS clamp to PMTU" : " TCPMSS set " + mss);
    }
}
