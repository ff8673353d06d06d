package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.device.NetDevice;
import org.jspecify.annotations.Nullable;

/**
 * The question to the routing tables ({@code struct flowi4}).
 *
 * @param source 0 if not chosen yet
 * @param in the device a packet came in by; null for what is sent from here
 * @param out the device asked for ({@code SO_BINDTODEVICE}); null if any
 */
public record Flow(int destination, int source, @Nullable NetDevice in, @Nullable NetDevice out, int mark, int tos) {
    public static Flow to(int destination) {
        return new Flow(destination, 0, null, null, 0, 0);
    }

    public static Flow of(int destination, int source, @Nullable NetDevice out, int mark) {
        return new Flow(destination, source, null, out, mark, 0);
    }
}
