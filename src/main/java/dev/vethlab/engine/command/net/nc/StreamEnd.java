package dev.vethlab.engine.command.net.nc;

import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;

/** A TCP connection. */
record StreamEnd(EmulatedProcess self, TcpSocket socket) implements NetEnd {
    private static final int CHUNK = 16_384;

    @Override
    public Bytes read() {
        return socket.read(CHUNK);
    }

    @Override
    public boolean atEnd() {
        return socket.atEnd();
    }

    @Override
    public boolean write(Bytes data) {
        return SocketCalls.write(self, socket, data);
    }

    @Override
    public void shutdown() {
        socket.shutdown();
    }
}
