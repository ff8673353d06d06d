package dev.vethlab.engine.command.net.nc;

import dev.vethlab.engine.command.net.Services;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;

/** OpenBSD netcat (Debian 1.238): connects, scans or listens; {@link Conversation} carries the data. */
public final class Netcat {
    /** From the end of the handshake until nc has come back from poll(2) and asks {@code SO_ERROR}. */
    private static final long WAKING = 50_000L;

    private static final Bytes PROBE = Bytes.of("X");

    /** Between the later probes of a UDP scan, and how long it goes on without {@code -w}. */
    private static final long PROBE_PAUSE = 1_000_000_000L;

    private static final int SCAN_SECONDS = 3;

    /** Between the first two probes: enough for an error from a neighbour. */
    private static final long ERROR_PAUSE = 1_000_000L;

    private final EmulatedProcess self;
    private final NcOptions options;

    private Netcat(EmulatedProcess self, NcOptions options) {
        this.self = self;
        this.options = options;
    }

    public static int main(EmulatedProcess self) {
        NcOptions options;
        try {
            options = NcOptions.parse(self);
        } catch (NcOptions.Refused e) {
            String message = java.util.Objects.requireNonNull(e.getMessage());
            if (!message.isEmpty()) {
                self.error(message);
            }
            if (e.showUsage) {
                self.error(NcUsage.USAGE.stripTrailing());
            }
            return 1;
        }
        if (options.help) {
            self.error((NcUsage.VERSION + NcUsage.USAGE + NcUsage.SUMMARY).stripTrailing());
            return 0;
        }
        if (options.unsupported != null) {
            return Unsupported.answer(self, options.unsupported);
        }
        var netcat = new Netcat(self, options);
        return options.listen ? netcat.listen() : netcat.connect();
    }

    // ---- names ----

    private List<Integer> resolve(String host, int port) throws NcFailure {
        boolean numericOnly = options.numeric && Resolver.parseAddress(host).isEmpty();
        Resolver.Result result = numericOnly || options.ipv6
                ? new Resolver.NotFound(options.ipv6 ? "Address family for hostname not supported" : "Name or service not known")
                : Resolver.lookup(self, host);
        return switch (result) {
            case Resolver.Found found -> found.addresses();
            case Resolver.NotFound notFound -> throw new NcFailure("nc: getaddrinfo for host \"" + host + "\" port " + port + ": "
                    + notFound.message());
        };
    }

    /** Netcat ends with status 1 and this line. */
    private static final class NcFailure extends Exception {
        private static final long serialVersionUID = 1;

        NcFailure(String message) {
            super(message, null, false, false);
        }
    }

    private String protocol() {
        return options.udp ? "udp" : "tcp";
    }

    // ---- connecting ----

    private int connect() {
        int status = 1;
        try {
            for (int port : options.ports) {
                if (tryPort(port)) {
                    status = 0;
                }
            }
        } catch (NcFailure e) {
            self.error(java.util.Objects.requireNonNull(e.getMessage()));
            return 1;
        }
        return status;
    }

    private boolean tryPort(int port) throws NcFailure {
        for (int address : resolve(options.host, port)) {
            if (options.udp ? datagrams(address, port) : stream(address, port)) {
                return true;
            }
        }
        return false;
    }

    private boolean stream(int address, int port) throws NcFailure {
        TcpSocket socket;
        try {
            socket = SocketCalls.tcp(self);
            bindSource(socket::bind);
        } catch (KernelException e) {
            throw new NcFailure("nc: " + e.errno().message());
        }
        socket.setTos(options.tos);
        if (options.ttl > 0) {
            socket.setTtl(options.ttl);
        }
        long wait = options.timeout < 0 ? EmulatedProcess.FOREVER : options.timeout;
        Errno error = SocketCalls.connect(self, socket, address, port, wait);
        if (error == null) {
            self.sleep(WAKING);
            Errno hard = socket.takeError();
            error = hard != null ? hard : socket.takeSoftError();
        }
        if (error != null) {
            socket.close();
            if (options.verbose) {
                String how = error == Errno.EINPROGRESS ? "timed out: " : "failed: ";
                self.error("nc: connect to " + named(address) + " port " + port + " (tcp) " + how + error.message());
            }
            return false;
        }
        tellSuccess(address, port);
        if (!options.scan) {
            new Conversation(self, options, new StreamEnd(self, socket)).run();
        }
        socket.close();
        return true;
    }

    private boolean datagrams(int address, int port) throws NcFailure {
        UdpSocket socket;
        try {
            socket = SocketCalls.udp(self);
            socket.setTos(options.tos);
            if (options.ttl > 0) {
                socket.setTtl(options.ttl);
            }
            bindSource(socket::bind);
        } catch (KernelException e) {
            throw new NcFailure("nc: " + e.errno().message());
        }
        try {
            socket.connect(address, port);
        } catch (KernelException e) {
            if (options.verbose) {
                self.error("nc: connect to " + named(address) + " port " + port + " (udp) failed: " + e.errno().message());
            }
            socket.close();
            return false;
        }
        boolean probed = options.scan || self.descriptor(0).isTerminal() && options.verbose;
        boolean reachable = !probed || probe(socket);
        if (reachable && probed) {
            tellSuccess(address, port);
        }
        if (reachable && !options.scan) {
            new Conversation(self, options, new DatagramEnd(self, socket)).run();
        }
        socket.close();
        return reachable;
    }

