package dev.vethlab.engine.trace;

/** Why a packet came to be, seen from the packet that it stems from. */
public enum Cause {
    /** A program sent it. */
    SENT,
    /** A copy that a bridge or switch made for another port. */
    FLOODED,
    /** The kernel's answer: an echo reply, a TCP acknowledgement or reset, an ARP reply. */
    REPLY_TO,
    /** An ICMP error about it. */
    ICMP_ERROR_OF,
    /** An ARP request for the sake of a packet that waits. */
    ASKED_FOR,
    /** One part of a packet that was too long. */
    FRAGMENT_OF,
    /** Put together again from fragments; the last one is the parent. */
    REASSEMBLED_FROM,
    /** TCP sent it again. */
    RETRANSMITTED,
    /** A tunnel put the frame into a packet of its own. */
    ENCAPSULATED,
    /** A tunnel took the frame out of the packet. */
    DECAPSULATED;

    /** Whether the new packet is, to a person, still the one that it stems from: a copy or a part. */
    public boolean isSamePacket() {
        return this == FLOODED || this == FRAGMENT_OF || this == REASSEMBLED_FROM;
    }
}
