package dev.vethlab.engine.command.net.nc;

import dev.vethlab.engine.command.core.Running;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.busybox.Busybox;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.SocketFile;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.OpenFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The {@code nc} and {@code telnet} applets of busybox ({@code networking/nc.c}, {@code networking/telnet.c}). */
public final class BusyboxNc {
    private static final String USAGE = """
            Usage: nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]

            Open a pipe to IP:PORT or FILE

            \t-l\tListen mode, for inbound connects
            \t\t(use -ll with -e for persistent server)
            \t-p PORT\tLocal port
            \t-w SEC\tConnect timeout
            \t-i SEC\tDelay interval for lines sent
            \t-f FILE\tUse file (ala /dev/ttyS0) instead of network
            \t-e PROG\tRun PROG after connect
            """;

    private static final String TELNET_USAGE = """
            Usage: telnet [-a] [-l USER] HOST [PORT]

            Connect to telnet server

            \t-a\tAutomatic login with $USER envvar
            \t-l USER\tAutomatic login as USER
            """;

    private static final int TELNET_PORT = 23;
    private static final long SECOND = 1_000_000_000L;

    private final EmulatedProcess self;
    private final String applet;

    private BusyboxNc(EmulatedProcess self) {
        this.self = self;
        this.applet = self.name();
    }

    /** {@code nc}. */
    public static int nc(EmulatedProcess self) {
        // -e takes the rest of the line for itself
        int at = self.arguments().indexOf("-e");
        List<String> own = at < 0 ? self.arguments() : self.arguments().subList(0, at);
        List<String> program = at < 0 ? List.of() : self.arguments().subList(at + 1, self.arguments().size());
        Getopt options = Getopt.parse(own, "lp:w:i:f:");
        if (options.error() != null || at >= 0 && program.isEmpty()) {
            return Busybox.usage(self, Objects.requireNonNullElse(options.error(), ""), USAGE);
        }
        if (options.has("f") || options.has("i")) {
            return Unsupported.answer(self, "nc -f and -i are not emulated");
        }
        for (String number : List.of("w", "p")) {
            String value = options.value(number);
            if (value != null && !value.matches("\\d{1,5}")) {
                self.error("nc: invalid number '" + value + "'");
                return 1;
            }
        }
        var applet = new BusyboxNc(self);
        long listens = options.options().stream().filter(option -> option.name().equals("l")).count();
        if (listens > 0) {
            return applet.listen(Integer.parseInt(Objects.requireNonNullElse(options.value("p"), "0")), listens > 1, program);
        }
        if (options.operands().isEmpty()) {
            return Busybox.usage(self, "", USAGE);
        }
        String wait = options.value("w");
        return applet.connect(options.operands(), 0, wait == null ? EmulatedProcess.FOREVER : Integer.parseInt(wait) * SECOND, program);
    }

    /** {@code telnet}: without negotiation, which the servers here do not ask for. */
    public static int telnet(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "al:");
        if (options.error() != null || options.operands().isEmpty()) {
            return Busybox.usage(self, Objects.requireNonNullElse(options.error(), ""), TELNET_USAGE);
        }
        return new BusyboxNc(self).connect(options.operands(), TELNET_PORT, EmulatedProcess.FOREVER, List.of());
    }

    private int connect(List<String> operands, int otherwise, long timeout, List<String> program) {
        String port = operands.size() > 1 ? operands.get(1) : Integer.toString(otherwise);
        if (!port.matches("\\d{1,5}")) {
            self.error(applet + ": bad port '" + port + "'");
            return 1;
        }
        String host = operands.getFirst();
        if (!(Resolver.lookup(self, host) instanceof Resolver.Found found)) {
            self.error(applet + ": bad address '" + host + "'");
            return 1;
        }
        int address = found.addresses().getFirst();
        try {
            TcpSocket socket = SocketCalls.tcp(self);
            Errno error = SocketCalls.connect(self, socket, address, Integer.parseInt(port), timeout);
            if (error != null) {
                self.error(applet + ": " + (error == Errno.EINPROGRESS ? "timed out"
                        : "can't connect to remote host (" + Ipv4.text(address) + "): " + error.message()));
                return 1;
            }
            return talk(socket, program);
        } catch (KernelException e) {
            self.error(applet + ": socket: " + e.errno().message());
            return 1;
        }
    }

    private int listen(int port, boolean again, List<String> program) {
        try {
            TcpListener listener = SocketCalls.listen(self, AddressFamily.INET6_DUAL, Ipv4.ANY, port, 1, false);
            do {
                SocketCalls.awaitReadable(self, listener, EmulatedProcess.FOREVER);
                TcpSocket socket = Objects.requireNonNull(listener.accept());
                if (!again) {
                    listener.close();
                    return talk(SocketCalls.kept(self, socket), program);
                }
                if (program.isEmpty()) {
                    talk(socket, program);
                    socket.close();
                } else {
                    serve(socket, program);
                }
            } while (true);
        } catch (KernelException e) {
            self.error("nc: bind: " + e.errno().message());
            return 1;
        }
    }

    private int talk(TcpSocket socket, List<String> program) {
        if (program.isEmpty()) {
            var options = new NcOptions();
            // the far end's close ends it, whatever is still to be typed
            options.listen = true;
            options.shutdownAtEnd = true;
            new Conversation(self, options, new StreamEnd(self, socket)).run();
            return 0;
        }
        Executable found = Running.find(self, program.getFirst());
        if (found == null) {
            return Running.notFound(self, program.getFirst());
        }
        var file = new SocketFile(socket);
        for (int descriptor = 0; descriptor < 3; descriptor++) {
            self.setDescriptor(descriptor, file);
        }
        self.exec(found, program);
        return 0;
    }

    private void serve(TcpSocket socket, List<String> program) {
        Executable found = Running.find(self, program.getFirst());
        if (found == null) {
            Running.notFound(self, program.getFirst());
            socket.close();
            return;
        }
        List<OpenFile> files = new ArrayList<>(Collections.nCopies(3, new SocketFile(socket)));
        self.spawn(found, program, self.context().copy(), files);
    }
}
