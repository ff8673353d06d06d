package dev.vethlab.engine.packet;

import org.jspecify.annotations.Nullable;

/**
 * The tag that says of which VLAN a frame is (IEEE 802.1Q).
 *
 * @param protocol {@link #CUSTOMER} or {@link #SERVICE}
 * @param id 0 to 4094; 0 is none, the tag only carries a priority
 * @param priority 0 to 7
 * @param inner the next tag, of a frame that has two
 */
public record VlanTag(int protocol, int id, int priority, @Nullable VlanTag inner) {
    /** 802.1Q. */
    public static final int CUSTOMER = 0x8100;

    /** 802.1ad. */
    public static final int SERVICE = 0x88A8;

    /** Bytes that it adds to a frame. */
    public static final int LENGTH = 4;
}
