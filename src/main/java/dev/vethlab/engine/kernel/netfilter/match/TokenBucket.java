package dev.vethlab.engine.kernel.netfilter.match;

/**
 * Credit that grows with time up to a burst and that each packet costs ({@code xt_limit.c}); starts full. Time passes in the kernel's
 * ticks.
 */
final class TokenBucket {
    /** One tick of 250 a second. */
    private static final long JIFFY = 4_000_000;

    private final long cost;
    private final long capacity;
    private long credit;
    private long updated;

    TokenBucket(Rate rate, int burst, long now) {
        cost = rate.nanos();
        capacity = cost * burst;
        credit = capacity;
        updated = now / JIFFY * JIFFY;
    }

    /** Takes one packet's credit; false if there is not enough. */
    boolean take(long now) {
        long tick = now / JIFFY * JIFFY;
        credit = Math.min(capacity, credit + tick - updated);
        updated = tick;
        if (credit < cost) {
            return false;
        }
        credit -= cost;
        return true;
    }

    /** When it was last asked. */
    long updated() {
        return updated;
    }
}
