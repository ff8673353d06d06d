package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Services;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.UdpDatagram;
import org.jspecify.annotations.Nullable;

/** Ports from {@code low} to {@code high}, 0 to 65535, both included; or all others. */
public record PortRange(int low, int high, boolean inverted) {
    public static PortRange of(int port) {
        return new PortRange(port, port, false);
    }

    boolean matches(int port) {
        return (port >= low && port <= high) != inverted;
    }

    /** {@code 80} or {@code 80:90}. */
    String text() {
        return low == high ? Integer.toString(low) : low + ":" + high;
    }

    /** The source port; -1 if the packet has none, as a further fragment. */
    static int source(Ipv4Packet ip) {
        return ip.fragmentOffset() > 0 ? -1 : switch (ip.beginning()) {
            case TcpSegment tcp -> tcp.sourcePort();
            case UdpDatagram udp -> udp.sourcePort();
            default -> -1;
        };
    }

    /** The destination port; -1 if the packet has none, as a further fragment. */
    static int destination(Ipv4Packet ip) {
        return ip.fragmentOffset() > 0 ? -1 : switch (ip.beginning()) {
            case TcpSegment tcp -> tcp.destinationPort();
            case UdpDatagram udp -> udp.destinationPort();
            default -> -1;
        };
    }

    /** {@code  --dport 80:90}, with {@code !} before it where inverted. */
    private void save(StringBuilder out, String option) {
        out.append(inverted ? " ! " : " ").append(option).append(' ').append(text());
    }

    /** {@code  dpt:80}, {@code  dpts:!80:90} ({@code print_port}). */
    private void list(StringBuilder out, String name, int protocol, boolean numeric) {
        out.append(' ').append(name).append(low == high ? ":" : "s:").append(inverted ? "!" : "").append(name(low, protocol, numeric));
        if (low != high) {
            out.append(':').append(name(high, protocol, numeric));
        }
    }

    /** Whether a packet's ports are those of a match; null for any. */
    static boolean match(@Nullable PortRange source, int sourcePort, @Nullable PortRange destination, int destinationPort) {
        return (source == null || source.matches(sourcePort)) && (destination == null || destination.matches(destinationPort));
    }

    /** The ports of a match as options, as far as they were given. */
    static void save(StringBuilder out, @Nullable PortRange source, @Nullable PortRange destination) {
        if (source != null) {
            source.save(out, "--sport");
        }
        if (destination != null) {
            destination.save(out, "--dport");
        }
    }

    /** The ports of a match in a listing, as far as they were given. */
    static void list(
            StringBuilder out, @Nullable PortRange source, @Nullable PortRange destination, int protocol, boolean numeric) {
        if (source != null) {
            source.list(out, "spt", protocol, numeric);
        }
        if (destination != null) {
            destination.list(out, "dpt", protocol, numeric);
        }
    }

    /** A port's number, or unless {@code numeric} its service's name if it has one. */
    static String name(int port, int protocol, boolean numeric) {
        String name = numeric ? null : Services.name(protocol, port);
        return name == null ? Integer.toString(port) : name;
    }
}
