package dev.vethlab.engine.command.net.iperf;

import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.command.net.iperf.Control.State;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.SocketCalls;
import java.util.ArrayList;
import java.util.List;

/** {@code iperf3 -c}: asks for a test, makes it, and compares what both ends counted ({@code iperf_client_api.c}). */
final class IperfClient {
    private static final String UNREACHABLE =
            "unable to connect to server - server may have stopped running or use a different port, firewall issue, etc.: ";
    private static final int TCP_BLOCK = 128 << 10;
    /** Headers of IP and TCP with its timestamps. */
    private static final int HEADERS = 52;
    private static final int MAX_SEGMENT = 32_768;
    private static final Bytes HELLO = Bytes.of("9876");
    private static final int FIRST_DESCRIPTOR = 4;
    /** From its last word to the end of the process, in which the server ends, too. */
    private static final long LEAVING = 2_000_000L;

    private final EmulatedProcess self;
    private final IperfOptions options;
    private final Report report;
    private boolean interrupted;

    IperfClient(EmulatedProcess self, IperfOptions options) {
        this.self = self;
        this.options = options;
        this.report = new Report(self, options.format);
    }

    int run() {
        self.onSignal(Signal.INT, () -> interrupted = true);
        try {
            test(resolve(String.valueOf(options.host)));
            report.print("\niperf Done.\n");
            self.sleep(LEAVING);
            report.flush();
            return 0;
        } catch (IperfException e) {
            self.error(e.text());
            report.flush();
            return 1;
        }
    }

    private int resolve(String host) throws IperfException {
        return switch (Resolver.lookup(self, host)) {
            case Resolver.Found found -> found.addresses().getFirst();
            case Resolver.NotFound missing -> throw IperfException.error(UNREACHABLE + missing.message());
        };
    }

    private void test(int address) throws IperfException {
        var control = new Control(self, connect(address));
        control.socket().setNoDelay(true);
        String cookie = cookie();
        control.sendCookie(cookie);
        report.print("Connecting to host " + options.host + ", port " + options.port + "\n");
        control.expect(State.PARAM_EXCHANGE);
        Terms terms = terms(address);
        control.send(terms.json());
        control.expect(State.CREATE_STREAMS);
        if (terms.reverse()) {
            report.print("Reverse mode, remote host " + options.host + " is sending\n");
        }
        List<Stream> streams = streams(terms, address, cookie);
        control.expect(State.TEST_START);
        control.expect(State.TEST_RUNNING);
        boolean sending = !terms.reverse();
        var transfer = new Transfer(self, terms, streams, sending, report, options.interval, control);
        transfer.run(true, () -> interrupted || control.socket().canRead());
        transfer.finish();
        List<Outcome> own = transfer.outcomes();
        if (interrupted) {
            control.send(State.CLIENT_TERMINATE);
            report.summary(terms, streams, sending ? own : nothing(own), sending ? nothing(own) : own);
            throw IperfException.interrupted("interrupt - the client has terminated by signal Interrupt(2)");
        }
        control.send(State.TEST_END);
        control.expect(State.EXCHANGE_RESULTS);
        control.send(Outcome.json(own));
        List<Outcome> others = Outcome.parse(control.text());
        control.expect(State.DISPLAY_RESULTS);
        report.summary(terms, streams, sending ? own : others, sending ? others : own);
        control.send(State.IPERF_DONE);
        streams.forEach(stream -> stream.socket().close());
        control.socket().close();
    }

    private static List<Outcome> nothing(List<Outcome> like) {
        return like.stream().map(each -> new Outcome(each.id(), 0, 0, 0, 0, 0, each.seconds())).toList();
    }

    /** Who a test is to the server: 36 letters and digits. */
    private String cookie() {
        var random = self.network().kernel().random("iperf3");
        var text = new StringBuilder();
        while (text.length() < Control.COOKIE_LENGTH - 1) {
            text.append("abcdefghijklmnopqrstuvwxyz234567".charAt(random.nextInt(32)));
        }
        return text.toString();
    }

    private Terms terms(int address) {
        int segment = self.network().routing().output(Flow.to(address)) instanceof RouteResult.Found found
                ? Math.min(found.mtu() - HEADERS, MAX_SEGMENT)
                : MAX_SEGMENT;
        int length = options.length != 0 ? options.length : options.udp ? segment : TCP_BLOCK;
        return new Terms(options.udp, options.seconds, options.bytes, options.blocks, options.parallel, length, options.rate,
                options.reverse, options.tos, options.noDelay);
    }

    private TcpSocket connect(int address) throws IperfException {
        Errno error;
        try {
            TcpSocket socket = SocketCalls.tcp(self);
            error = SocketCalls.connect(self, socket, address, options.port, EmulatedProcess.FOREVER);
            if (error == null) {
                return socket;
            }
        } catch (KernelException e) {
            error = e.errno();
        }
        throw IperfException.error(UNREACHABLE + error.message());
    }

    private List<Stream> streams(Terms terms, int address, String cookie) throws IperfException {
        var streams = new ArrayList<Stream>();
        for (int i = 0; i < terms.parallel(); i++) {
            Socket socket = terms.udp() ? datagrams(address) : connect(address);
            socket.setTos(terms.tos());
            if (socket instanceof TcpSocket tcp) {
                tcp.setNoDelay(terms.noDelay());
                new Control(self, tcp).sendCookie(cookie);
            }
            var stream = new Stream(self, i, FIRST_DESCRIPTOR, socket, terms.length());
            streams.add(stream);
            report.print(connected(stream));
        }
        return streams;
    }

    /** The line about a stream. */
    static String connected(Stream stream) {
        Socket socket = stream.socket();
        return String.format(java.util.Locale.ROOT, "[%3d] local %s port %d connected to %s port %d%n", stream.descriptor,
                Ipv4.text(socket.localAddress()), socket.localPort(), Ipv4.text(socket.remoteAddress()), socket.remotePort());
    }

    /** A UDP stream begins with a word from here and one from there ({@code iperf_udp_connect}). */
    private UdpSocket datagrams(int address) throws IperfException {
        try {
            UdpSocket socket = SocketCalls.udp(self);
            socket.connect(address, options.port);
            socket.send(HELLO);
            if (!SocketCalls.awaitReadable(self, socket, 30_000_000_000L) || socket.receive() == null) {
                throw IperfException.error("unable to read from stream socket: " + Errno.EAGAIN.message());
            }
            return socket;
        } catch (KernelException e) {
            throw IperfException.error(UNREACHABLE + e.errno().message());
        }
    }
}
