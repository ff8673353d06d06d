package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.Ipv4Packet;
import java.util.List;

/**
 * {@code -m multiport}: up to 15 ports, a range counting twice ({@code xt_multiport.c}).
 *
 * @param ranges pairs of first and last
 */
public record MultiportMatch(Which which, List<Range> ranges, int protocol, boolean inverted) implements Match {
    /** Which of a packet's ports. */
    public enum Which {
        SOURCE("sports"),
        DESTINATION("dports"),
        EITHER("ports");

        private final String text;

        Which(String text) {
            this.text = text;
        }
    }

    /** Ports from {@code low} to {@code high}, both included. */
    public record Range(int low, int high) {}

    @Override
    public String name() {
        return "multiport";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        Ipv4Packet ip = packet.ip();
        int source = PortRange.source(ip);
        if (source < 0) {
            return false;
        }
        boolean found = switch (which) {
            case SOURCE -> has(source);
            case DESTINATION -> has(PortRange.destination(ip));
            case EITHER -> has(source) || has(PortRange.destination(ip));
        };
        return found != inverted;
    }

    private boolean has(int port) {
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            if (port >= range.low && port <= range.high) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --" : " --").append(which.text).append(' ');
        ports(out, true);
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" multiport ").append(which.text).append(inverted ? "  !" : " ");
        ports(out, numeric);
    }

    private void ports(StringBuilder out, boolean numeric) {
        String comma = "";
        for (Range range : ranges) {
            out.append(comma).append(PortRange.name(range.low, protocol, numeric));
            if (range.high != range.low) {
                out.append(':').append(PortRange.name(range.high, protocol, numeric));
            }
            comma = ",";
        }
    }

    @Override
    public String was(PacketView seen) {
        return PortRange.source(seen.ip()) + " to " + PortRange.destination(seen.ip());
    }
}
