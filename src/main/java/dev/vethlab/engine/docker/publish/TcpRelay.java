package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import java.util.ArrayList;
import java.util.List;

/** For each connection of a listener one to the backend, and bytes carried both ways; an end of one side is passed on to the other. */
final class TcpRelay {
    private static final int CHUNK = 32_768;
    /** What waking and copying take. */
    private static final long COPY_COST = 20_000;

    private final EmulatedProcess self;
    private final TcpListener listener;
    private final int address;
    private final int port;
    private final List<TcpSocket> open = new ArrayList<>();

    TcpRelay(EmulatedProcess self, TcpListener listener, int address, int port) {
        this.self = self;
        this.listener = listener;
        this.address = address;
        this.port = port;
    }

    void start() {
        self.onExit(() -> List.copyOf(open).forEach(TcpSocket::close));
        listener.onChange(() -> self.whenRunning(this::accept));
        accept();
    }

    private void accept() {
        for (TcpSocket client = listener.accept(); client != null; client = listener.accept()) {
            TcpSocket connection = client;
            open.add(connection);
            self.simulation().schedule(COPY_COST, () -> self.whenRunning(() -> dial(connection)));
        }
    }

    private void dial(TcpSocket client) {
        try {
            TcpSocket backend = self.network().sockets().openTcp(SocketCalls.owner(self));
            backend.setNoDelay(true);
            client.setNoDelay(true);
            open.add(backend);
            var pair = new Pair(client, backend);
            backend.onChange(() -> self.whenRunning(pair::later));
            client.onChange(() -> self.whenRunning(pair::later));
            backend.connect(address, port);
            pair.work();
        } catch (KernelException e) {
            end(client);
        }
    }

    private void end(TcpSocket socket) {
        open.remove(socket);
        socket.close();
    }

    private final class Pair {
        private final TcpSocket client;
        private final TcpSocket backend;
        private boolean scheduled;
        private boolean clientDone;
        private boolean backendDone;
        private boolean dialled;

        Pair(TcpSocket client, TcpSocket backend) {
            this.client = client;
            this.backend = backend;
        }

        void later() {
            if (!scheduled) {
                scheduled = true;
                self.simulation().schedule(COPY_COST, () -> self.whenRunning(() -> {
                    scheduled = false;
                    work();
                }));
            }
        }

        void work() {
            if (backend.isConnecting()) {
                return;
            }
            if (!dialled && !backend.state().isSynchronized()) {
                // nobody has read what the client sent: it hears a reset
                end(client);
                end(backend);
                return;
            }
            dialled = true;
            clientDone = clientDone || carry(client, backend);
            backendDone = backendDone || carry(backend, client);
            if (clientDone && backendDone) {
                end(client);
                end(backend);
            }
        }

        /** Copies what there is; whether that was all there will ever be. */
        private boolean carry(TcpSocket from, TcpSocket to) {
            while (from.receiveQueue() > 0 && to.canWrite()) {
                Bytes data = from.peek(CHUNK);
                int taken = to.write(data);
                from.read(Math.max(taken, 0));
            }
            boolean broken = !to.state().maySend();
            if (from.atEnd() || broken) {
                to.shutdown();
                return true;
            }
            return false;
        }
    }
}
