package dev.vethlab.engine.kernel.sysctl;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of devices below {@code net.ipv4.neigh} that somebody has changed ({@code neigh_sysctl_table}). */
final class NeighbourConf {
    private static final String PREFIX = "net.ipv4.neigh.";
    private static final int TICK_MILLISECONDS = 4;

    private final TreeMap<String, String> changed = new TreeMap<>();

    static boolean isOne(String name) {
        return name.startsWith(PREFIX);
    }

    static String name(String device, String setting) {
        return PREFIX + device + "." + setting;
    }

    @Nullable String get(String name) {
        return changed.get(name);
    }

    /** The value must be a number that is not negative; milliseconds are kept as ticks of the clock. */
    void set(String name, String value) {
        long number = Long.parseLong(value);
        boolean ticks = name.endsWith("_ms");
        changed.put(name, Long.toString(ticks ? Math.ceilDiv(number, TICK_MILLISECONDS) * TICK_MILLISECONDS : number));
    }

    void removed(String device) {
        of(device).clear();
    }

    void renamed(String from, String to) {
        var its = new TreeMap<>(of(from));
        removed(from);
        its.forEach((name, value) -> changed.put(name(to, name.substring(name.lastIndexOf('.') + 1)), value));
    }

    private Map<String, String> of(String device) {
        // no name of a device has the character that follows the dot
        return changed.subMap(PREFIX + device + ".", PREFIX + device + "/");
    }
}
