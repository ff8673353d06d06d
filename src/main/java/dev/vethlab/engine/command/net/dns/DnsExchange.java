package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.DnsCodec;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import org.jspecify.annotations.Nullable;

/** A question to one name server as BIND's tools ask it: so many tries, and a line about each that failed. */
final class DnsExchange {
    private final EmulatedProcess self;
    private final int port;
    private final boolean tcp;
    private final int tries;
    private final long timeout;
    private final int source;
    private boolean setupFailed;

    /**
     * An answer.
     *
     * @param size bytes of the message
     * @param time nanoseconds it took
     */
    record Reply(DnsMessage message, int size, long time) {}

    /** @param source the address to ask from; 0 for any */
    DnsExchange(EmulatedProcess self, int port, boolean tcp, int tries, long timeout, int source) {
        this.self = self;
        this.port = port;
        this.tcp = tcp;
        this.tries = tries;
        this.timeout = timeout;
        this.source = source;
    }

    /** A number for a question: random, and never short. */
    static int newId(EmulatedProcess self) {
        return self.simulation().random("dns-id").between(32_768, 60_999);
    }

    /** Whether the last failure was none of the server's; then all has been said. */
    boolean hasSetupFailed() {
        return setupFailed;
    }

    /** The answer, or null if there was none: what went wrong has been printed. */
    @Nullable Reply ask(int server, DnsMessage query) {
        for (int i = 0; i < tries; i++) {
            Object outcome = tcp ? askTcp(server, query) : askUdp(server, query);
            if (outcome instanceof Reply reply) {
                return reply;
            }
            self.println((String) outcome);
        }
        return null;
    }

    private String end(int server) {
        return Ipv4.text(server) + "#" + port;
    }

    private String trouble(int server, Errno error) {
        return ";; communications error to " + end(server) + ": " + text(error);
    }

    /** As ISC's libraries call it. */
    private static String text(Errno error) {
        return switch (error) {
            case ECONNREFUSED -> "connection refused";
            case EHOSTUNREACH, EHOSTDOWN -> "host unreachable";
            case ENETUNREACH, ENETDOWN -> "network unreachable";
            case EADDRNOTAVAIL -> "address not available";
            case ECONNRESET -> "connection reset";
            case ETIMEDOUT, EINPROGRESS -> "timed out";
            case EPERM, EACCES -> "permission denied";
            default -> "unexpected error";
        };
    }

    private Object askUdp(int server, DnsMessage query) {
        long begin = self.now();
        UdpSocket socket = null;
        try {
            socket = SocketCalls.udp(self);
            socket.setReceiveErrors(true);
            // libuv's of BIND: IP_PMTUDISC_OMIT
            socket.setDontFragment(false);
            if (source != 0) {
                socket.bind(source, 0);
            }
            socket.connect(server, port);
            Errno refused = socket.send(DnsCodec.encode(query));
            if (refused != null) {
                return trouble(server, refused);
            }
            while (true) {
                if (!SocketCalls.awaitReadable(self, socket, Math.max(0, begin + timeout - self.now()))) {
                    return trouble(server, Errno.ETIMEDOUT);
                }
                Errno error = socket.takeError();
                if (error != null) {
                    return trouble(server, error);
                }
                UdpSocket.Datagram datagram = socket.receive();
                DnsMessage answer = datagram == null ? null : DnsCodec.parse(datagram.data()).orElse(null);
                if (answer != null && answer.isResponse() && answer.id() == query.id()) {
                    return new Reply(answer, datagram.data().length(), self.now() - begin);
                }
            }
        } catch (KernelException e) {
            setupFailed = true;
            return ";; UDP setup with " + end(server) + "(" + Ipv4.text(server) + ") for " + query.question() + " failed: "
                    + text(e.errno())
                    + ".\n;; no servers could be reached";
        } finally {
            if (socket != null) {
                socket.close();
            }
        }
    }

    private Object askTcp(int server, DnsMessage query) {
        long begin = self.now();
        try {
            TcpSocket socket = SocketCalls.tcp(self);
            try {
                Errno error = SocketCalls.connect(self, socket, server, port, timeout);
                if (error != null) {
                    return trouble(server, error);
                }
                Bytes question = DnsCodec.encode(query);
                byte[] length = {(byte) (question.length() >>> 8), (byte) question.length()};
                SocketCalls.write(self, socket, Bytes.of(length).concat(question));
                Bytes input = Bytes.EMPTY;
                while (input.length() < 2 || input.length() < 2 + (input.get(0) << 8 | input.get(1))) {
                    if (!SocketCalls.awaitReadable(self, socket, Math.max(0, begin + timeout - self.now()))) {
                        return trouble(server, Errno.ETIMEDOUT);
                    }
                    Bytes more = socket.read(65_536);
                    if (more.isEmpty()) {
                        return ";; communications error to " + end(server) + ": end of file";
                    }
                    input = input.concat(more);
                }
                Bytes body = input.slice(2);
                return DnsCodec.parse(body).<Object>map(answer -> new Reply(answer, body.length(), self.now() - begin))
                        .orElse(";; Got bad packet: FORMERR");
            } finally {
                socket.close();
            }
        } catch (KernelException e) {
            return trouble(server, e.errno());
        }
    }
}
