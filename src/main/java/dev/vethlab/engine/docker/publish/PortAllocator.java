package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.kernel.sysctl.Sysctls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which host ports containers hold, by address and protocol ({@code libnetwork/portallocator}). A port without a number is taken from
 * the kernel's ephemeral range, one after the other, beginning at its lower end.
 */
public final class PortAllocator {
    private static final int DEFAULT_BEGIN = 49153;
    private static final int DEFAULT_END = 65535;

    private final Sysctls sysctls;
    private final Map<Space, TreeSet<Integer>> taken = new LinkedHashMap<>();
    private final TreeMap<String, Integer> last = new TreeMap<>();

    /** The first and last port that is given without being asked for, as the kernel had it when a port was wanted for the first time. */
    private int @Nullable [] dynamic;

    /** The ports of one protocol at one address. */
    private record Space(String protocol, HostAddress address) {}

    public PortAllocator(Sysctls sysctls) {
        this.sysctls = sysctls;
    }

    /** Takes a port from {@code begin} to {@code end}; both 0 for any. */
    public int request(HostAddress address, String protocol, int begin, int end) throws EngineException {
        dynamic();
        if (begin != 0 && begin == end) {
            HostAddress holder = holder(address, protocol, begin);
            if (holder != null) {
                throw EngineException.internal("Bind for " + holder.text() + ":" + begin + " failed: port is already allocated");
            }
            take(address, protocol, begin);
            return begin;
        }
        boolean any = begin == 0 && end == 0;
        int from = any ? dynamic()[0] : begin;
        int to = any ? dynamic()[1] : end;
        String key = protocol + " " + address + " " + from + "-" + to;
        int port = last.getOrDefault(key, to);
        for (int i = from; i <= to; i++) {
            port = port >= to ? from : port + 1;
            if (holder(address, protocol, port) == null) {
                take(address, protocol, port);
                last.put(key, port);
                return port;
            }
        }
        throw EngineException.internal("all ports are allocated");
    }

    private int[] dynamic() {
        if (dynamic == null) {
            String range = sysctls.get("net.ipv4.ip_local_port_range");
            String[] limits = range == null ? new String[0] : range.split("\\s+");
            dynamic = limits.length != 2 ? new int[] {DEFAULT_BEGIN, DEFAULT_END}
                    : new int[] {Integer.parseInt(limits[0]), Integer.parseInt(limits[1])};
        }
        return dynamic;
    }

    public void release(HostAddress address, String protocol, int port) {
        TreeSet<Integer> ports = taken.get(new Space(protocol, address));
        if (ports != null) {
            ports.remove(port);
        }
    }

    /** The address at which somebody holds the port in a way that excludes {@code address}; null if nobody does. */
    private @Nullable HostAddress holder(HostAddress address, String protocol, int port) {
        for (var entry : taken.entrySet()) {
            HostAddress other = entry.getKey().address();
            if (entry.getKey().protocol().equals(protocol) && other.excludes(address) && entry.getValue().contains(port)) {
                return other;
            }
        }
        return null;
    }

    private void take(HostAddress address, String protocol, int port) {
        taken.computeIfAbsent(new Space(protocol, address), k -> new TreeSet<>()).add(port);
    }
}
