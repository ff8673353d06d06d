package dev.vethlab.engine.kernel.socket;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Who holds which local port of one protocol in one namespace ({@code inet_csk_get_port}, {@code udp_lib_get_port}). */
public final class PortSpace {
    private final NetworkNamespace namespace;
    private final List<Socket> bound = new ArrayList<>();

    public PortSpace(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** The sockets that hold a port, in the order of binding. */
    public List<Socket> bound() {
        return bound;
    }

    /**
     * Checks that {@code socket} may have this address and port, and picks a free one for port 0.
     *
     * @param sharing whether {@code SO_REUSEADDR} of both settles a conflict with this holder
     * @return the port
     * @throws KernelException EADDRNOTAVAIL if the address is not this machine's, EADDRINUSE
     */
    public int reserve(Socket socket, int address, int port, Sharing sharing) throws KernelException {
        if (address != Ipv4.ANY) {
            RouteType type = namespace.routing().addressType(address);
            boolean own = type == RouteType.LOCAL || type == RouteType.BROADCAST || type == RouteType.MULTICAST;
            if (!own && !namespace.sysctls().isOn("net.ipv4.ip_nonlocal_bind")) {
                throw new KernelException(Errno.EADDRNOTAVAIL);
            }
        }
        int chosen = port != 0 ? port : ephemeral(candidate -> holder(socket, address, candidate, sharing) == null);
        if (chosen == 0 || holder(socket, address, chosen, sharing) != null) {
            throw new KernelException(Errno.EADDRINUSE);
        }
        if (!bound.contains(socket)) {
            bound.add(socket);
        }
        return chosen;
    }

    /** Whether two sockets with {@code SO_REUSEADDR} may share an address. */
    @FunctionalInterface
    public interface Sharing {
        boolean allowed(Socket one, Socket other);
    }

    private @Nullable Socket holder(Socket socket, int address, int port, Sharing sharing) {
        for (Socket other : bound) {
            boolean overlaps = other != socket
                    && other.localPort() == port
                    && other.family().overlaps(socket.family())
                    && (other.localAddress() == Ipv4.ANY || address == Ipv4.ANY || other.localAddress() == address)
                    && (other.device() == null || socket.device() == null || other.device() == socket.device());
            boolean shared = socket.reusesPort() && other.reusesPort()
                    || socket.reusesAddress() && other.reusesAddress() && sharing.allowed(socket, other);
            if (overlaps && !shared) {
                return other;
            }
        }
        return null;
    }

    /** A random port of {@code ip_local_port_range} that {@code usable} accepts, or 0 if there is none. */
    public int ephemeral(IntPredicate usable) {
        String[] range = java.util.Objects.requireNonNull(namespace.sysctls().get("net.ipv4.ip_local_port_range")).split("\t");
        int low = Integer.parseInt(range[0]);
        int count = Integer.parseInt(range[1]) - low + 1;
        if (count <= 0) {
            return 0;
        }
        int offset = namespace.kernel().random("ephemeral").nextInt(count);
        for (int i = 0; i < count; i++) {
            int candidate = low + (offset + i) % count;
            if (usable.test(candidate)) {
                return candidate;
            }
        }
        return 0;
    }

    public void release(Socket socket) {
        bound.remove(socket);
    }
}
