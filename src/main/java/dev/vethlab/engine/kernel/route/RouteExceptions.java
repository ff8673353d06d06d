package dev.vethlab.engine.kernel.route;

import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What ICMP taught about single destinations, beside the tables ({@code struct fib_nh_exception}): path MTUs and redirects. */
public final class RouteExceptions {
    private static final long SECOND = 1_000_000_000L;

    /** {@code ip_rt_mtu_expires} and {@code ip_rt_gc_timeout}. */
    private static final long MTU_EXPIRES = 600 * SECOND;

    private static final long REDIRECT_EXPIRES = 300 * SECOND;
    private static final int MIN_PATH_MTU = 552;
    private static final int MAX_ENTRIES = 1024;

    private final LongSupplier now;
    private final TreeMap<Integer, Learned> learned = new TreeMap<>();

    /**
     * What is known of one destination.
     *
     * @param gateway the better next hop; 0 if there is none
     * @param mtu 0 if nothing smaller than the device's is known
     * @param expires virtual time at which it is forgotten
     * @param bound whether somebody has sent there since: only what a route is bound to is listed ({@code fnhe_dump_bucket})
     */
    public record Learned(int destination, int gateway, int mtu, long expires, boolean bound) {}

    RouteExceptions(LongSupplier now) {
        this.now = now;
    }

    /** What has not expired and was used, by destination. */
    public List<Learned> all() {
        learned.values().removeIf(one -> one.expires() < now.getAsLong());
        return learned.values().stream().filter(Learned::bound).toList();
    }

    /** What is known of a destination; null if nothing is. */
    public @Nullable Learned find(int destination) {
        Learned found = peek(destination);
        if (found != null && !found.bound()) {
            learned.put(destination, new Learned(destination, found.gateway(), found.mtu(), found.expires(), true));
        }
        return found;
    }

    private @Nullable Learned peek(int destination) {
        Learned found = learned.get(destination);
        return found == null || found.expires() < now.getAsLong() ? null : found;
    }

    /** Seconds until it is forgotten. */
    public long secondsLeft(Learned one) {
        return (one.expires() - now.getAsLong()) / SECOND;
    }

    /** Forgets all ({@code ip route flush cache}). */
    public void clear() {
        learned.clear();
    }

    /** An ICMP error said that {@code mtu} is all that gets through ({@code __ip_rt_update_pmtu}). */
    public void learnMtu(int destination, int mtu) {
        Learned before = peek(destination);
        put(new Learned(destination, before == null ? 0 : before.gateway(), Math.max(mtu, MIN_PATH_MTU), now.getAsLong() + MTU_EXPIRES,
                before != null && before.bound()));
    }

    /** A router said that another one is nearer ({@code __ip_do_redirect}). */
    void learnGateway(int destination, int gateway) {
        Learned before = peek(destination);
        put(new Learned(destination, gateway, before == null ? 0 : before.mtu(), now.getAsLong() + REDIRECT_EXPIRES,
                before != null && before.bound()));
    }

    private void put(Learned one) {
        learned.put(one.destination(), one);
        if (learned.size() > MAX_ENTRIES) {
            learned.pollFirstEntry();
        }
    }
}
