package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.ArpPacket;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.OpaquePayload;
import dev.vethlab.engine.packet.VlanTag;

/** {@code print-ether.c}: a frame's header as far as asked for, its VLAN tags, and what it carries. */
final class EthernetPrinter {
    private static final int IPV6 = 0x86DD;

    private EthernetPrinter() {}

    /** A whole frame of {@code length} bytes, of which a snapshot may hold less. */
    static void print(Printing out, Octets frame, int length) {
        if (out.options().link()) {
            int type = frame.u16(12);
            out.print(mac(out, frame.mac(6)) + " > " + mac(out, frame.mac(0)) + ", " + type(out, type) + ", length "
                    + (type < EthernetFrame.FIRST_TYPE ? type : length) + ": ");
        }
        payload(out, frame.u16(12), frame.from(EthernetFrame.HEADER_LENGTH), length - EthernetFrame.HEADER_LENGTH);
    }

    static String mac(Printing out, long mac) {
        return mac == Mac.BROADCAST && !out.numeric() ? "Broadcast" : out.mac(mac);
    }

    static String type(Printing out, int type) {
        if (type < EthernetFrame.FIRST_TYPE) {
            return "802.3";
        }
        String name = switch (type) {
            case Ipv4Packet.ETHER_TYPE -> "IPv4";
            case ArpPacket.ETHER_TYPE -> "ARP";
            case IPV6 -> "IPv6";
            case VlanTag.CUSTOMER -> "802.1Q";
            case VlanTag.SERVICE -> "802.1Q-QinQ";
            default -> "Unknown";
        };
        return out.options().quiet() ? name : "ethertype " + name + String.format(" (0x%04x)", type);
    }

    /** What comes after a link header that ends with the type; tags come first. */
    static void payload(Printing out, int type, Octets body, int length) {
        try {
            switch (type) {
                case VlanTag.CUSTOMER, VlanTag.SERVICE -> {
                    int control = body.u16(0);
                    if (out.options().link()) {
                        out.print("vlan " + (control & 0xFFF) + ", p " + (control >>> 13) + ", " + type(out, body.u16(2)) + ", ");
                    }
                    payload(out, body.u16(2), body.from(VlanTag.LENGTH), length - VlanTag.LENGTH);
                }
                case Ipv4Packet.ETHER_TYPE -> IpPrinter.print(out, body, length);
                case IPV6 -> Ip6Printer.print(out, body);
                case ArpPacket.ETHER_TYPE -> ArpPrinter.print(out, body, length);
                default -> {
                    if (type < EthernetFrame.FIRST_TYPE && StpPrinter.print(out, new OpaquePayload(type, body.bytes()))) {
                        return;
                    }
                    String unknown = String.format("ethertype Unknown (0x%04x), length ", type) + length + ":";
                    out.print(out.options().link() ? "" : unknown + " ");
                    out.print(HexDump.hex(body.bytes(), true).stripTrailing());
                }
            }
        } catch (Octets.Truncated e) {
            out.print("[|" + (type == Ipv4Packet.ETHER_TYPE ? "ip" : type == ArpPacket.ETHER_TYPE ? "arp" : type == IPV6 ? "ip6" : "vlan") + "]");
        }
    }
}
