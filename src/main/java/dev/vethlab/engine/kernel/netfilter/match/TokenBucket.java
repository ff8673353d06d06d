package dev.vethlab.engine.kernel.netfilter.match;

/** Credit that grows with time up to a burst and that each packet costs ({@code xt_limit.c}); starts full. */
final class TokenBucket {
    private final long cost;
    private final long capacity;
    private long credit;
    private long updated;

    TokenBucket(Rate rate, int burst, long now) {
        cost = rate.nanos();
        capacity = cost * burst;
        credit = capacity;
        updated = now;
    }

    /** Takes one packet's credit; false if there is not enough. */
    boolean take(long now) {
        credit = Math.min(capacity, credit + now - updated);
        updated = now;
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
