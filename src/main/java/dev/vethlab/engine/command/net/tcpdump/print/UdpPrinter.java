package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.UdpDatagram;

/** {@code print-udp.c}. */
final class UdpPrinter {
    private static final int DOMAIN_PORT = 53;
    private static final int MULTICAST_DOMAIN_PORT = 5353;

    private static final int VXLAN_PORT = 4789;
    private static final int VXLAN_HEADER = 8;
    private static final int VXLAN_HAS_ID = 0x08;

    private UdpPrinter() {}

    /** {@code print-vxlan.c}: the header, and the frame on a line of its own. */
    private static void vxlan(Printing out, Octets data, int length) {
        int flags = data.u8(0);
        out.print("VXLAN, flags [" + ((flags & VXLAN_HAS_ID) != 0 ? "I" : ".") + "] " + String.format("(0x%02x)", flags) + ", vni "
                + (data.s32(4) >>> 8) + "\n");
        EthernetPrinter.print(out, data.from(VXLAN_HEADER), length - VXLAN_HEADER);
    }

    static void print(Printing out, Octets ip, Octets udp, int length, boolean complete) {
        String source = out.names().address(ip.s32(12));
        String destination = out.names().address(ip.s32(16));
        try {
            int sourcePort = udp.u16(0);
            int destinationPort = udp.u16(2);
            out.print(source + "." + out.names().udpPort(sourcePort) + " > " + destination + "." + out.names().udpPort(destinationPort)
                    + ": ");
            int dataLength = udp.u16(4) - UdpDatagram.HEADER_LENGTH;
            if (out.options().quiet()) {
                out.print("UDP, length " + dataLength);
                return;
            }
            if (out.options().verbosity() > 1 && out.options().verifies() && complete && udp.length() >= length) {
                checksum(out, ip, udp, length);
            }
            boolean domain = sourcePort == DOMAIN_PORT || destinationPort == DOMAIN_PORT
                    || sourcePort == MULTICAST_DOMAIN_PORT || destinationPort == MULTICAST_DOMAIN_PORT;
            if (domain && dataLength > 0) {
                DnsPrinter.print(out, udp.from(UdpDatagram.HEADER_LENGTH).first(dataLength), dataLength);
            } else if (destinationPort == VXLAN_PORT && dataLength >= VXLAN_HEADER) {
                vxlan(out, udp.from(UdpDatagram.HEADER_LENGTH).first(dataLength), dataLength);
            } else {
                out.print("UDP, length " + dataLength);
            }
        } catch (Octets.Truncated e) {
            out.print(" [|udp]");
        }
    }

    private static void checksum(Printing out, Octets ip, Octets udp, int length) {
        int found = udp.u16(6);
        int sum = Checksum.ofTransport(ip, udp, length, IpProtocol.UDP);
        if (found == 0) {
            out.print("[no cksum] ");
        } else if (sum != 0) {
            out.print(String.format("[bad udp cksum 0x%04x -> 0x%04x!] ", found, Checksum.expected(found, sum)));
        } else {
            out.print("[udp sum ok] ");
        }
    }
}
