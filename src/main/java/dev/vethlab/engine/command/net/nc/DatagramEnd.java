package dev.vethlab.engine.command.net.nc;

import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;

/** A UDP socket. It ends with the first error about what it sent. */
record DatagramEnd(EmulatedProcess self, UdpSocket socket) implements NetEnd {
    @Override
    public Bytes read() {
        UdpSocket.Datagram next = socket.receive();
        return next == null ? Bytes.EMPTY : next.data();
    }

    @Override
    public boolean atEnd() {
        return socket.hasError() || socket.isClosed();
    }

    @Override
    public boolean write(Bytes data) {
        return socket.remotePort() == 0 || socket.send(data) == null;
    }

    @Override
    public void shutdown() {}
}
