package dev.vethlab.engine.command.net.tcpdump;

import dev.vethlab.engine.command.net.tcpdump.filter.LinkType;
import dev.vethlab.engine.command.net.tcpdump.filter.PacketView;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.WireFormat;

/**
 * A packet and when it passed.
 *
 * @param micros microseconds since 1970
 */
record CapturedPacket(long micros, PacketView view) {
    private static final int ARPHRD_ETHER = 1;
    private static final int ARPHRD_LOOPBACK = 772;

    /** A frame as a packet socket of this link type gives it. */
    static CapturedPacket of(long micros, LinkType link, NetDevice device, EthernetFrame frame, boolean outgoing) {
        byte[] bytes = WireFormat.encode(frame);
        byte[] data = switch (link) {
            case ETHERNET -> bytes;
            case LINUX_SLL2 -> cooked(device, frame, bytes, outgoing);
        };
        return new CapturedPacket(micros, new PacketView(link, Bytes.of(data), data.length, outgoing));
    }

    /** At most {@code length} bytes of it. */
    CapturedPacket snapped(int length) {
        Bytes data = view.data();
        return data.length() <= length ? this
                : new CapturedPacket(micros, new PacketView(view.link(), data.slice(0, length), view.length(), view.outgoing()));
    }

    /** The header of {@code DLT_LINUX_SLL2} in place of the Ethernet header. */
    private static byte[] cooked(NetDevice device, EthernetFrame frame, byte[] bytes, boolean outgoing) {
        int header = LinkType.LINUX_SLL2.headerLength();
        byte[] data = new byte[bytes.length - EthernetFrame.HEADER_LENGTH + header];
        System.arraycopy(bytes, 12, data, 0, 2);
        for (int i = 0; i < 4; i++) {
            data[4 + i] = (byte) (device.index() >>> 24 - 8 * i);
        }
        int hardware = device.isLoopback() ? ARPHRD_LOOPBACK : ARPHRD_ETHER;
        data[8] = (byte) (hardware >>> 8);
        data[9] = (byte) hardware;
        data[10] = (byte) packetType(device, frame, outgoing);
        data[11] = 6;
        System.arraycopy(bytes, 6, data, 12, 6);
        System.arraycopy(bytes, EthernetFrame.HEADER_LENGTH, data, header, bytes.length - EthernetFrame.HEADER_LENGTH);
        return data;
    }

    /** {@code PACKET_HOST}, {@code _BROADCAST}, {@code _MULTICAST}, {@code _OTHERHOST}, {@code _OUTGOING} of packet(7). */
    private static int packetType(NetDevice device, EthernetFrame frame, boolean outgoing) {
        if (outgoing) {
            return 4;
        }
        if (frame.destination() == Mac.BROADCAST) {
            return 1;
        }
        if (Mac.isGroup(frame.destination())) {
            return 2;
        }
        return device.isLoopback() || frame.destination() == device.mac() ? 0 : 3;
    }
}
