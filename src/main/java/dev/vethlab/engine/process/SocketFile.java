package dev.vethlab.engine.process;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.file.FileError;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.List;
import java.util.Objects;

/** A connected socket as an open file, for programs that know of no network: those of {@code nc -e} and of bash's {@code /dev/tcp}. */
public final class SocketFile extends OpenFile {
    private final Socket socket;

    public SocketFile(TcpSocket socket) {
        this.socket = socket;
    }

    public SocketFile(UdpSocket socket) {
        this.socket = socket;
    }

    @Override
    public Bytes read(EmulatedProcess reader, int limit) {
        SocketCalls.awaitReadable(reader, socket, EmulatedProcess.FOREVER);
        Errno error = socket.takeError();
        if (error != null) {
            throw new FileError(error);
        }
        return switch (socket) {
            case TcpSocket tcp -> tcp.read(limit);
            case UdpSocket udp -> {
                UdpSocket.Datagram datagram = udp.receive();
                yield datagram == null ? Bytes.EMPTY : datagram.data();
            }
            default -> throw new IllegalStateException(socket.text());
        };
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
        Errno error = switch (socket) {
            case TcpSocket tcp -> SocketCalls.write(writer, tcp, data) ? null : gone(writer, tcp);
            case UdpSocket udp -> udp.send(data);
            default -> throw new IllegalStateException(socket.text());
        };
        if (error != null) {
            throw new FileError(error);
        }
    }

    /** Why it cannot be written to any more; who does so although nobody reads gets SIGPIPE ({@code sk_stream_error}). */
    private static Errno gone(EmulatedProcess writer, TcpSocket socket) {
        Errno error = Objects.requireNonNullElse(socket.takeError(), Errno.EPIPE);
        if (error == Errno.EPIPE) {
            writer.signal(Signal.PIPE);
            writer.spend(0);
        }
        return error;
    }

    @Override
    protected void closed() {
        socket.close();
    }
}
