package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.packet.Ipv4;

/**
 * A rule that says which table to ask ({@code ip rule}).
 *
 * @param fromLength prefix length of {@code from}; 0 with from 0 means all
 * @param inDevice name of {@code iif}; empty for any
 * @param mark with {@code markMask} 0 for any
 * @param action unicast looks the table up; blackhole, unreachable and prohibit end the lookup
 */
public record PolicyRule(
        int priority,
        boolean not,
        int from,
        int fromLength,
        int to,
        int toLength,
        String inDevice,
        String outDevice,
        int mark,
        int markMask,
        int table,
        RouteType action) {
    /** A rule that sends everything to a table. */
    public static PolicyRule all(int priority, int table) {
        return new PolicyRule(priority, false, 0, 0, 0, 0, "", "", 0, 0, table, RouteType.UNICAST);
    }

    /** The error in which a rule that looks nothing up ends a lookup ({@code fib4_rule_action}). */
    Errno error() {
        return switch (action) {
            case UNREACHABLE -> Errno.ENETUNREACH;
            case PROHIBIT -> Errno.EACCES;
            case UNICAST, LOCAL, BROADCAST, MULTICAST, BLACKHOLE, THROW -> Errno.EINVAL;
        };
    }

    boolean matches(Flow flow) {
        boolean selected = Ipv4.inPrefix(flow.source(), from, fromLength)
                && Ipv4.inPrefix(flow.destination(), to, toLength)
                && (inDevice.isEmpty() || inDevice.equals(flow.in() == null ? "lo" : flow.in().name()))
                && (outDevice.isEmpty() || (flow.out() != null && outDevice.equals(flow.out().name())))
                && ((flow.mark() ^ mark) & markMask) == 0;
        return selected != not;
    }
}
