package dev.vethlab.web.rest;

import dev.vethlab.engine.packet.WireFormat;
import dev.vethlab.engine.trace.Place;
import dev.vethlab.engine.trace.Stage;
import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.session.TracedStage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Frames as a pcapng file (draft-ietf-opsawg-pcapng): one section, an interface description for each device, and an enhanced packet
 * block for each frame that came in or went out, with its stage as a comment.
 */
final class CaptureFile {
    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final short LINKTYPE_ETHERNET = 1;
    private static final short OPTION_COMMENT = 1;
    private static final short OPTION_NAME = 2;
    private static final short OPTION_TIMESTAMP_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final Map<Place, Integer> interfaces = new LinkedHashMap<>();

    private CaptureFile() {}

    /**
     * A file of the frames among {@code stages}.
     *
     * @param node a machine's or namespace's name, or null for all
     * @param device an interface's name, or null for all
     */
    static byte[] of(List<TracedStage> stages, @Nullable String node, @Nullable String device) {
        var capture = new CaptureFile();
        capture.block(
                SECTION_HEADER,
                body(24).putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1));
        for (TracedStage stage : stages) {
            TraceEvent event = stage.event();
            boolean onCable = event.stage() == Stage.DEVICE_RX || event.stage() == Stage.DEVICE_TX;
            if (onCable && event.frame() != null && isAt(event.place(), node, device)) {
                capture.packet(event);
            }
        }
        return capture.file.toByteArray();
    }

    private static boolean isAt(Place place, @Nullable String node, @Nullable String device) {
        String inside = place.namespace().isEmpty() ? place.machine() : place.namespace();
        return (node == null || node.equals(inside)) && (device == null || device.equals(place.device()));
    }

    private void packet(TraceEvent event) {
        Integer known = interfaces.get(event.place());
        int number = known == null ? describe(event.place()) : known;
        byte[] bytes = WireFormat.encode(java.util.Objects.requireNonNull(event.frame()));
        byte[] comment = (event.stage() + ", packet " + event.packet()).getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = body(64 + bytes.length + comment.length)
                .putInt(number)
                .putInt((int) (event.time() >>> 32))
                .putInt((int) event.time())
                .putInt(bytes.length)
                .putInt(bytes.length)
                .put(bytes);
        pad(body);
        option(body, OPTION_COMMENT, comment);
        block(ENHANCED_PACKET, body.putInt(0));
    }

    private int describe(Place place) {
        int number = interfaces.size();
        interfaces.put(place, number);
        String inside = place.namespace().isEmpty() ? place.machine() : place.machine() + "/" + place.namespace();
        byte[] name = (inside + ":" + place.device()).getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = body(64 + name.length).putShort(LINKTYPE_ETHERNET).putShort((short) 0).putInt(0);
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
        byte[] head = body(8).putInt(type).putInt(length).array();
        byte[] tail = body(4).putInt(length).array();
        file.writeBytes(head);
        file.write(body.array(), 0, body.position());
        file.writeBytes(tail);
    }
}
