package dev.vethlab.engine.command.net.socat;

import dev.vethlab.engine.command.core.Running;
import dev.vethlab.engine.command.net.Services;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import dev.vethlab.engine.process.file.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** Opens addresses for one process. */
final class SocatOpener {
    private static final int BACKLOG = 5;

    private final EmulatedProcess self;
    private final SocatLog log;

    SocatOpener(EmulatedProcess self, SocatLog log) {
        this.self = self;
        this.log = log;
    }

    /** Opens it; what listens waits for its first peer. */
    SocatEnd open(SocatAddress address, boolean reads, boolean writes) throws SocatFailure {
        return switch (address.kind()) {
            case STDIO -> {
                log.write("N reading from and writing to stdio");
                yield new SocatEnd.Files(self, self.descriptor(0), self.descriptor(1));
            }
            case STDIN -> new SocatEnd.Files(self, self.descriptor(0), new NullFile());
            case STDOUT -> new SocatEnd.Files(self, new NullFile(), self.descriptor(1));
            case TCP -> new SocatEnd.Stream(self, connect(address));
            case TCP_LISTEN -> accept(listen(address));
            case UDP -> datagrams(address, true);
            case UDP_SENDTO -> datagrams(address, false);
            case UDP_LISTEN -> first(address, bound(address), true);
            case UDP_RECVFROM -> first(address, bound(address), false);
            case UDP_RECV -> new SocatEnd.Datagrams(bound(address), 0, 0, null, false);
            case EXEC -> execute(address.parameter(0));
            case SYSTEM -> system(address.parameter(0));
            case FILE -> file(address, reads, writes);
        };
    }

    // ---- names ----

    private int host(String name, String port) throws SocatFailure {
        return switch (Resolver.lookup(self, name)) {
            case Resolver.Found found -> found.addresses().getFirst();
            case Resolver.NotFound failure -> {
                log.write("W getaddrinfo(\"" + name + "\", \"" + port + "\", {0x20,0,1,6}, {}): " + failure.message());
                throw new SocatFailure("W _xioopen_ipapp_prepare(node=\"" + name + "\", service=\"" + port + "\", pf=0, ...): "
                        + failure.message(), 255);
            }
        };
    }

