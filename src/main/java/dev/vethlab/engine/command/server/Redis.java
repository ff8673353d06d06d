package dev.vethlab.engine.command.server;

import dev.vethlab.engine.command.http.HttpDate;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.SocketCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** {@code redis-server} 8.0 with strings and counters, which is enough to see that one reaches it; {@link RedisStore} is what it keeps. */
public final class Redis {
    private static final int PORT = 6379;
    private static final int BACKLOG = 511;
    private static final long THINKING_TIME = 30_000;
    private static final int MAX_REQUEST = 1 << 20;

    private final EmulatedProcess self;
    private final RedisStore store = new RedisStore();
    private final List<TcpSocket> open = new ArrayList<>();

    private Redis(EmulatedProcess self) {
        this.self = self;
    }

    public static void start(EmulatedProcess self) {
        int port = PORT;
        List<Integer> addresses = new ArrayList<>(List.of(Ipv4.ANY));
        List<String> words = self.arguments().subList(1, self.arguments().size());
        for (int i = 0; i < words.size(); i++) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (words.get(i)) {
                case "--version", "-v" -> {
                    ServerOutput.print(self, "Redis server v=8.0.6 sha=00000000:0 malloc=jemalloc-5.3.1 bits=64 build=4ff5c8d39231b5d1");
                    self.exit(0);
                    return;
                }
                case "--port" -> {
                    port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : port;
                    i++;
                }
                case "--bind" -> {
                    addresses.clear();
                    while (i + 1 < words.size() && !words.get(i + 1).startsWith("--")) {
                        OptionalInt address = Ipv4.parse(words.get(++i));
                        address.ifPresent(addresses::add);
                    }
                }
                default -> {}
            }
        }
        new Redis(self).serve(addresses, port);
    }

    private void serve(List<Integer> addresses, int port) {
        self.onSignal(Signal.TERM, () -> self.exit(0));
        self.onSignal(Signal.INT, () -> self.exit(0));
        self.onExit(() -> List.copyOf(open).forEach(TcpSocket::close));
        try {
            for (int address : addresses) {
                TcpListener listener = SocketCalls.listen(self, AddressFamily.INET, address, port, BACKLOG);
                listener.setOwner(listener.owner().withDescriptor(8));
                listener.onChange(() -> self.whenRunning(() -> accept(listener)));
            }
            // server.c, redisSetProcTitle(): where it listens first
            self.setTitle("redis-server " + (addresses.equals(List.of(Ipv4.ANY)) && !self.arguments().contains("--bind")
                    ? "*" : Ipv4.text(addresses.getFirst())) + ":" + port);
            log("Running mode=standalone, port=" + port + ".");
            log("Server initialized");
            log("Ready to accept connections tcp");
        } catch (KernelException e) {
            ServerOutput.print(self, self.namespacePid() + ":M # Warning: Could not create server TCP listening socket *:" + port
                    + ": bind: "
                    + e.errno().message());
            self.exit(1);
        }
    }

    private void log(String what) {
        ServerOutput.print(self, self.namespacePid() + ":M " + HttpDate.redisLog(self.now()) + " * " + what);
    }

    private void accept(TcpListener listener) {
        for (TcpSocket socket = listener.accept(); socket != null; socket = listener.accept()) {
            open.add(socket);
            socket.setNoDelay(true);
            var client = new Client(socket);
            socket.onChange(() -> self.whenRunning(client::work));
            client.work();
        }
    }

    /** One connection: requests come as arrays of bulk strings or as plain lines (the RESP protocol). */
    private final class Client {
        private final TcpSocket socket;
        private Bytes input = Bytes.EMPTY;

        Client(TcpSocket socket) {
            this.socket = socket;
        }

        void work() {
            if (socket.isClosed()) {
                return;
            }
            while (socket.receiveQueue() > 0 && input.length() < MAX_REQUEST) {
                input = input.concat(socket.read(65_536));
            }
            for (RedisRequest request = RedisRequest.read(input); request != null; request = RedisRequest.read(input)) {
                input = input.slice(request.length());
                if (!request.words().isEmpty()) {
                    String answer = store.execute(request.words());
                    self.simulation().schedule(THINKING_TIME, () -> self.whenRunning(() -> socket.write(Bytes.of(answer))));
                }
            }
            if (socket.atEnd() || input.length() >= MAX_REQUEST) {
                open.remove(socket);
                self.simulation().schedule(2 * THINKING_TIME, socket::close);
            }
        }
    }
}
