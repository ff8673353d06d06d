package dev.vethlab.engine.command.net.iperf;

import dev.vethlab.engine.command.net.iperf.Control.State;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.SocketCalls;
import java.util.ArrayList;
import java.util.List;

/** {@code iperf3 -s}: one test after the other ({@code iperf_server_api.c}). */
final class IperfServer {
    private static final String RULE = "-----------------------------------------------------------\n";
    private static final int BACKLOG = 4096;
    private static final Bytes HELLO = Bytes.of("6789");
    private static final int FIRST_DESCRIPTOR = 5;

    private final EmulatedProcess self;
    private final IperfOptions options;
    private final Report report;
    private int tests;

    IperfServer(EmulatedProcess self, IperfOptions options) {
        this.self = self;
        this.options = options;
        this.report = new Report(self, options.format);
    }

    int run() {
        self.onSignal(Signal.TERM, () -> end(Signal.TERM));
        self.onSignal(Signal.INT, () -> end(Signal.INT));
        TcpListener listener;
        try {
            listener = SocketCalls.listen(self, AddressFamily.INET6_DUAL, Ipv4.ANY, options.port, BACKLOG);
        } catch (KernelException e) {
            self.error("iperf3: error - unable to start listener for connections: " + e.errno().message());
            self.error("iperf3: exiting");
            return 1;
        }
        int status = 0;
        do {
            report.print(RULE + "Server listening on " + options.port + " (test #" + ++tests + ")\n" + RULE);
            status = serve(listener) ? 0 : 1;
            report.flush();
        } while (!options.oneOff);
        return status;
    }

    private void end(Signal signal) {
        boolean asked = signal == Signal.INT;
        self.error("iperf3: interrupt - the server has terminated by signal " + (asked ? "Interrupt(2)" : "Terminated(15)"));
        report.flush();
        self.exit(1);
    }

    /** One client and its test; false if that failed. */
    private boolean serve(TcpListener listener) {
        TcpSocket peer = accept(listener);
        var control = new Control(self, peer);
        peer.setNoDelay(true);
        try {
            Bytes cookie = control.read(Control.COOKIE_LENGTH);
            if (cookie.isEmpty()) {
                throw IperfException.error("unable to receive cookie at server");
            }
            report.print("Accepted connection from " + Ipv4.text(peer.remoteAddress()) + ", port " + peer.remotePort() + "\n");
            control.send(State.PARAM_EXCHANGE);
            test(listener, control, cookie, Terms.parse(control.text()));
            return true;
        } catch (IperfException e) {
            self.error(e.text());
            return false;
        } catch (KernelException e) {
            self.error("iperf3: error - unable to create a new stream: " + e.errno().message());
            return false;
        } finally {
            peer.close();
        }
    }

    private TcpSocket accept(TcpListener listener) {
        while (true) {
            SocketCalls.awaitReadable(self, listener, EmulatedProcess.FOREVER);
            TcpSocket socket = listener.accept();
            if (socket != null) {
                return SocketCalls.kept(self, socket);
            }
        }
    }

    private void test(TcpListener listener, Control control, Bytes cookie, Terms terms) throws IperfException, KernelException {
        List<Stream> streams = streams(listener, control, cookie, terms);
        try {
            test(listener, control, terms, streams);
        } finally {
            streams.forEach(stream -> stream.socket().close());
        }
    }

    private void test(TcpListener listener, Control control, Terms terms, List<Stream> streams) throws IperfException {
        control.send(State.TEST_START);
        boolean sending = terms.reverse();
        control.send(State.TEST_RUNNING);
        var transfer = new Transfer(self, terms, streams, sending, report, options.interval, control);
        transfer.run(false, () -> {
            turnAway(listener);
            return control.socket().canRead();
        });
        State last = control.next();
        transfer.finish();
        List<Outcome> own = transfer.outcomes();
        if (last != State.TEST_END) {
            report.summary(terms, streams, sending ? own : List.of(), sending ? List.of() : own);
            throw last == State.CLIENT_TERMINATE
                    ? IperfException.interrupted("the client has terminated")
                    : IperfException.error("the client has unexpectedly closed the connection");
        }
        control.send(State.EXCHANGE_RESULTS);
        control.text();
        control.send(Outcome.json(own));
        control.send(State.DISPLAY_RESULTS);
        report.summary(terms, streams, sending ? own : List.of(), sending ? List.of() : own);
        control.expect(State.IPERF_DONE);
    }

    /** Who comes while a test runs. */
    private void turnAway(TcpListener listener) {
        for (TcpSocket other = listener.accept(); other != null; other = listener.accept()) {
            new Control(self, other).send(State.ACCESS_DENIED);
            other.close();
        }
    }

    private List<Stream> streams(TcpListener listener, Control control, Bytes cookie, Terms terms)
            throws IperfException, KernelException {
        var streams = new ArrayList<Stream>();
        UdpSocket waiting = terms.udp() ? datagrams() : null;
        control.send(State.CREATE_STREAMS);
        while (streams.size() < terms.parallel()) {
            Socket stream;
            if (waiting != null) {
                UdpSocket socket = waiting;
                SocketCalls.awaitReadable(self, socket, EmulatedProcess.FOREVER);
                UdpSocket.Datagram hello = socket.receive();
                if (hello == null) {
                    throw IperfException.error("unable to accept connection from client");
                }
                socket.connect(hello.source(), hello.sourcePort());
                waiting = datagrams();
                socket.send(HELLO);
                stream = socket;
            } else {
                TcpSocket socket = accept(listener);
                if (!new Control(self, socket).read(Control.COOKIE_LENGTH).equals(cookie)) {
                    new Control(self, socket).send(State.ACCESS_DENIED);
                    socket.close();
                    continue;
                }
                socket.setNoDelay(terms.noDelay());
                stream = socket;
            }
            stream.setTos(terms.tos());
            streams.add(new Stream(self, streams.size(), FIRST_DESCRIPTOR, stream, terms.length()));
            report.print(IperfClient.connected(streams.getLast()));
        }
        if (waiting != null) {
            waiting.close();
        }
        return streams;
    }

    private UdpSocket datagrams() throws KernelException {
        UdpSocket socket = SocketCalls.udp(self);
        socket.setReuseAddress(true);
        socket.bind(Ipv4.ANY, options.port);
        return socket;
    }
}
