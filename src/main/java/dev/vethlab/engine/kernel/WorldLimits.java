package dev.vethlab.engine.kernel;

/**
 * How much of each thing one session's world holds; more is an ordinary error ({@code ENOBUFS}, {@code ENFILE}, a dropped packet). They
 * decide what a session does, so they must be the same when it is replayed.
 *
 * @param containers of the host, running or not
 * @param networks of the host's engine, those that it makes itself included
 * @param namespaces network namespaces of one machine
 * @param devicesPerNamespace network devices
 * @param routesPerNamespace routes in all tables
 * @param rulesPerNamespace netfilter rules in all tables
 * @param conntrackEntries tracked connections of a namespace ({@code nf_conntrack_max})
 * @param neighbours neighbour entries of a namespace
 * @param socketsPerNamespace sockets
 * @param processes of one machine, those in containers included
 * @param files that one machine or container may make beside those it has from the start
 * @param fileBytes in them
 * @param memory that all of it together weighs, by estimate ({@link Memory}), in bytes
 * @param packetsPerSecond of virtual time that all devices together send
 */
public record WorldLimits(
        int containers,
        int networks,
        int namespaces,
        int devicesPerNamespace,
        int routesPerNamespace,
        int rulesPerNamespace,
        int conntrackEntries,
        int neighbours,
        int socketsPerNamespace,
        int processes,
        int files,
        int fileBytes,
        int memory,
        int packetsPerSecond) {
    public static final WorldLimits DEFAULT =
            new WorldLimits(64, 64, 128, 256, 2000, 5000, 4096, 1024, 1024, 512, 20_000, 8 << 20, 64 << 20, 100_000);
}
