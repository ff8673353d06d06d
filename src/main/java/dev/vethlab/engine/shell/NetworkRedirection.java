package dev.vethlab.engine.shell;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.HostsFile;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.SocketFile;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /dev/tcp/HOST/PORT} and {@code /dev/udp/HOST/PORT}: bash opens a socket when it redirects there ({@code netopen.c}). */
final class NetworkRedirection {
    private static final Pattern PATH = Pattern.compile("/dev/(tcp|udp)/([^/]+)/([^/]+)");
    private static final int MAX_PORT = 65_535;

    private NetworkRedirection() {}

    static boolean isMeant(String path) {
        return PATH.matcher(path).matches();
    }

    /** Connects. @throws Redirector.Failure with bash's words; what the system call said is on standard error by then */
    static SocketFile open(EmulatedProcess process, String shell, String path) throws Redirector.Failure {
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
                return new SocketFile(socket);
            }
            TcpSocket socket = SocketCalls.tcp(process);
            refusal = SocketCalls.connect(process, socket, address.getAsInt(), port, EmulatedProcess.FOREVER);
            if (refusal == null) {
                return new SocketFile(socket);
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
        List<HostsFile.Entry> entries = HostsFile.read(process).byName(host);
        return entries.isEmpty() ? OptionalInt.empty() : OptionalInt.of(entries.getFirst().address());
    }
}