    private int port(String text, boolean datagrams) throws SocatFailure {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 0xFFFF) {
            return Integer.parseInt(text);
        }
        OptionalInt known = Services.read(self).port(text, datagrams ? "udp" : "tcp");
        if (known.isEmpty()) {
            throw new SocatFailure("E getaddrinfo(\"NULL\", \"" + text + "\", {0x01,2," + (datagrams ? 2 : 1)
                    + ",0}, {}): Servname not supported for ai_socktype");
        }
        return known.getAsInt();
    }

    private int ownAddress(SocatAddress address) throws SocatFailure {
        String bind = address.option("bind");
        return bind == null || bind.isEmpty() ? Ipv4.ANY : host(bind.split(":", 2)[0], "");
    }

    private int ownPort(SocatAddress address) throws SocatFailure {
        String port = address.has("sp") ? address.option("sp") : address.option("sourceport");
        return port == null ? 0 : port(port, false);
    }

    private static String text(int address, int port) {
        return "AF=2 " + Ipv4.text(address) + ":" + port;
    }

    private static SocatFailure bindFailed(int address, int port, KernelException e) {
        return new SocatFailure("E bind(5, {" + text(address, port) + "}, 16): " + e.errno().message());
    }

    // ---- TCP ----

    TcpListener listen(SocatAddress address) throws SocatFailure {
        int port = port(address.parameter(0), false);
        int own = ownAddress(address);
        try {
            TcpListener listener = SocketCalls.listen(self, AddressFamily.INET, own, port, BACKLOG, address.has("reuseport"));
            listener.setOwner(listener.owner().withDescriptor(5));
            log.write("N listening on " + text(own, port));
            return listener;
        } catch (KernelException e) {
            throw bindFailed(own, port, e);
        }
    }

    /** The next connection; it belongs to whoever keeps it. */
    TcpSocket next(TcpListener listener) {
        SocketCalls.awaitReadable(self, listener, EmulatedProcess.FOREVER);
        TcpSocket socket = Objects.requireNonNull(listener.accept());
        log.write("N accepting connection from " + text(socket.remoteAddress(), socket.remotePort()) + " on "
                + text(socket.localAddress(), socket.localPort()));
        return socket;
    }

    private SocatEnd accept(TcpListener listener) {
        TcpSocket socket = SocketCalls.kept(self, next(listener));
        listener.close();
        return accepted(socket);
    }

    /** A connection that this process serves; programs that it starts know the peer from their environment. */
    SocatEnd accepted(TcpSocket socket) {
        SocketCalls.kept(self, socket);
        socket.setOwner(SocketCalls.owner(self).withDescriptor(6));
        tellPeer(socket.remoteAddress(), socket.remotePort(), socket.localAddress(), socket.localPort());
        return new SocatEnd.Stream(self, socket);
    }

    private void tellPeer(int address, int port, int ownAddress, int ownPort) {
        var environment = self.context().environment();
        environment.put("SOCAT_PEERADDR", Ipv4.text(address));
        environment.put("SOCAT_PEERPORT", Integer.toString(port));
        environment.put("SOCAT_SOCKADDR", Ipv4.text(ownAddress));
        environment.put("SOCAT_SOCKPORT", Integer.toString(ownPort));
    }

    private TcpSocket connect(SocatAddress address) throws SocatFailure {
        int port = port(address.parameter(1), false);
        int host = host(address.parameter(0), address.parameter(1));
        String limit = address.option("connect-timeout");
        log.write("N opening connection to " + address.parameter(0) + ":" + address.parameter(1));
        log.write("N opening connection to " + text(host, port));
        TcpSocket socket;
        try {
            socket = SocketCalls.tcp(self);
            socket.setOwner(socket.owner().withDescriptor(5));
            if (address.has("bind") || ownPort(address) != 0) {
                socket.bind(ownAddress(address), ownPort(address));
            }
        } catch (KernelException e) {
            throw bindFailed(ownAddress(address), ownPort(address), e);
        }
        long wait = limit == null ? EmulatedProcess.FOREVER : SocatOptions.seconds(limit);
        Errno error = SocketCalls.connect(self, socket, host, port, wait);
        if (error == Errno.EINPROGRESS) {
            log.write("W connecting to " + text(host, port) + ": " + Errno.ETIMEDOUT.message());
        } else if (error != null) {
            log.write("W connect(5, " + text(host, port) + ", 16): " + error.message());
        }
        if (error != null) {
            throw new SocatFailure("E " + address.text() + ": " + error.message());
        }
        log.write("N successfully connected from local address " + text(socket.localAddress(), socket.localPort()));
        log.write("N successfully connected to " + address.parameter(0) + ":" + address.parameter(1));
        return socket;
    }

    // ---- UDP ----

    UdpSocket bound(SocatAddress address) throws SocatFailure {
        int port = port(address.parameter(0), true);
        int own = ownAddress(address);
        try {
            SocketCalls.checkPort(self, port);
            UdpSocket socket = SocketCalls.udp(self);
            socket.setOwner(socket.owner().withDescriptor(5));
            socket.setReuseAddress(address.has("reuseaddr") || address.has("fork"));
            socket.setReusePort(address.has("reuseport"));
            socket.bind(own, port);
            return socket;
        } catch (KernelException e) {
            throw bindFailed(own, port, e);
        }
    }

    private SocatEnd datagrams(SocatAddress address, boolean connected) throws SocatFailure {
        int port = port(address.parameter(1), true);
        int host = host(address.parameter(0), address.parameter(1));
        try {
            UdpSocket socket = SocketCalls.udp(self);
            socket.setOwner(socket.owner().withDescriptor(5));
            socket.setBroadcast(address.has("broadcast"));
            if (address.has("bind") || ownPort(address) != 0) {
                socket.bind(ownAddress(address), ownPort(address));
            }
            if (connected) {
                socket.connect(host, port);
            }
            return new SocatEnd.Datagrams(socket, host, port, null, false);
        } catch (KernelException e) {
            throw new SocatFailure("E " + address.text() + ": " + e.errno().message());
        }
    }

    private SocatEnd first(SocatAddress address, UdpSocket socket, boolean connected) throws SocatFailure {
        SocketCalls.awaitReadable(self, socket, EmulatedProcess.FOREVER);
        return from(address, socket, Objects.requireNonNull(socket.receive()), connected);
    }

    /** The peer that has sent {@code first}: with {@code connected} all that it sends, without only this. */
    SocatEnd from(SocatAddress address, UdpSocket socket, UdpSocket.Datagram first, boolean connected) throws SocatFailure {
        tellPeer(first.source(), first.sourcePort(), first.destination(), socket.localPort());
        if (!connected) {
            return new SocatEnd.Datagrams(socket, first.source(), first.sourcePort(), first.data(), true);
        }
        try {
            UdpSocket own = address.has("fork") ? bound(address) : socket;
            own.connect(first.source(), first.sourcePort());
            return new SocatEnd.Datagrams(own, first.source(), first.sourcePort(), first.data(), false);
        } catch (KernelException e) {
            throw new SocatFailure("E " + address.text() + ": " + e.errno().message());
        }
    }

    // ---- programs and files ----

    private SocatEnd execute(String line) {
        List<String> words = List.of(line.strip().split("\\s+"));
        String name = words.getFirst();
        Executable program = Running.find(self, name);
        if (program != null) {
            return start(program, words);
        }
        return start((Program) child -> {
            new SocatLog(child, false).write("E execvp(\"" + name + "\", \"" + name + "\"): " + Errno.ENOENT.message());
            return 1;
        }, self.arguments());
    }

    private SocatEnd system(String line) {
        return start((Program) child -> {
            Executable shell = Running.find(child, "sh");
            if (shell == null) {
                return 127;
            }
            int status = child.waitFor(child.spawn(shell, List.of("sh", "-c", line), child.context().copy(), child.descriptors()));
            if (status != 0) {
                new SocatLog(child, false).write("W system(\"" + line + "\") returned with status " + (status << 8));
            }
            return status;
        }, self.arguments());
    }

    private SocatEnd start(Executable program, List<String> argv) {
        var in = new Pipe(self.simulation());
        var out = new Pipe(self.simulation());
        List<OpenFile> files = new ArrayList<>(List.of(in.reader, out.writer, self.descriptor(2)));
        return new SocatEnd.Command(self, self.spawn(program, argv, self.context().copy(), files), out.reader, in.writer);
    }

    private SocatEnd file(SocatAddress address, boolean reads, boolean writes) throws SocatFailure {
        String name = address.parameter(0);
        boolean creates = address.has("creat") || address.has("create") || address.given().equalsIgnoreCase("CREATE")
                || address.given().equalsIgnoreCase("GOPEN");
        try {
            if (!self.context().files().exists(self, name) && !creates) {
                throw new KernelException(Errno.ENOENT);
            }
            OpenFile input = reads ? self.context().files().open(self, name, OpenMode.READ) : new NullFile();
            boolean appends = address.has("append") || address.given().equalsIgnoreCase("GOPEN");
            OpenMode mode = appends ? OpenMode.APPEND : OpenMode.WRITE;
            OpenFile output = writes ? self.context().files().open(self, name, mode) : new NullFile();
            for (OpenFile file : List.of(input, output)) {
                file.retain();
                self.onExit(file::release);
            }
            return new SocatEnd.Files(self, input, output);
        } catch (KernelException e) {
            String flags = reads && writes ? "02" : reads ? "00" : "01";
            throw new SocatFailure("E open(\"" + name + "\", " + flags + ", 0666): " + e.errno().message());
        }
    }
}
