package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.target.LogTarget;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.OpaqueTransport;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.UdpDatagram;
import dev.vethlab.engine.packet.WireFormat;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A packet as a line of the kernel's log ({@code nf_log_syslog.c}). */
public final class LogLine {
    private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

    private LogLine() {}

    /** The line, without time and level. */
    public static String of(String prefix, int flags, PacketBuffer packet, HookPoint at) {
        var out = new StringBuilder(200);
        NetDevice in = at.in(packet);
        NetDevice device = at.out(packet);
        out.append(prefix).append("IN=").append(in == null ? "" : in.name()).append(" OUT=").append(device == null ? "" : device.name());
        if (packet.bridged && packet.physicalIn != null) {
            out.append(" PHYSIN=").append(packet.physicalIn.name());
        }
        out.append(' ');
        if (in != null) {
            mac(out, packet.frame(), flags);
        }
        ip(out, packet.ip(), flags, true);
        if ((flags & LogTarget.UID) != 0 && packet.owner != null) {
            out.append("UID=0 GID=0 ");
        }
        if (packet.mark != 0) {
            out.append("MARK=0x").append(Integer.toHexString(packet.mark)).append(' ');
        }
        return out.toString();
    }

    private static void mac(StringBuilder out, @Nullable EthernetFrame frame, int flags) {
        if ((flags & LogTarget.MACDECODE) != 0 && frame != null) {
            out.append("MACSRC=").append(Mac.text(frame.source())).append(" MACDST=").append(Mac.text(frame.destination()))
                    .append(" MACPROTO=0800 ");
            return;
        }
        out.append("MAC=");
        if (frame != null) {
            out.append(Mac.text(frame.destination())).append(':').append(Mac.text(frame.source())).append(":08:00");
        }
        out.append(' ');
    }

    private static void ip(StringBuilder out, Ipv4Packet ip, int flags, boolean outer) {
        out.append("SRC=").append(Ipv4.text(ip.source())).append(" DST=").append(Ipv4.text(ip.destination())).append(' ');
        out.append(String.format(Locale.ROOT, "LEN=%d TOS=0x%02X PREC=0x%02X TTL=%d ID=%d ", ip.length(), ip.tos() & 0x1E, ip.tos() & 0xE0,
                ip.ttl(), ip.id()));
        if (ip.dontFragment()) {
            out.append("DF ");
        }
        if (ip.moreFragments()) {
            out.append("MF ");
        }
        if (ip.fragmentOffset() > 0) {
            out.append("FRAG:").append(ip.fragmentOffset() / 8).append(' ');
        }
        if ((flags & LogTarget.IP_OPTIONS) != 0 && !ip.options().isEmpty()) {
            out.append("OPT (").append(UPPER_HEX.formatHex(ip.options().bytes().toArray())).append(") ");
        }
        switch (ip.transport()) {
            case TcpSegment tcp -> tcp(out, ip, tcp, flags);
            case UdpDatagram udp -> out.append("PROTO=UDP SPT=").append(udp.sourcePort()).append(" DPT=").append(udp.destinationPort())
                    .append(" LEN=").append(udp.length()).append(' ');
            case IcmpMessage icmp -> icmp(out, icmp, flags, outer);
            case OpaqueTransport other -> out.append("PROTO=").append(switch (ip.protocol()) {
                case IpProtocol.TCP -> "TCP";
                case IpProtocol.UDP -> "UDP";
                case IpProtocol.ICMP -> "ICMP";
                default -> Integer.toString(ip.protocol());
            }).append(' ');
        }
    }

    private static void tcp(StringBuilder out, Ipv4Packet ip, TcpSegment tcp, int flags) {
        out.append("PROTO=TCP SPT=").append(tcp.sourcePort()).append(" DPT=").append(tcp.destinationPort()).append(' ');
        if ((flags & LogTarget.TCP_SEQUENCE) != 0) {
            out.append("SEQ=").append(Integer.toUnsignedString(tcp.sequence())).append(" ACK=")
                    .append(Integer.toUnsignedString(tcp.acknowledgement())).append(' ');
        }
        out.append("WINDOW=").append(tcp.window()).append(" RES=0x00 ");
        flag(out, tcp, TcpSegment.CWR, "CWR ");
        flag(out, tcp, TcpSegment.ECE, "ECE ");
        flag(out, tcp, TcpSegment.URG, "URG ");
        flag(out, tcp, TcpSegment.ACK, "ACK ");
        flag(out, tcp, TcpSegment.PSH, "PSH ");
        flag(out, tcp, TcpSegment.RST, "RST ");
        flag(out, tcp, TcpSegment.SYN, "SYN ");
        flag(out, tcp, TcpSegment.FIN, "FIN ");
        out.append("URGP=0 ");
        int options = tcp.options().length();
        if ((flags & LogTarget.TCP_OPTIONS) != 0 && options > 0) {
            byte[] bytes = WireFormat.encodeTransport(ip);
            int end = TcpSegment.HEADER_LENGTH + options;
            out.append("OPT (").append(UPPER_HEX.formatHex(bytes, TcpSegment.HEADER_LENGTH, end)).append(") ");
        }
    }

    private static void flag(StringBuilder out, TcpSegment tcp, int flag, String name) {
        if (tcp.has(flag)) {
            out.append(name);
        }
    }

    private static void icmp(StringBuilder out, IcmpMessage icmp, int flags, boolean outer) {
        out.append("PROTO=ICMP TYPE=").append(icmp.type()).append(" CODE=").append(icmp.code()).append(' ');
        switch (icmp.body()) {
            case IcmpMessage.Data data -> {
                if (icmp.isEcho()) {
                    out.append("ID=").append(icmp.identifier()).append(" SEQ=").append(icmp.sequence()).append(' ');
                }
            }
            case IcmpMessage.Quote quote -> {
                if (icmp.type() == IcmpMessage.REDIRECT) {
                    out.append("GATEWAY=").append(Ipv4.text(icmp.rest())).append(' ');
                }
                if (outer) {
                    out.append('[');
                    ip(out, quote.packet(), flags, false);
                    out.append("] ");
                }
                if (icmp.type() == IcmpMessage.DESTINATION_UNREACHABLE && icmp.code() == IcmpMessage.FRAGMENTATION_NEEDED) {
                    out.append("MTU=").append(icmp.rest() & 0xFFFF).append(' ');
                }
            }
        }
    }
}
