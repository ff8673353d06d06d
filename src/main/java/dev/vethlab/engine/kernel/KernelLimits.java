package dev.vethlab.engine.kernel;

/**
 * How much of each thing one session's kernel holds; more is an ordinary error ({@code ENOBUFS}, {@code ENFILE}, a dropped packet).
 *
 * @param devicesPerNamespace network devices
 * @param namespaces network namespaces of one machine
 * @param routesPerNamespace routes in all tables
 * @param rulesPerNamespace netfilter rules in all tables
 * @param conntrackEntries tracked connections of a namespace ({@code nf_conntrack_max})
 * @param neighbours neighbour entries of a namespace
 * @param socketsPerNamespace sockets
 */
public record KernelLimits(
        int devicesPerNamespace,
        int namespaces,
        int routesPerNamespace,
        int rulesPerNamespace,
        int conntrackEntries,
        int neighbours,
        int socketsPerNamespace) {
    public static final KernelLimits DEFAULT = new KernelLimits(256, 128, 2000, 5000, 4096, 1024, 1024);
}
