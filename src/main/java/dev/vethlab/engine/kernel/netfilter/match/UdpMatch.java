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
                && PortRange.match(source, udp.sourcePort(), destination, udp.destinationPort());
    }

    @Override
    public void save(StringBuilder out) {
        PortRange.save(out, source, destination);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" udp");
        PortRange.list(out, source, destination, IpProtocol.UDP, numeric);
    }

    @Override
    public String was(PacketView seen) {
        return seen.ip().beginning() instanceof UdpDatagram udp ? udp.sourcePort() + " to " + udp.destinationPort() : "no UDP";
    }
}
