package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket that is bound, and then listens: connections in the making, and made ones that wait for {@link #accept}. */
public final class TcpListener extends Socket {
    private final TcpProtocol protocol;
    private final ArrayDeque<TcpSocket> accepted = new ArrayDeque<>();
    private final List<TcpSocket> pending = new ArrayList<>();
    private int backlog;
    private boolean listening;

    TcpListener(NetworkNamespace namespace, SocketOwner owner, TcpProtocol protocol) {
        super(namespace, owner);
        this.protocol = protocol;
        setReuseAddress(true);
    }

    /** Takes a local address and port; 0 for any. @throws KernelException EINVAL if bound already, EADDRINUSE, EADDRNOTAVAIL */
    public void bind(int address, int port) throws KernelException {
        if (localPort() != 0) {
            throw new KernelException(Errno.EINVAL);
        }
        setLocal(address, protocol.ports().reserve(this, address, port, TcpProtocol::mayShare));
    }

    /**
     * Begins to listen; {@code backlog} connections may wait, at most {@code net.core.somaxconn}.
     *
     * @throws KernelException EADDRINUSE if another one listens there
     */
    public void listen(int backlog) throws KernelException {
        if (!protocol.mayListen(this)) {
            throw new KernelException(Errno.EADDRINUSE);
        }
        this.backlog = Math.min(backlog, namespace.sysctls().number("net.core.somaxconn"));
        listening = true;
    }

    public boolean isListening() {
        return listening;
    }

    /** How many connections may wait to be accepted ({@code Send-Q} of {@code ss -l}). */
    public int backlog() {
        return backlog;
    }

    /** How many connections wait to be accepted ({@code Recv-Q}). */
    public int waiting() {
        return accepted.size();
    }

    /** The next connection, or null if none waits. */
    public @Nullable TcpSocket accept() {
        return accepted.poll();
    }

    @Override
    public boolean canRead() {
        return !accepted.isEmpty() || isClosed();
    }

    /** {@code sk_acceptq_is_full}: one more than the backlog fits. */
    boolean isFull() {
        return accepted.size() > backlog;
    }

    void begun(TcpSocket child) {
        pending.add(child);
    }

    /** Its handshake is complete. */
    void completed(TcpSocket child) {
        pending.remove(child);
        accepted.add(child);
        changed().wakeAll();
    }

    /** It ended; one that was complete is still accepted, and its reader hears of the end. */
    void lost(TcpSocket child) {
        pending.remove(child);
    }

    /** Connections that nobody has accepted yet are reset. */
    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        markClosed();
        listening = false;
        protocol.forget(this);
        List.copyOf(pending).forEach(TcpSocket::abort);
        List.copyOf(accepted).forEach(TcpSocket::abort);
    }

    void vanish() {
        listening = false;
        markClosed();
    }

    @Override
    public String text() {
        return "tcp " + (listening ? "LISTEN " : "UNCONN ") + end(localAddress(), localPort()) + " 0.0.0.0:* " + owner().program();
    }
}
