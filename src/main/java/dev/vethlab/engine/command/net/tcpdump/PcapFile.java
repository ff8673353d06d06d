package dev.vethlab.engine.command.net.tcpdump;

import dev.vethlab.engine.command.net.tcpdump.filter.LinkType;
import dev.vethlab.engine.command.net.tcpdump.filter.PacketView;
import dev.vethlab.engine.packet.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of captured packets, written as a little-endian machine does, read either way (pcap-savefile(5)).
 *
 * @param complaint why it ends before its end; empty if it does not
 */
record PcapFile(LinkType link, int snapLength, List<CapturedPacket> packets, String complaint) {
    private static final int MAGIC = 0xA1B2C3D4;
    private static final int MAGIC_NANO = 0xA1B23C4D;
    private static final int HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int PACKET_OUTGOING = 4;

    PcapFile {
        packets = List.copyOf(packets);
    }

    /** A file that is none; the message is libpcap's own. */
    static final class FormatException extends Exception {
        private static final long serialVersionUID = 1;

        FormatException(String message) {
            super(message, null, false, false);
        }
    }

    static Bytes header(LinkType link, int snapLength) {
        ByteBuffer out = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(snapLength).putInt(link.number());
        return Bytes.of(out.array());
    }

    static Bytes record(CapturedPacket packet) {
        ByteBuffer out = ByteBuffer.allocate(RECORD_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt((int) (packet.micros() / 1_000_000)).putInt((int) (packet.micros() % 1_000_000));
        out.putInt(packet.view().data().length()).putInt(packet.view().length());
        return Bytes.of(out.array()).concat(packet.view().data());
    }

    static PcapFile read(Bytes file) throws FormatException {
        if (file.length() < 4) {
            throw new FormatException("truncated dump file; tried to read 4 file header bytes, only got " + file.length());
        }
        ByteBuffer in = ByteBuffer.wrap(file.toArray()).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(0) == Integer.reverseBytes(MAGIC) || in.getInt(0) == Integer.reverseBytes(MAGIC_NANO)) {
            in.order(ByteOrder.BIG_ENDIAN);
        }
        boolean nano = in.getInt(0) == MAGIC_NANO;
        if (in.getInt(0) != MAGIC && !nano) {
            throw new FormatException("unknown file format");
        }
        if (file.length() < HEADER) {
            throw new FormatException("truncated dump file; tried to read 24 file header bytes, only got " + file.length());
        }
        int number = in.getInt(20) & 0xFFFF;
        LinkType link = null;
        for (LinkType candidate : LinkType.values()) {
            link = candidate.number() == number ? candidate : link;
        }
        if (link == null) {
            throw new FormatException("packet printing is not supported for link type " + number + ": use -w");
        }
        List<CapturedPacket> packets = new ArrayList<>();
        String complaint = "";
        int at = HEADER;
        while (at < file.length() && complaint.isEmpty()) {
            int left = file.length() - at;
            int captured = left < RECORD_HEADER ? 0 : in.getInt(at + 8);
            if (left < RECORD_HEADER) {
                complaint = "truncated dump file; tried to read 16 header bytes, only got " + left;
            } else if (captured < 0 || captured > left - RECORD_HEADER) {
                complaint = "truncated dump file; tried to read " + Integer.toUnsignedString(captured) + " captured bytes, only got "
                        + (left - RECORD_HEADER);
            } else {
                Bytes data = file.slice(at + RECORD_HEADER, at + RECORD_HEADER + captured);
                long fraction = nano ? in.getInt(at + 4) / 1000 : in.getInt(at + 4);
                boolean outgoing = link == LinkType.LINUX_SLL2 && data.length() > 10 && data.get(10) == PACKET_OUTGOING;
                packets.add(new CapturedPacket((in.getInt(at) & 0xFFFF_FFFFL) * 1_000_000 + fraction,
                        new PacketView(link, data, in.getInt(at + 12), outgoing)));
                at += RECORD_HEADER + captured;
            }
        }
        return new PcapFile(link, in.getInt(16), packets, complaint);
    }
}
