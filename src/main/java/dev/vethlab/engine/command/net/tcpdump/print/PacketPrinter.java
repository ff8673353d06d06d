package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.command.net.tcpdump.filter.LinkType;
import dev.vethlab.engine.command.net.tcpdump.filter.PacketView;
import dev.vethlab.engine.packet.ArpPacket;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import java.util.function.IntFunction;

/** A captured packet as tcpdump's text: the link header as far as asked for, then its protocols. */
public final class PacketPrinter {
    private static final String[] DIRECTIONS = {"In ", "B  ", "M  ", "P  ", "Out"};
    private static final int IPV6 = 0x86DD;

    private final PrintOptions options;
    private final AddressNames names;
    private final boolean numeric;
    private final IntFunction<String> deviceNames;
    private final TcpConversations conversations = new TcpConversations();

    /** @param deviceNames the name of an interface index, for what device {@code any} captured */
    public PacketPrinter(PrintOptions options, AddressNames names, boolean numeric, IntFunction<String> deviceNames) {
        this.options = options;
        this.names = names;
        this.numeric = numeric;
        this.deviceNames = deviceNames;
    }

    /** The text without time stamp and dump. */
    public String text(PacketView packet) {
        var out = new Printing(options, names, numeric, conversations);
        Octets all = new Octets(packet.data());
        try {
            switch (packet.link()) {
                case ETHERNET -> ethernet(out, all, packet.length());
                case LINUX_SLL2 -> cooked(out, all, packet.length());
            }
            int header = packet.link().headerLength();
            network(out, all.u16(packet.link().typeOffset()), all.from(header), packet.length() - header);
        } catch (Octets.Truncated e) {
            out.print("[|" + (packet.link() == LinkType.ETHERNET ? "ether" : "sll2") + "]");
        }
        return out.text();
    }

    private void ethernet(Printing out, Octets frame, int length) {
        if (options.link()) {
            out.print(mac(out, frame.mac(6)) + " > " + mac(out, frame.mac(0)) + ", " + type(frame.u16(12)) + ", length " + length + ": ");
        }
    }

    private String mac(Printing out, long mac) {
        return mac == Mac.BROADCAST && !numeric ? "Broadcast" : out.mac(mac);
    }

    private void cooked(Printing out, Octets packet, int length) {
        int index = packet.s32(4);
        int direction = packet.u8(10);
        out.print(String.format("%-5s ", deviceNames.apply(index)) + (direction < DIRECTIONS.length ? DIRECTIONS[direction] : "?  ") + " ");
        if (options.link()) {
            out.print("ifindex " + index + " " + out.mac(packet.mac(12)) + " " + type(packet.u16(0)) + ", length " + length + ": ");
        }
    }

    private String type(int type) {
        String name = switch (type) {
            case Ipv4Packet.ETHER_TYPE -> "IPv4";
            case ArpPacket.ETHER_TYPE -> "ARP";
            case IPV6 -> "IPv6";
            default -> "Unknown";
        };
        return options.quiet() ? name : "ethertype " + name + String.format(" (0x%04x)", type);
    }

    private void network(Printing out, int type, Octets body, int length) {
        try {
            switch (type) {
                case Ipv4Packet.ETHER_TYPE -> IpPrinter.print(out, body, length);
                case ArpPacket.ETHER_TYPE -> ArpPrinter.print(out, body, length);
                default -> {
                    String unknown = String.format("ethertype Unknown (0x%04x), length ", type) + length + ":";
                    out.print(options.link() ? "" : unknown + " ");
                    out.print(HexDump.hex(body.bytes(), true).stripTrailing());
                }
            }
        } catch (Octets.Truncated e) {
            out.print("[|" + (type == Ipv4Packet.ETHER_TYPE ? "ip" : "arp") + "]");
        }
    }
}
