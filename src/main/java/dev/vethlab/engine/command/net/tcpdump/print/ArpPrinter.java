package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;

/** {@code print-arp.c}. */
final class ArpPrinter {
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int LENGTH = 28;

    private ArpPrinter() {}

    static void print(Printing out, Octets arp, int length) {
        if (!out.options().link()) {
            out.print("ARP, ");
        }
        int hardware = arp.u16(0);
        int protocol = arp.u16(2);
        if (hardware != 1 || protocol != Ipv4Packet.ETHER_TYPE || arp.u8(4) != 6 || arp.u8(5) != 4) {
            out.print("Unknown Hardware (" + hardware + ") (len " + arp.u8(4) + "), Unknown Protocol (0x" + String.format("%04x", protocol)
                    + ") (len " + arp.u8(5) + "), ");
        } else if (out.options().verbosity() > 0) {
            out.print("Ethernet (len 6), IPv4 (len 4), ");
        }
        String sender = out.names().address(arp.s32(14));
        String target = out.names().address(arp.s32(24));
        switch (arp.u16(6)) {
            case REQUEST -> {
                boolean named = arp.mac(18) != Mac.ZERO;
                out.print("Request who-has " + target + (named ? " (" + EthernetPrinter.mac(out, arp.mac(18)) + ")" : "") + " tell " + sender);
            }
            case REPLY -> out.print("Reply " + sender + " is-at " + out.mac(arp.mac(8)));
            default -> out.print("Unknown (" + arp.u16(6) + ")");
        }
        out.print(", length " + Math.max(length, LENGTH));
    }
}
