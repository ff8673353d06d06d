package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.OpaqueTransport;
import org.jspecify.annotations.Nullable;

/** {@code -m sctp}: ports ({@code xt_sctp.c}). */
public record SctpMatch(@Nullable PortRange source, @Nullable PortRange destination) implements Match {
    private static final int HEADER_LENGTH = 12;

    @Override
    public String name() {
        return "sctp";
    }

    @Override
    public boolean allowedFor(HeaderMatch header) {
        return header.isOnly(IpProtocol.SCTP);
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return packet.ip().fragmentOffset() == 0
                && packet.ip().beginning() instanceof OpaqueTransport(int protocol, Bytes bytes)
                && bytes.length() >= HEADER_LENGTH
                && PortRange.match(source, bytes.get(0) << 8 | bytes.get(1), destination, bytes.get(2) << 8 | bytes.get(3));
    }

    @Override
    public void save(StringBuilder out) {
        PortRange.save(out, source, destination);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" sctp");
        // no service has a name for sctp in /etc/services
        PortRange.list(out, source, destination, IpProtocol.SCTP, true);
    }

    @Override
    public String was(PacketView seen) {
        return "other ports";
    }
}