    /**
     * Whether nobody refuses a few datagrams ({@code udptest}): two at once, then one a second while {@code -w} lasts. An error about one
     * shows when the next is sent; but for a refusal it is passed over, unless the first cannot be sent at all.
     */
    private boolean probe(UdpSocket socket) {
        if (socket.send(PROBE) != null) {
            return false;
        }
        self.sleep(ERROR_PAUSE);
        if (socket.send(PROBE) == Errno.ECONNREFUSED) {
            return false;
        }
        long seconds = options.timeout < 0 ? SCAN_SECONDS : options.timeout / PROBE_PAUSE;
        for (long i = 0; i < seconds; i++) {
            self.sleep(PROBE_PAUSE);
            if (socket.send(PROBE) == Errno.ECONNREFUSED) {
                return false;
            }
        }
        return true;
    }

    /** Binds to {@code -s} and {@code -p}. */
    private void bindSource(Binding binding) throws NcFailure, KernelException {
        if (options.sourceAddress.isEmpty() && options.sourcePort.isEmpty()) {
            return;
        }
        int address = Ipv4.ANY;
        if (!options.sourceAddress.isEmpty()) {
            address = switch (Resolver.lookup(self, options.sourceAddress)) {
                case Resolver.Found found -> found.addresses().getFirst();
                case Resolver.NotFound notFound -> throw new NcFailure("nc: getaddrinfo: " + notFound.message());
            };
        }
        int port = 0;
        if (!options.sourcePort.isEmpty()) {
            if (!options.sourcePort.matches("\\d{1,9}")) {
                throw new NcFailure("nc: getaddrinfo: Servname not supported for ai_socktype");
            }
            port = Integer.parseInt(options.sourcePort) & 0xFFFF;
        }
        try {
            binding.bind(address, port);
        } catch (KernelException e) {
            throw new NcFailure("nc: bind failed: " + e.errno().message());
        }
    }

    @FunctionalInterface
    private interface Binding {
        void bind(int address, int port) throws KernelException;
    }

    /** The host as given, its address behind it if that is not the same. */
    private String named(int address) {
        String text = Ipv4.text(address);
        return options.host.equals(text) ? text : options.host + " (" + text + ")";
    }

    private void tellSuccess(int address, int port) {
        if (options.verbose || options.scan) {
            String service = options.numeric ? null : Services.read(self).name(port, protocol());
            self.error("Connection to " + named(address) + " " + port + " port [" + protocol() + "/" + (service == null ? "*" : service)
                    + "] succeeded!");
        }
    }

    // ---- listening ----

    private int listen() {
        try {
            if (options.ports.isEmpty()) {
                throw new NcFailure("nc: getaddrinfo: Servname not supported for ai_socktype");
            }
            int port = options.ports.getFirst();
            String host = options.host.isEmpty() ? options.sourceAddress : options.host;
            int address = host.isEmpty() ? Ipv4.ANY : resolve(host, port).getFirst();
            return options.udp ? listenUdp(address, port) : listenTcp(address, port);
        } catch (NcFailure e) {
            self.error(java.util.Objects.requireNonNull(e.getMessage()));
            return 1;
        } catch (KernelException e) {
            self.error("nc: " + e.errno().message());
            return 1;
        }
    }

    private int listenTcp(int address, int port) throws KernelException {
        TcpListener listener = SocketCalls.listen(self, AddressFamily.INET, address, port, 1, true);
        tellListening(address, port);
        do {
            SocketCalls.awaitReadable(self, listener, EmulatedProcess.FOREVER);
            TcpSocket socket = SocketCalls.kept(self, java.util.Objects.requireNonNull(listener.accept()));
            socket.setOwner(socket.owner().withDescriptor(4));
            tellReceived(socket.remoteAddress(), socket.remotePort());
            new Conversation(self, options, new StreamEnd(self, socket)).run();
            socket.close();
        } while (options.keep);
        return 0;
    }

    private int listenUdp(int address, int port) throws KernelException {
        SocketCalls.checkPort(self, port);
        UdpSocket socket = SocketCalls.udp(self);
        socket.setReuseAddress(true);
        socket.setReusePort(true);
        socket.bind(address, port);
        tellListening(address, port);
        if (options.keep) {
            new Conversation(self, options, new DatagramEnd(self, socket)).run();
            return 0;
        }
        SocketCalls.awaitReadable(self, socket, EmulatedProcess.FOREVER);
        UdpSocket.Datagram first = java.util.Objects.requireNonNull(socket.receive());
        socket.connect(first.source(), first.sourcePort());
        tellReceived(first.source(), first.sourcePort());
        self.descriptor(1).write(self, first.data());
        new Conversation(self, options, new DatagramEnd(self, socket)).run();
        socket.close();
        return 0;
    }

    private void tellListening(int address, int port) {
        tell("Listening on ", address, port);
    }

    private void tellReceived(int address, int port) {
        tell("Connection received on ", address, port);
    }

    private void tell(String what, int address, int port) {
        if (!options.verbose) {
            return;
        }
        String name = Ipv4.text(address);
        if (!options.numeric) {
            switch (Resolver.reverseLookup(self, address)) {
                case Resolver.Found found -> name = found.canonical();
                case Resolver.NotFound failure when failure.isTemporary() -> {
                    self.error("nc: getnameinfo: " + failure.message());
                    return;
                }
                case Resolver.NotFound unknown -> {}
            }
        }
        self.error(what + name + " " + port);
    }
}
