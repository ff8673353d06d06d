package dev.vethlab.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A capture file's blocks: lengths at both ends, interfaces described once and before their packets, real bytes. */
class PcapngWriterTest {
    private static final EthernetFrame FRAME = new EthernetFrame(Mac.BROADCAST, 0x525400000110L,
            new ArpPacket(ArpPacket.REQUEST, 0x525400000110L, Ipv4.address("192.168.1.10"), 0, Ipv4.address("192.168.1.20")));

    /** @param body without type and lengths */
    private record Block(int type, ByteBuffer body) {
        String text(int from, int length) {
            return new String(body.array(), body.arrayOffset() + from, length, StandardCharsets.UTF_8);
        }
    }

    private static List<Block> blocks(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Block> blocks = new ArrayList<>();
        for (int at = 0; at < file.length; at += in.getInt(at + 4)) {
            int length = in.getInt(at + 4);
            assertThat(length % 4).isZero();
            assertThat(in.getInt(at + length - 4)).isEqualTo(length);
            byte[] body = Arrays.copyOfRange(file, at + 8, at + length - 4);
            blocks.add(new Block(in.getInt(at), ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN)));
        }
        return blocks;
    }

    @Test
    void anEmptyFileIsASectionHeader() {
        List<Block> blocks = blocks(new PcapngWriter().toByteArray());
        assertThat(blocks).hasSize(1);
        assertThat(blocks.getFirst().type()).isEqualTo(0x0A0D0D0A);
        assertThat(blocks.getFirst().body().getInt(0)).isEqualTo(0x1A2B3C4D);
    }

    @Test
    void aDeviceIsDescribedOnceAndBeforeItsPackets() {
        var writer = new PcapngWriter();
        writer.add("host:eth0", 1, FRAME, "");
        writer.add("client:eth0", 2, FRAME, "");
        writer.add("host:eth0", 3, FRAME, "");
        List<Block> blocks = blocks(writer.toByteArray());
        assertThat(blocks).extracting(Block::type).containsExactly(0x0A0D0D0A, 1, 6, 1, 6, 6);
        assertThat(blocks.get(1).text(12, 9)).isEqualTo("host:eth0");
        assertThat(blocks).filteredOn(b -> b.type() == 6).extracting(b -> b.body().getInt(0)).containsExactly(0, 1, 0);
    }

    @Test
    void aPacketHasItsTimeItsBytesAndItsComment() {
        var writer = new PcapngWriter();
        long time = 1_767_603_600_123_456_789L;
        writer.add("host:eth0", time, FRAME, "DEVICE_TX, packet 7");
        Block packet = blocks(writer.toByteArray()).get(2);
        long high = packet.body().getInt(4);
        long low = packet.body().getInt(8) & 0xFFFF_FFFFL;
        assertThat(high << 32 | low).isEqualTo(time);
        byte[] bytes = WireFormat.encode(FRAME);
        assertThat(packet.body().getInt(12)).isEqualTo(bytes.length);
        assertThat(Arrays.copyOfRange(packet.body().array(), 20, 20 + bytes.length)).isEqualTo(bytes);
        int option = 20 + (bytes.length + 3) / 4 * 4;
        assertThat(packet.body().getShort(option)).isEqualTo((short) 1);
        assertThat(packet.text(option + 4, packet.body().getShort(option + 2))).isEqualTo("DEVICE_TX, packet 7");
    }

    @Test
    void aChecksumThatIsLeftToADeviceIsMade() {
        var made = new UdpDatagram(5000, 9, Bytes.of("x"));
        Ipv4Packet ip = Ipv4Packet.of(Ipv4.address("10.0.0.1"), Ipv4.address("10.0.0.2"), 1, true, made);
        var frame = new EthernetFrame(Mac.BROADCAST, 0x525400000110L, ip);
        EthernetFrame left = frame.withPayload(ip.withTransport(made.withOffload(true)));
        assertThat(WireFormat.encode(left)).isNotEqualTo(WireFormat.encode(frame));
        var one = new PcapngWriter();
        one.add("eth0", 1, frame, "");
        var other = new PcapngWriter();
        other.add("eth0", 1, left, "");
        assertThat(other.toByteArray()).isEqualTo(one.toByteArray());
    }
}
