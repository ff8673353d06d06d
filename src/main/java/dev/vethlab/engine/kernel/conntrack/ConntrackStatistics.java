package dev.vethlab.engine.kernel.conntrack;

/** What {@code conntrack -S} shows ({@code struct ip_conntrack_stat}); only connection tracking itself counts up. */
public final class ConntrackStatistics {
    long invalid;
    long dropped;
    long earlyDropped;
    long insertFailed;
    long clashResolved;

    public long invalid() {
        return invalid;
    }

    public long dropped() {
        return dropped;
    }

    public long earlyDropped() {
        return earlyDropped;
    }

    public long insertFailed() {
        return insertFailed;
    }

    public long clashResolved() {
        return clashResolved;
    }
}
