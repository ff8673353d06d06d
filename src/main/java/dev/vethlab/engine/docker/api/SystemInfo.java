package dev.vethlab.engine.docker.api;

/**
 * What {@code GET /info} and {@code GET /system/df} count.
 *
 * @param name the machine's
 * @param images all layers that are images, as the engine counts them
 * @param layersSize bytes of all layers, each counted once
 */
public record SystemInfo(String name, int running, int paused, int stopped, long images, long layersSize) {
    /** All containers. */
    public int containers() {
        return running + paused + stopped;
    }
}
