package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.kernel.sysctl.Sysctls;
import dev.vethlab.engine.packet.Ipv4;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which host ports containers hold, by address and protocol ({@code libnetwork/portallocator}). A port without a number is taken from
 * the kernel's ephemeral range, one after the other, beginning at its lower end.
 */
public final class PortAllocator {
    private static final int DEFAULT_BEGIN = 49153;
    private static final int DEFAULT_END = 65535;

    private final Sysctls sysctls;
    private final TreeMap<String, TreeSet<Integer>> taken = new TreeMap<>();
    private final TreeMap<String, Integer> last = new TreeMap<>();

    public PortAllocator(Sysctls sysctls) {
        this.sysctls = sysctls;
    }

    /** Takes a port from {@code begin} to {@code end}; both 0 for any. */
    public int request(int address, String protocol, int begin, int end) throws EngineException {
        if (begin != 0 && begin == end) {
            Integer holder = holder(address, protocol, begin);
            if (holder != null) {
                throw EngineException.internal("Bind for " + Ipv4.text(holder) + ":" + begin + " failed: port is already allocated");
            }
            take(address, protocol, begin);
            return begin;
        }
        int from = begin;
        int to = end;
        if (begin == 0 && end == 0) {
            String range = sysctls.get("net.ipv4.ip_local_port_range");
            String[] limits = range == null ? new String[0] : range.split("\\s+");
            from = limits.length == 2 ? Integer.parseInt(limits[0]) : DEFAULT_BEGIN;
            to = limits.length == 2 ? Integer.parseInt(limits[1]) : DEFAULT_END;
        }
        String key = key(address, protocol) + " " + from + "-" + to;
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

    public void release(int address, String protocol, int port) {
        TreeSet<Integer> ports = taken.get(key(address, protocol));
        if (ports != null) {
            ports.remove(port);
        }
    }

    /** The address at which somebody holds the port in a way that excludes {@code address}; null if nobody does. */
    private @org.jspecify.annotations.Nullable Integer holder(int address, String protocol, int port) {
        for (var entry : taken.entrySet()) {
            int other = Integer.parseInt(entry.getKey().substring(protocolEnd(entry.getKey())));
            boolean clashes = entry.getKey().startsWith(protocol + " ") && (other == address || other == 0 || address == 0);
            if (clashes && entry.getValue().contains(port)) {
                return other;
            }
        }
        return null;
    }

    private void take(int address, String protocol, int port) {
        taken.computeIfAbsent(key(address, protocol), k -> new TreeSet<>()).add(port);
    }

    private static String key(int address, String protocol) {
        return protocol + " " + address;
    }

    private static int protocolEnd(String key) {
        return key.indexOf(' ') + 1;
    }
}
