package dev.vethlab.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How much may be done from one address in a while, such as making sessions: a bucket of tokens an address, which fills evenly. Safe for
 * use by several threads.
 */
public final class AddressQuota {
    private static final int ADDRESSES = 10_000;

    private final String limit;
    private final String what;
    private final int most;
    private final long nanosPerToken;
    private final LongSupplier nanos;
    private final Map<String, Long> spentUntil = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param limit how it is counted
     * @param what of which there is a quota, for people, such as {@code sessions may be made}
     * @param most how many at once, and within {@code window}
     */
    public AddressQuota(String limit, String what, int most, Duration window, LongSupplier nanos) {
        this.limit = limit;
        this.what = what;
        this.most = most;
        this.nanosPerToken = window.toNanos() / most;
        this.nanos = nanos;
    }

    /**
     * Takes one.
     *
     * @throws LimitReachedException if there is none left
     */
    public synchronized void take(String address) {
        long now = nanos.getAsLong();
        long free = Math.max(now, spentUntil.getOrDefault(address, now)) + nanosPerToken;
        if (free - now > most * nanosPerToken) {
            throw new LimitReachedException(limit, "vethlab: from your address " + most + " " + what + " in "
                    + Duration.ofNanos(most * nanosPerToken).toMinutes() + " minutes; try again later");
        }
        spentUntil.put(address, free);
        if (spentUntil.size() > ADDRESSES) {
            spentUntil.remove(spentUntil.keySet().iterator().next());
        }
    }
}
