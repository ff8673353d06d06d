package dev.vethlab.engine.process;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.RawSocket;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IpProtocol;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The socket calls of a process. What is opened here is closed when the process ends; the blocking calls are for programs only. */
public final class SocketCalls {
    private SocketCalls() {}

    /** Who {@code self} is to {@code ss -p}, with the descriptor 3 of a program's first file. */
    public static SocketOwner owner(EmulatedProcess self) {
        return SocketOwner.of(self.name(), self.pid());
    }

    /** @throws KernelException ENFILE */
    public static TcpSocket tcp(EmulatedProcess self) throws KernelException {
        return kept(self, self.network().sockets().openTcp(owner(self)));
    }

    /** @throws KernelException ENFILE */
    public static UdpSocket udp(EmulatedProcess self) throws KernelException {
        return kept(self, self.network().sockets().openUdp(owner(self)));
    }

    /** @throws KernelException EPERM without the right to, ENFILE */
    public static RawSocket raw(EmulatedProcess self, int protocol) throws KernelException {
        if (!self.context().may(Capability.NET_RAW)) {
            throw new KernelException(Errno.EPERM);
        }
        return kept(self, self.network().sockets().openRaw(owner(self), protocol));
    }

    /**
     * A socket for echo requests: a raw one, or the ping socket that {@code net.ipv4.ping_group_range} lets groups have.
     *
     * @throws KernelException EPERM without the right to either, ENFILE
     */
    public static RawSocket ping(EmulatedProcess self) throws KernelException {
        String[] range = Objects.requireNonNull(self.network().sysctls().get("net.ipv4.ping_group_range")).split("\t");
        User user = self.context().user();
        long least = Long.parseLong(range[0]);
        long most = Long.parseLong(range[1]);
        boolean grouped = least <= user.gid() && user.gid() <= most || user.groups().stream().anyMatch(g -> least <= g && g <= most);
        return grouped ? kept(self, self.network().sockets().openRaw(owner(self), IpProtocol.ICMP)) : raw(self, IpProtocol.ICMP);
    }

    /** A socket that listens. @throws KernelException EADDRINUSE, EADDRNOTAVAIL, EACCES for a privileged port, ENFILE */
    public static TcpListener listen(EmulatedProcess self, AddressFamily family, int address, int port, int backlog)
            throws KernelException {
        return listen(self, family, address, port, backlog, false);
    }

    /** Like the other one, with {@code SO_REUSEPORT} if {@code shared}. */
    public static TcpListener listen(EmulatedProcess self, AddressFamily family, int address, int port, int backlog, boolean shared)
            throws KernelException {
        checkPort(self, port);
        TcpListener listener = kept(self, self.network().sockets().openListener(owner(self)));
        listener.setFamily(family);
        listener.setReusePort(shared);
        try {
            listener.bind(address, port);
            listener.listen(backlog);
        } catch (KernelException e) {
            listener.close();
            throw e;
        }
        return listener;
    }

    /** @throws KernelException EACCES if the port is privileged and the process is not */
    public static void checkPort(EmulatedProcess self, int port) throws KernelException {
        boolean privileged = port != 0 && port < self.network().sysctls().number("net.ipv4.ip_unprivileged_port_start");
        if (privileged && !self.context().may(Capability.NET_BIND_SERVICE)) {
            throw new KernelException(Errno.EACCES);
        }
    }

    /** Closes it when the process ends. */
    public static <S extends Socket> S kept(EmulatedProcess self, S socket) {
        self.onExit(socket::close);
        return socket;
    }

    // ---- blocking ----

    /** Connects; null, or why not: EINPROGRESS if it took longer than {@code timeoutNanos}. */
    public static @Nullable Errno connect(EmulatedProcess self, TcpSocket socket, int address, int port, long timeoutNanos) {
        try {
            socket.connect(address, port);
        } catch (KernelException e) {
            return e.errno();
        }
        if (!self.await(socket.changed(), () -> !socket.isConnecting(), timeoutNanos)) {
            return Errno.EINPROGRESS;
        }
        Errno error = socket.takeError();
        return error == null && !socket.isConnected() ? Errno.ECONNREFUSED : error;
    }

    /** Writes all; blocks while there is no room. False if the connection is gone. */
    public static boolean write(EmulatedProcess self, TcpSocket socket, Bytes data) {
        Bytes rest = data;
        while (!rest.isEmpty()) {
            self.await(socket.changed(), () -> socket.canWrite() || !socket.state().maySend(), EmulatedProcess.FOREVER);
            int taken = socket.write(rest);
            if (taken < 0) {
                return false;
            }
            rest = rest.slice(taken);
        }
        return true;
    }

    /** Waits until there is something to read, an end or an error; false if {@code timeoutNanos} passed. */
    public static boolean awaitReadable(EmulatedProcess self, Socket socket, long timeoutNanos) {
        return self.await(socket.changed(), socket::canRead, timeoutNanos);
    }
}
