package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;

/**
 * {@code -m icmp --icmp-type}.
 *
 * @param type 0 to 254, or {@link #ANY}
 */
public record IcmpMatch(int type, int lowCode, int highCode, boolean inverted) implements Match {
    public static final int ANY = 255;

    @Override
    public String name() {
        return "icmp";
    }

    @Override
    public boolean allowedFor(HeaderMatch header) {
        return header.isOnly(IpProtocol.ICMP);
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return packet.ip().fragmentOffset() == 0 && packet.ip().beginning() instanceof IcmpMessage icmp
                && (type == ANY || (icmp.type() == type && icmp.code() >= lowCode && icmp.code() <= highCode)) != inverted;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " !" : "").append(" --icmp-type ");
        if (type == ANY) {
            out.append("any");
        } else {
            out.append(type);
            if (lowCode != 0 || highCode != 255) {
                out.append('/').append(lowCode);
            }
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" icmp");
        if (!numeric) {
            String name = IcmpNames.name(type, lowCode, highCode);
            if (name != null) {
                out.append(inverted ? " !" : " ").append(name);
                return;
            }
        }
        out.append(inverted ? " !" : "").append("type ").append(type);
        if (lowCode == highCode) {
            out.append(" code ").append(lowCode);
        } else if (lowCode != 0 || highCode != 255) {
            out.append(" codes ").append(lowCode).append('-').append(highCode);
        }
    }

    @Override
    public String was(PacketView seen) {
        return seen.ip().beginning() instanceof IcmpMessage icmp ? icmp.type() + "/" + icmp.code() : "no ICMP";
    }
}
