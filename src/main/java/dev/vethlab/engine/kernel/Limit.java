package dev.vethlab.engine.kernel;

import java.util.Locale;
import java.util.function.ToIntFunction;

/** What a session's world has a limit of ({@link WorldLimits}). */
public enum Limit {
    CONTAINERS(WorldLimits::containers),
    NETWORKS(WorldLimits::networks),
    NAMESPACES(WorldLimits::namespaces),
    DEVICES(WorldLimits::devicesPerNamespace),
    ROUTES(WorldLimits::routesPerNamespace),
    RULES(WorldLimits::rulesPerNamespace),
    CONNTRACK_ENTRIES(WorldLimits::conntrackEntries),
    NEIGHBOURS(WorldLimits::neighbours),
    NETWORK_SOCKETS(WorldLimits::socketsPerNamespace),
    PROCESSES(WorldLimits::processes),
    FILES(WorldLimits::files),
    FILE_BYTES(WorldLimits::fileBytes),
    MEMORY(WorldLimits::memory),
    PACKETS_PER_SECOND(WorldLimits::packetsPerSecond);

    private final ToIntFunction<WorldLimits> most;

    Limit(ToIntFunction<WorldLimits> most) {
        this.most = most;
    }

    int most(WorldLimits limits) {
        return most.applyAsInt(limits);
    }

    /** As the limit's property is called. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
