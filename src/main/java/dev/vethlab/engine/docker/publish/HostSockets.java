package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.kernel.socket.SocketTable;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.NullFile;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Host ports as the engine's own sockets, handed on to {@code docker-proxy} processes. */
public final class HostSockets implements HostPorts {
    private static final int BACKLOG = 4096;
    private static final String PROXY = "/usr/sbin/docker-proxy";

    private final EmulatedProcess daemon;
    private final boolean useProxy;

    public HostSockets(EmulatedProcess daemon, boolean useProxy) {
        this.daemon = daemon;
        this.useProxy = useProxy;
    }

    @Override
    public Bound bind(PortMapping wanted, PortMapping found) throws EngineException {
        if (found.protocol().equals("sctp")) {
            // the kernel is built without it
            throw EngineException.internal("error starting userland proxy: failed to listen on " + found.host() + ":" + found.hostPort()
                    + ": protocol not supported");
        }
        SocketTable sockets = daemon.network().sockets();
        SocketOwner owner = SocketOwner.of("dockerd", daemon.pid());
        Socket socket = null;
        try {
            if (found.protocol().equals("udp")) {
                UdpSocket udp = sockets.openUdp(owner);
                socket = udp;
                udp.setReuseAddress(true);
                bind(udp, found, udp::bind);
            } else {
                TcpListener tcp = sockets.openListener(owner);
                socket = tcp;
                bind(tcp, found, tcp::bind);
            }
            return new BoundSocket(found, socket);
        } catch (KernelException e) {
            if (socket != null) {
                socket.close();
            }
            boolean exact = wanted.hostPort() == wanted.hostPortEnd();
            String port = exact ? "" : found.hostPort() + " ";
            throw EngineException.internal("failed to bind host port " + port + "for " + wanted + ": "
                    + e.errno().message().toLowerCase(Locale.ROOT));
        }
    }

    private interface Bind {
        void at(int address, int port) throws KernelException;
    }

    /** Of IPv6 addresses there are none here, so that only all of them can be bound. */
    private static void bind(Socket socket, PortMapping found, Bind bind) throws KernelException {
        HostAddress address = found.host();
        if (address.isSix()) {
            if (!address.isAny()) {
                throw new KernelException(Errno.EADDRNOTAVAIL);
            }
            socket.setFamily(AddressFamily.INET6_ONLY);
        }
        bind.at(address.four(), found.hostPort());
    }

    private final class BoundSocket implements Bound {
        private final PortMapping mapping;
        private final Socket socket;
        private @Nullable EmulatedProcess proxy;

        BoundSocket(PortMapping mapping, Socket socket) {
            this.mapping = mapping;
            this.socket = socket;
        }

        @Override
        public void listen() throws EngineException {
            if (socket instanceof TcpListener listener) {
                try {
                    listener.listen(useProxy ? BACKLOG : 0);
                } catch (KernelException e) {
                    throw EngineException.internal("failed to listen for " + mapping + ": " + e.errno().message().toLowerCase(Locale.ROOT));
                }
            }
        }

        @Override
        public void startProxy() {
            if (!useProxy) {
                return;
            }
            List<String> arguments = List.of(PROXY, "-proto", mapping.protocol(), "-host-ip", mapping.host().text(),
                    "-host-port", Integer.toString(mapping.hostPort()), "-container-ip", Ipv4.text(mapping.address()),
                    "-container-port", Integer.toString(mapping.port()), "-use-listen-fd");
            var nothing = new NullFile();
            proxy = daemon.spawn(UserlandProxy.program(socket, mapping.address(), mapping.port()), arguments,
                    daemon.context().copy(), List.of(nothing, nothing, nothing));
        }

        @Override
        public void close() {
            if (proxy != null) {
                proxy.signal(Signal.KILL);
            }
            socket.close();
        }
    }
}
