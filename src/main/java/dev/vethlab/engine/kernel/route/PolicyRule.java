package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.Errno;

/**
 * A rule that says which table to ask ({@code ip rule}).
 *
 * @param priority the lower comes first
 * @param protocol who made it, as of routes: {@code kernel}, {@code unspec}, {@code static} …
 */
public record PolicyRule(int priority, RuleSelector selector, RuleAction action, String protocol) {
    /** A rule of the kernel's own that sends everything to a table. */
    public static PolicyRule all(int priority, int table) {
        return new PolicyRule(priority, RuleSelector.ALL, new RuleAction.Lookup(table, -1), "kernel");
    }

    /** The error in which a rule of this type ends a lookup ({@code fib4_rule_action}). */
    static Errno error(RouteType type) {
        return switch (type) {
            case UNREACHABLE -> Errno.ENETUNREACH;
            case PROHIBIT -> Errno.EACCES;
            case UNICAST, LOCAL, BROADCAST, MULTICAST, BLACKHOLE, THROW -> Errno.EINVAL;
        };
    }
}
