package dev.vethlab.engine.kernel.route;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a route says of the packets that take it ({@code struct dst_metrics}). Of these, the MTU, the MSS to advertise and the hop limit
 * have effects here; the others tune a TCP that this kernel's does not resemble so closely.
 *
 * @param values those that are set; times are as the kernel keeps them: {@code rtt} in eighths, {@code rttvar} in quarters of a millisecond
 * @param locked those that nothing learned may change
 * @param congestion the algorithm's name; empty for none
 */
public record RouteMetrics(Map<Kind, Long> values, Set<Kind> locked, String congestion) {
    public static final RouteMetrics NONE = new RouteMetrics(Collections.emptyMap(), Collections.emptySet(), "");

    /** {@code RTAX_*}, in the order of their numbers, by the words of {@code ip route}. */
    public enum Kind {
        MTU,
        WINDOW,
        RTT,
        RTTVAR,
        SSTHRESH,
        CWND,
        ADVMSS,
        REORDERING,
        HOPLIMIT,
        INITCWND,
        FEATURES,
        RTO_MIN,
        INITRWND,
        QUICKACK
    }

    public RouteMetrics {
        var ordered = new EnumMap<Kind, Long>(Kind.class);
        ordered.putAll(values);
        values = Collections.unmodifiableMap(ordered);
        locked = Collections.unmodifiableSet(locked.isEmpty() ? EnumSet.noneOf(Kind.class) : EnumSet.copyOf(locked));
    }

    static RouteMetrics ofMtu(int mtu) {
        return mtu == 0 ? NONE : NONE.withMtu(mtu);
    }

    /** The same with another MTU. */
    public RouteMetrics withMtu(int mtu) {
        var changed = new EnumMap<Kind, Long>(Kind.class);
        changed.putAll(values);
        changed.put(Kind.MTU, (long) mtu);
        return new RouteMetrics(changed, locked, congestion);
    }

    /** 0 if it is not set. */
    public int get(Kind kind) {
        return values.getOrDefault(kind, 0L).intValue();
    }

    public boolean isLocked(Kind kind) {
        return locked.contains(kind);
    }

    public boolean isEmpty() {
        return values.isEmpty() && congestion.isEmpty();
    }

    /** Whether what {@code wanted} names has these values here ({@code fib_metrics_match}). */
    public boolean agreesWith(RouteMetrics wanted) {
        return wanted.values.entrySet().stream().allMatch(each -> each.getValue().equals(values.get(each.getKey())))
                && locked.containsAll(wanted.locked)
                && (wanted.congestion.isEmpty() || wanted.congestion.equals(congestion));
    }
}
