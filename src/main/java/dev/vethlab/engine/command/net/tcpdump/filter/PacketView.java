package dev.vethlab.engine.command.net.tcpdump.filter;

import dev.vethlab.engine.packet.Bpdu;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.EthernetFrame;

/**
 * A captured packet as a filter sees it.
 *
 * @param data what was captured, link header first
 * @param length how long the packet was, of which a snapshot may hold less
 * @param outgoing whether this machine sent it
 */
public record PacketView(LinkType link, Bytes data, int length, boolean outgoing) {
    /** A filter looked beyond the packet's end: the packet does not match, whatever else the filter says (as in BPF). */
    static final class OutOfBounds extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutOfBounds() {
            super(null, null, false, false);
        }
    }

    int u8(long at) {
        if (at < 0 || at >= data.length()) {
            throw new OutOfBounds();
        }
        return data.get((int) at);
    }

    int u16(long at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int s32(long at) {
        return u16(at) << 16 | u16(at + 2);
    }

    long mac(int at) {
        return (long) u16(at) << 32 | s32(at + 2) & 0xFFFF_FFFFL;
    }

    public int etherType() {
        return u16(link.typeOffset());
    }

    /** Where the network layer begins. */
    public int network() {
        return link.headerLength();
    }

    /** The link header's length; one with a length in place of a type goes on with one of 802.2. */
    public int headersLength() {
        boolean typed = data.length() < link.headerLength() || etherType() >= EthernetFrame.FIRST_TYPE;
        return link.headerLength() + (typed ? 0 : Bpdu.LLC_LENGTH);
    }

    /** Where the transport layer of an IPv4 packet begins. */
    int transport() {
        return network() + (u8(network()) & 15) * 4;
    }

    /** Whether this is the first fragment of an IPv4 packet, or all of it. */
    boolean isFirstFragment() {
        return (u16(network() + 6) & 0x1FFF) == 0;
    }
}
