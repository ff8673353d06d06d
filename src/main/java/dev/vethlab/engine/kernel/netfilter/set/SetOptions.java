package dev.vethlab.engine.kernel.netfilter.set;

/**
 * How a set was created.
 *
 * @param hashSize buckets, a power of two
 * @param maxElements how many elements a hash holds
 * @param netmask prefix length to which addresses are cut; 0 if none was given
 * @param timeout seconds that an element stays unless it says otherwise, 0 for ever; {@link #NO_TIMEOUT} if elements have none
 * @param low first address or port of a bitmap, {@code high} its last
 * @param size how many sets were meant to fit into a list
 */
public record SetOptions(
        boolean ipv6,
        int hashSize,
        int maxElements,
        int bucketSize,
        int initval,
        int netmask,
        int timeout,
        boolean counters,
        boolean comment,
        boolean skbinfo,
        boolean forceAdd,
        int low,
        int high,
        int size) {
    public static final int NO_TIMEOUT = -1;

    boolean sameAs(SetOptions other) {
        return ipv6 == other.ipv6 && maxElements == other.maxElements && netmask == other.netmask && timeout == other.timeout
                && counters == other.counters && comment == other.comment && skbinfo == other.skbinfo && low == other.low
                && high == other.high;
    }

    /** What the extensions add to an element of {@code plain} bytes: counters, comment, time-out, packet information in this order. */
    int elementSize(int plain) {
        int size = plain;
        if (counters) {
            size = aligned(size) + 16;
        }
        if (comment) {
            size = aligned(size) + 8;
        }
        if (timeout != NO_TIMEOUT) {
            size = aligned(size) + 8;
        }
        return skbinfo ? size + 16 : size;
    }

    private static int aligned(int size) {
        return size + 7 & ~7;
    }
}
