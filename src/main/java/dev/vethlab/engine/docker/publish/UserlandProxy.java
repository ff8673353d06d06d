package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.process.SocketCalls;

/**
 * {@code docker-proxy} (moby {@code cmd/docker-proxy}): what reaches a published port without being translated, from this machine's
 * loopback address or from a container of the same network, it carries to the container itself. The engine binds the socket and hands
 * it over, as the real one does by descriptor 7.
 */
public final class UserlandProxy {
    /** The process's name. */
    public static final String NAME = "docker-proxy";

    private static final int DESCRIPTOR = 7;

    private UserlandProxy() {}

    /** The program, with the listener or UDP socket that it inherits; closes it when the process ends. */
    public static Resident program(Socket socket, int address, int port) {
        return self -> {
            self.setName(NAME);
            socket.setOwner(SocketCalls.owner(self).withDescriptor(DESCRIPTOR));
            self.onExit(socket::close);
            if (socket instanceof TcpListener listener) {
                new TcpRelay(self, listener, address, port).start();
            } else if (socket instanceof UdpSocket datagrams) {
                new UdpRelay(self, datagrams, address, port).start();
            }
        };
    }
}
