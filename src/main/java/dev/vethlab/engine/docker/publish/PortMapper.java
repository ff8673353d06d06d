package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.docker.api.EngineException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes ports: takes a host port, binds it so that no other process can, writes the rules, listens, and at last starts the userland
 * proxy ({@code drivers/bridge/port_mapping_linux.go}).
 */
public final class PortMapper {
    private static final int ATTEMPTS = 10;

    /** {@code cmpPortBinding}: exact host ports before ranges, then by container port, protocol, host ports and addresses. */
    private static final Comparator<PortMapping> ORDER = Comparator
            .<PortMapping, Boolean>comparing(p -> p.hostPort() == 0 || p.hostPort() != p.hostPortEnd())
            .thenComparingInt(PortMapping::port)
            .thenComparing(PortMapping::protocol)
            .thenComparingInt(PortMapping::hostPort)
            .thenComparingInt(PortMapping::hostPortEnd)
            .thenComparing(PortMapping::host);

    private final PortAllocator allocator;
    private final HostPorts hostPorts;
    private final Map<PortMapping, HostPorts.Bound> bound = new LinkedHashMap<>();

    public PortMapper(PortAllocator allocator, HostPorts hostPorts) {
        this.allocator = allocator;
        this.hostPorts = hostPorts;
    }

    /** Publishes all, or none and throws. */
    public List<PortMapping> map(List<PortMapping> wanted, PortRules rules) throws EngineException {
        var mapped = new ArrayList<PortMapping>();
        try {
            for (PortMapping port : wanted.stream().sorted(ORDER).toList()) {
                mapped.add(map(port, rules));
            }
        } catch (EngineException e) {
            unmap(mapped, rules);
            throw e;
        }
        for (PortMapping port : mapped) {
            HostPorts.Bound socket = bound.get(port);
            if (socket != null) {
                socket.startProxy();
            }
        }
        return mapped;
    }

    private PortMapping map(PortMapping wanted, PortRules rules) throws EngineException {
        if (!wanted.nat()) {
            PortMapping open = wanted.at(0);
            rules.addPort(open);
            return open;
        }
        boolean exact = wanted.hostPort() != 0 && wanted.hostPort() == wanted.hostPortEnd();
        EngineException last = null;
        for (int attempt = 0; attempt < (exact ? 1 : ATTEMPTS); attempt++) {
            int port = allocator.request(wanted.host(), wanted.protocol(), wanted.hostPort(), wanted.hostPortEnd());
            PortMapping found = wanted.at(port);
            try {
                HostPorts.Bound socket = hostPorts.bind(wanted, found);
                bound.put(found, socket);
                rules.addPort(found);
                socket.listen();
                return found;
            } catch (EngineException e) {
                last = e;
                release(found, rules);
            }
        }
        throw java.util.Objects.requireNonNull(last);
    }

    /** Takes them back: proxies end, rules go, ports are free again. */
    public void unmap(List<PortMapping> mapped, PortRules rules) {
        mapped.forEach(port -> release(port, rules));
    }

    private void release(PortMapping port, PortRules rules) {
        HostPorts.@Nullable Bound socket = bound.remove(port);
        if (socket != null) {
            socket.close();
        }
        rules.removePort(port);
        if (port.nat()) {
            allocator.release(port.host(), port.protocol(), port.hostPort());
        }
    }
}
