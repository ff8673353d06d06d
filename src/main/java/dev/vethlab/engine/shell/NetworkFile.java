package dev.vethlab.engine.shell;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.file.FileError;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /dev/tcp/HOST/PORT} and {@code /dev/udp/HOST/PORT}: bash opens a socket when it redirects there ({@code netopen.c}). */
final class NetworkFile extends OpenFile {
    private static final Pattern PATH = Pattern.compile("/dev/(tcp|udp)/([^/]+)/([^/]+)");
    private static final int MAX_PORT = 65_535;

    private final Socket socket;

    private NetworkFile(Socket socket) {
        this.socket = socket;
    }

    static boolean isMeant(String path) {
        return PATH.matcher(path).matches();
    }

    /** Connects. @throws Redirector.Failure with bash's words; what the system call said is on standard error by then */
    static NetworkFile open(EmulatedProcess process, String shell, String path) throws Redirector.Failure {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new IllegalArgumentException(path);
        }
        OptionalInt address = address(process, parts.group(2));
        int port = parts.group(3).matches("\\d{1,5}") ? Integer.parseInt(parts.group(3)) : -1;
        if (address.isEmpty() || port < 0 || port > MAX_PORT) {
            throw new Redirector.Failure("vethlab: " + path + ": only addresses, the names of /etc/hosts, and port numbers are emulated");
        }
        Errno refusal;
        try {
            if (parts.group(1).equals("udp")) {
                UdpSocket socket = SocketCalls.udp(process);
                socket.connect(address.getAsInt(), port);
                return new NetworkFile(socket);
            }
            TcpSocket socket = SocketCalls.tcp(process);
            refusal = SocketCalls.connect(process, socket, address.getAsInt(), port, EmulatedProcess.FOREVER);
            if (refusal == null) {
                return new NetworkFile(socket);
            }
            socket.close();
        } catch (KernelException e) {
            refusal = e.errno();
        }
        process.error(shell + ": connect: " + refusal.message());
        throw new Redirector.Failure(path + ": " + refusal.message());
    }

    private static OptionalInt address(EmulatedProcess process, String host) {
        OptionalInt numeric = Ipv4.parse(host);
        if (numeric.isPresent()) {
            return numeric;
        }
        try {
            for (String line : process.context().files().readAll(process, "/etc/hosts").text().split("\n")) {
                List<String> words = List.of(line.split("#", 2)[0].strip().split("\\s+"));
                OptionalInt address = Ipv4.parse(words.getFirst());
                if (address.isPresent() && words.subList(1, words.size()).contains(host)) {
                    return address;
                }
            }
        } catch (KernelException e) {
            // no file, no names
            return OptionalInt.empty();
        }
        return OptionalInt.empty();
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
            default -> Bytes.EMPTY;
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
            case TcpSocket tcp -> SocketCalls.write(writer, tcp, data) ? null : Errno.EPIPE;
            case UdpSocket udp -> udp.send(data);
            default -> Errno.EBADF;
        };
        if (error != null) {
            throw new FileError(error);
        }
    }

    @Override
    protected void closed() {
        socket.close();
    }
}
