package dev.vethlab.engine.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Frames as a pcapng file (draft-ietf-opsawg-pcapng): one little-endian section, an interface description for each device as it first
 * appears, and an enhanced packet block for each frame, which may carry a comment.
 */
public final class PcapngWriter {
    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final long UNKNOWN_LENGTH = -1;
    private static final short LINKTYPE_ETHERNET = 1;
    private static final short OPTION_COMMENT = 1;
    private static final short OPTION_NAME = 2;
    private static final short OPTION_TIMESTAMP_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final Map<String, Integer> interfaces = new LinkedHashMap<>();

    public PcapngWriter() {
        block(SECTION_HEADER, body(16).putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(UNKNOWN_LENGTH));
    }

    /**
     * Appends a frame, as it would be on a cable: with the checksums that are left to devices.
     *
     * @param device the interface's name, which two of one name share
     * @param time nanoseconds since 1970
     * @param comment empty for none
     */
    public void add(String device, long time, EthernetFrame frame, String comment) {
        Integer known = interfaces.get(device);
        int number = known == null ? describe(device) : known;
        byte[] bytes = WireFormat.encode(frame.payload() instanceof Ipv4Packet ip ? frame.withPayload(ip.withChecksum()) : frame);
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = body(40 + bytes.length + text.length)
                .putInt(number)
                .putInt((int) (time >>> 32))
                .putInt((int) time)
                .putInt(bytes.length)
                .putInt(bytes.length)
                .put(bytes);
        pad(body);
        if (text.length > 0) {
            option(body, OPTION_COMMENT, text);
            body.putInt(0);
        }
        block(ENHANCED_PACKET, body);
    }

    /** The file so far. */
    public byte[] toByteArray() {
        return file.toByteArray();
    }

    private int describe(String device) {
        int number = interfaces.size();
        interfaces.put(device, number);
        byte[] name = device.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = body(32 + name.length).putShort(LINKTYPE_ETHERNET).putShort((short) 0).putInt(0);
        option(body, OPTION_NAME, name);
        option(body, OPTION_TIMESTAMP_RESOLUTION, new byte[] {NANOSECONDS});
        block(INTERFACE_DESCRIPTION, body.putInt(0));
        return number;
    }

    private static ByteBuffer body(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void option(ByteBuffer body, short code, byte[] value) {
        pad(body.putShort(code).putShort((short) value.length).put(value));
    }

    private static void pad(ByteBuffer body) {
        while (body.position() % 4 != 0) {
            body.put((byte) 0);
        }
    }

    private void block(int type, ByteBuffer body) {
        int length = 12 + body.position();
        file.writeBytes(body(8).putInt(type).putInt(length).array());
        file.write(body.array(), 0, body.position());
        file.writeBytes(body(4).putInt(length).array());
    }
}
