package dev.vethlab.engine.packet;

/**
 * A frame as it is on a cable: two MAC addresses and what it carries.
 *
 * @param destination MAC address
 * @param source MAC address
 */
public record EthernetFrame(long destination, long source, Payload payload) {
    public static final int HEADER_LENGTH = 14;

    /** Bytes on the wire without preamble, padding and checksum. */
    public int length() {
        return HEADER_LENGTH + payload.length();
    }
}
