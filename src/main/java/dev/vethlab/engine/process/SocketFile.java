package dev.vethlab.engine.process;

import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.List;

/** A connection as an open file, for a program that knows of no network: {@code nc -e}. */
public final class SocketFile extends OpenFile {
    private final TcpSocket socket;

    public SocketFile(TcpSocket socket) {
        this.socket = socket;
    }

    @Override
    public Bytes read(EmulatedProcess reader, int limit) {
        SocketCalls.awaitReadable(reader, socket, EmulatedProcess.FOREVER);
        return socket.read(limit);
    }

    @Override
    public boolean canRead() {
        return socket.canRead();
    }

    @Override
    public List<WaitQueue> readable() {
        return List.of(socket.changed());
    }

    @Override
    public void write(EmulatedProcess writer, Bytes data) {
        SocketCalls.write(writer, socket, data);
    }

    @Override
    protected void closed() {
        socket.close();
    }
}
