package dev.vethlab.engine.command.net.socat;

import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code socat} 1.8: opens two addresses and carries data both ways; with {@code fork} once for every peer. */
public final class Socat {
    private static final String VERSION = """
            socat by Gerhard Rieger and contributors - see www.dest-unreach.org
            socat version 1.8.1.3 on 28 Jun 2026 14:56:45
            """;

    private final EmulatedProcess self;
    private final SocatOptions options;
    private final SocatAddress left;
    private final SocatAddress right;
    private final SocatLog log;
    private final SocatOpener opener;

    private Socat(EmulatedProcess self, SocatOptions options, SocatAddress left, SocatAddress right) {
        this.self = self;
        this.options = options;
        this.left = left;
        this.right = right;
        this.log = new SocatLog(self, options.verbosity > 1);
        this.opener = new SocatOpener(self, log);
    }

    public static int main(EmulatedProcess self) {
        try {
            SocatOptions options = SocatOptions.parse(self.arguments().subList(1, self.arguments().size()));
            if (options.version) {
                self.print(VERSION);
                return 0;
            }
            if (options.help) {
                return Unsupported.answer(self, "socat: its help is not emulated");
            }
            if (options.unsupported != null) {
                return Unsupported.answer(self, options.unsupported);
            }
            if (options.addresses.size() != 2) {
                throw new SocatFailure("E exactly 2 addresses required (there are " + options.addresses.size()
                        + "); use option \"-h\" for help");
            }
            SocatAddress left = SocatAddress.parse(options.addresses.getFirst());
            SocatAddress right = SocatAddress.parse(options.addresses.get(1));
            var socat = new Socat(self, options, left, right);
            return left.has("fork") && left.kind().isListening() ? socat.serve() : socat.once();
        } catch (SocatFailure e) {
            return failed(new SocatLog(self, false), e);
        }
    }

    private static int failed(SocatLog log, SocatFailure e) {
        log.write(Objects.requireNonNull(e.getMessage()));
        return e.status();
    }

    private int once() throws SocatFailure {
        SocatEnd first = opener.open(left, !options.onlyBackward, !options.onlyForward);
        return transfer(first);
    }

    // ---- fork ----

    private int serve() throws SocatFailure {
        if (left.kind() == SocatAddress.Kind.TCP_LISTEN) {
            TcpListener listener = opener.listen(left);
            while (true) {
                TcpSocket socket = opener.next(listener);
                fork(child -> child.opener.accepted(socket));
            }
        }
        UdpSocket socket = opener.bound(left);
        boolean connected = left.kind() == SocatAddress.Kind.UDP_LISTEN;
        while (true) {
            SocketCalls.awaitReadable(self, socket, EmulatedProcess.FOREVER);
            UdpSocket.Datagram first = socket.receive();
            if (first != null) {
                fork(child -> child.opener.from(left, socket, first, connected));
            }
        }
    }

    @FunctionalInterface
    private interface Opening {
        SocatEnd open(Socat child) throws SocatFailure;
    }

    private void fork(Opening opening) {
        self.spawn((Program) process -> {
            var child = new Socat(process, options, left, right);
            try {
                return child.transfer(opening.open(child));
            } catch (SocatFailure e) {
                return failed(child.log, e);
            }
        }, self.arguments(), self.context().copy(), self.descriptors());
    }

    // ---- data ----

    private int transfer(SocatEnd first) throws SocatFailure {
        SocatEnd second = opener.open(right, !options.onlyForward, !options.onlyBackward);
        log.write("N starting data transfer loop with FDs [" + numbers(left) + "] and [" + numbers(right) + "]");
        var forward = new Direction(first, second, 1, left, right, !options.onlyBackward);
        var backward = new Direction(second, first, 2, right, left, !options.onlyForward);
        List<WaitQueue> queues = new ArrayList<>(first.queues());
        queues.addAll(second.queues());
        while (forward.open || backward.open) {
            boolean ending = !forward.open && !forward.unused || !backward.open && !backward.unused;
            long wait = ending ? options.closeWait : options.idle > 0 ? options.idle : EmulatedProcess.FOREVER;
            if (!self.await(queues, () -> forward.isReady() || backward.isReady(), wait)) {
                break;
            }
            forward.carry();
            backward.carry();
        }
        first.close();
        second.close();
        log.write("N exiting with status 0");
        return 0;
    }

    private static String numbers(SocatAddress address) {
        return switch (address.kind()) {
            case STDIO, STDIN, STDOUT -> "0,1";
            case TCP_LISTEN -> "6,6";
            case TCP, UDP, UDP_LISTEN, UDP_SENDTO, UDP_RECVFROM, UDP_RECV, EXEC, SYSTEM, FILE -> "5,5";
        };
    }

    /** From one end to the other. */
    private final class Direction {
        private final SocatEnd from;
        private final SocatEnd to;
        private final int number;
        private final SocatAddress source;
        private final SocatAddress target;
        private final boolean unused;
        private boolean open;

        Direction(SocatEnd from, SocatEnd to, int number, SocatAddress source, SocatAddress target, boolean used) {
            this.from = from;
            this.to = to;
            this.number = number;
            this.source = source;
            this.target = target;
            this.unused = !used;
            this.open = used;
        }

        boolean isReady() {
            return open && from.canRead();
        }

        void carry() throws SocatFailure {
            if (!isReady()) {
                return;
            }
            Bytes data = from.read();
            if (data.isEmpty()) {
                log.write("N socket " + number + " (fd " + numbers(source).charAt(0) + ") is at EOF");
                open = false;
                if (!target.has("shut-none")) {
                    to.shutdown();
                }
                return;
            }
            to.write(converted(data));
        }

        private Bytes converted(Bytes data) {
            if (source.has("crnl") || source.has("crlf")) {
                return Bytes.of(data.text().replace("\r\n", "\n"));
            }
            return target.has("crnl") || target.has("crlf") ? Bytes.of(data.text().replaceAll("(?<!\r)\n", "\r\n")) : data;
        }
    }
}
