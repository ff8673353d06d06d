package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.Errno;
import org.jspecify.annotations.Nullable;

/** What a route does with a packet ({@code RTN_*}). */
public enum RouteType {
    UNICAST("unicast", null),
    LOCAL("local", null),
    BROADCAST("broadcast", null),
    MULTICAST("multicast", null),
    BLACKHOLE("blackhole", Errno.EINVAL),
    UNREACHABLE("unreachable", Errno.EHOSTUNREACH),
    PROHIBIT("prohibit", Errno.EACCES),
    THROW("throw", Errno.EAGAIN);

    private final String text;
    private final @Nullable Errno error;

    RouteType(String text, @Nullable Errno error) {
        this.text = text;
        this.error = error;
    }

    public String text() {
        return text;
    }

    /** The widest scope that such a route may have ({@code fib_props}). */
    Scope nearest() {
        return switch (this) {
            case LOCAL -> Scope.HOST;
            case BROADCAST -> Scope.LINK;
            case UNICAST, MULTICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> Scope.GLOBAL;
        };
    }

    /** The error that a lookup ends in ({@code fib_props}); null for routes that lead somewhere. */
    public @Nullable Errno error() {
        return error;
    }
}
