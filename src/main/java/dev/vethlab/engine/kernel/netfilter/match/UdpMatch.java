package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.UdpDatagram;
import org.jspecify.annotations.Nullable;

/** {@code -m udp}: ports; of any fragment the bytes where they would be ({@code nft_payload_fast_eval}). */
public record UdpMatch(@Nullable PortRange source, @Nullable PortRange destination) implements Match {
    @Override
    public String name() {
        return "udp";
    }

    @Override
    public boolean allowedFor(HeaderMatch header) {
        return header.isOnly(IpProtocol.UDP);
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return packet.ip().beginning() instanceof UdpDatagram udp
                && (source == null || source.matches(udp.sourcePort()))
                && (destination == null || destination.matches(udp.destinationPort()));
    }

    @Override
    public void save(StringBuilder out) {
        if (source != null) {
            source.save(out, "--sport");
        }
        if (destination != null) {
            destination.save(out, "--dport");
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" udp");
        if (source != null) {
            source.list(out, "spt", IpProtocol.UDP, numeric);
        }
        if (destination != null) {
            destination.list(out, "dpt", IpProtocol.UDP, numeric);
        }
    }

    @Override
    public String was(PacketView seen) {
        return seen.ip().beginning() instanceof UdpDatagram udp ? udp.sourcePort() + " to " + udp.destinationPort() : "no UDP";
    }
}
