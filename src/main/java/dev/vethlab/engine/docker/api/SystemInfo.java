package dev.vethlab.engine.docker.api;

import java.util.List;

/**
 * What {@code GET /info} and {@code GET /system/df} count.
 *
 * @param name the machine's
 * @param images all layers that are images, as the engine counts them
 * @param layersSize bytes of all layers, each counted once
 * @param pools the address pools that it was told of; empty for its own
 * @param filters whether it writes rules
 * @param labels what somebody said of it
 */
public record SystemInfo(
        String name,
        int running,
        int paused,
        int stopped,
        long images,
        long layersSize,
        List<Pool> pools,
        boolean filters,
        List<String> labels) {
    /** Bytes of memory that the machine is said to have. */
    public static final long MEMORY = 25_276_440_576L;

    /** Where subnets are cut from, and how long their prefixes are. */
    public record Pool(String base, int size) {}

    /** All containers. */
    public int containers() {
        return running + paused + stopped;
    }
}
