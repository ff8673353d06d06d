package dev.vethlab.engine.packet;

import org.jspecify.annotations.Nullable;

/** What bridges tell each other about the spanning tree (IEEE 802.1D, 9.3), in a frame whose type field is its length (802.2 LLC). */
public sealed interface Bpdu {
    /** The group address of all bridges. */
    long GROUP = 0x0180_C200_0000L;

    int LLC_LENGTH = 3;
    int CONFIG_LENGTH = 35;

    /**
     * "This is the best root that I know."
     *
     * @param topologyChange addresses are to age faster
     * @param acknowledged the answer to a {@link TopologyChange}
     * @param root priority and address of a bridge, 16 and 48 bits; the lower wins
     * @param messageAge in 256ths of a second, as the other times
     */
    record Config(
            boolean topologyChange,
            boolean acknowledged,
            long root,
            int rootPathCost,
            long bridge,
            int port,
            int messageAge,
            int maxAge,
            int helloTime,
            int forwardDelay) implements Bpdu {}

    /** "Something changed below me." */
    record TopologyChange() implements Bpdu {}

    /** As it is carried by a frame. */
    default OpaquePayload payload() {
        byte[] out = switch (this) {
            case Config config -> {
                var bytes = new byte[LLC_LENGTH + CONFIG_LENGTH];
                bytes[7] = (byte) ((config.topologyChange ? 1 : 0) | (config.acknowledged ? 0x80 : 0));
                put(bytes, 8, config.root, 8);
                put(bytes, 16, config.rootPathCost, 4);
                put(bytes, 20, config.bridge, 8);
                put(bytes, 28, config.port, 2);
                put(bytes, 30, config.messageAge, 2);
                put(bytes, 32, config.maxAge, 2);
                put(bytes, 34, config.helloTime, 2);
                put(bytes, 36, config.forwardDelay, 2);
                yield bytes;
            }
            case TopologyChange change -> {
                var bytes = new byte[LLC_LENGTH + 4];
                bytes[6] = (byte) 0x80;
                yield bytes;
            }
        };
        out[0] = 0x42;
        out[1] = 0x42;
        out[2] = 3;
        return new OpaquePayload(out.length, Bytes.of(out));
    }

    private static void put(byte[] bytes, int at, long value, int length) {
        for (int i = 0; i < length; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (length - 1 - i));
        }
    }

    /** Reads one; null if this is none ({@code br_stp_rcv}). */
    static @Nullable Bpdu parse(Payload payload) {
        if (!(payload instanceof OpaquePayload opaque) || opaque.etherType() >= EthernetFrame.FIRST_TYPE) {
            return null;
        }
        Bytes bytes = opaque.bytes();
        boolean stp = bytes.length() >= LLC_LENGTH + 4 && bytes.get(0) == 0x42 && bytes.get(1) == 0x42 && bytes.get(2) == 3
                && number(bytes, 3, 3) == 0;
        if (!stp) {
            return null;
        }
        if (bytes.get(6) == 0x80) {
            return new TopologyChange();
        }
        if (bytes.get(6) != 0 || bytes.length() < LLC_LENGTH + CONFIG_LENGTH) {
            return null;
        }
        int flags = bytes.get(7);
        return new Config((flags & 1) != 0, (flags & 0x80) != 0, number(bytes, 8, 8), (int) number(bytes, 16, 4), number(bytes, 20, 8),
                (int) number(bytes, 28, 2), (int) number(bytes, 30, 2), (int) number(bytes, 32, 2), (int) number(bytes, 34, 2),
                (int) number(bytes, 36, 2));
    }

    private static long number(Bytes bytes, int at, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | bytes.get(at + i) & 0xFF;
        }
        return value;
    }
}
