package dev.vethlab.engine.shell;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.NameService;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.SocketFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /dev/tcp/HOST/PORT} and {@code /dev/udp/HOST/PORT}: bash opens a socket when it redirects there ({@code netopen.c}). */
final class NetworkRedirection {
    private static final Pattern PATH = Pattern.compile("/dev/(tcp|udp)/([^/]+)/([^/]+)");

    private NetworkRedirection() {}

    static boolean isMeant(String path) {
        return PATH.matcher(path).matches();
    }

    /**
     * Connects; {@code prefix} is what the shell's complaints begin with.
     *
     * @throws Redirector.Failure with bash's words; what the system call said is on standard error by then
     */
    static SocketFile open(EmulatedProcess process, String shell, String prefix, String path) throws Redirector.Failure {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new IllegalArgumentException(path);
        }
        String host = parts.group(2);
        String service = parts.group(3);
        NameService.Answer answer = process.table().names().lookup(process, host, service, parts.group(1));
        if (answer instanceof NameService.NotFound missing) {
            String about = missing.message().startsWith("Servname") ? service : host;
            process.error(prefix + about + ": " + missing.message());
            throw new Redirector.Failure(path + ": " + Errno.EINVAL.message());
        }
        NameService.Found found = (NameService.Found) answer;
        Errno refusal = Errno.EINVAL;
        for (int address : found.addresses()) {
            try {
                if (parts.group(1).equals("udp")) {
                    UdpSocket socket = SocketCalls.udp(process);
                    socket.connect(address, found.port());
                    return new SocketFile(socket);
                }
                TcpSocket socket = SocketCalls.tcp(process);
                Errno why = SocketCalls.connect(process, socket, address, found.port(), EmulatedProcess.FOREVER);
                if (why == null) {
                    return new SocketFile(socket);
                }
                refusal = why;
                socket.close();
            } catch (KernelException e) {
                refusal = e.errno();
            }
        }
        process.error(shell + ": connect: " + refusal.message());
        throw new Redirector.Failure(path + ": " + refusal.message());
    }
}
