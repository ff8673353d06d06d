package dev.vethlab.engine.packet;

import org.jspecify.annotations.Nullable;

/**
 * A frame as it is on a cable: two MAC addresses and what it carries.
 *
 * @param destination MAC address
 * @param source MAC address
 * @param tag the outermost VLAN tag; null if it has none
 */
public record EthernetFrame(long destination, long source, @Nullable VlanTag tag, Payload payload) {
    public static final int HEADER_LENGTH = 14;

    /** A type field below this is a length (IEEE 802.3, 3.2.6). */
    public static final int FIRST_TYPE = 0x600;

    /** A frame without a tag. */
    public EthernetFrame(long destination, long source, Payload payload) {
        this(destination, source, null, payload);
    }

    /** Bytes on the wire without preamble, padding and checksum. */
    public int length() {
        int length = untaggedLength();
        for (VlanTag next = tag; next != null; next = next.inner()) {
            length += VlanTag.LENGTH;
        }
        return length;
    }

    /** Its length less its tags, which the kernel keeps beside a packet and so does not count ({@code skb->len}). */
    public int untaggedLength() {
        return HEADER_LENGTH + payload.length();
    }

    public EthernetFrame withPayload(Payload other) {
        return new EthernetFrame(destination, source, tag, other);
    }

    /** The same with one more tag around it. */
    public EthernetFrame tagged(int protocol, int id) {
        return new EthernetFrame(destination, source, new VlanTag(protocol, id, 0, tag), payload);
    }

    /** The same less its outermost tag. */
    public EthernetFrame untagged() {
        return tag == null ? this : new EthernetFrame(destination, source, tag.inner(), payload);
    }
}
