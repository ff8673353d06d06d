package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.sim.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For each client a connected socket to the backend, forgotten after 90 idle seconds ({@code udp_proxy_linux.go}). */
final class UdpRelay {
    private static final long TIMEOUT = 90_000_000_000L;
    private static final int MAX_CLIENTS = 256;
    /** What waking and copying take. */
    private static final long COPY_COST = 20_000;

    private final EmulatedProcess self;
    private final UdpSocket front;
    private final int address;
    private final int port;
    private final Map<Client, Conversation> clients = new LinkedHashMap<>();

    private record Client(int address, int port) {}

    UdpRelay(EmulatedProcess self, UdpSocket front, int address, int port) {
        this.self = self;
        this.front = front;
        this.address = address;
        this.port = port;
    }

    void start() {
        self.onExit(() -> new ArrayList<>(clients.values()).forEach(Conversation::end));
        front.onChange(() -> self.simulation().schedule(COPY_COST, () -> self.whenRunning(this::receive)));
    }

    private void receive() {
        for (UdpSocket.Datagram datagram = front.receive(); datagram != null; datagram = front.receive()) {
            Conversation conversation = conversation(datagram);
            if (conversation != null) {
                conversation.backend.send(datagram.data());
                conversation.restart();
            }
        }
    }

    private @Nullable Conversation conversation(UdpSocket.Datagram datagram) {
        var client = new Client(datagram.source(), datagram.sourcePort());
        Conversation known = clients.get(client);
        if (known != null || clients.size() >= MAX_CLIENTS) {
            return known;
        }
        try {
            UdpSocket backend = self.network().sockets().openUdp(SocketCalls.owner(self));
            var conversation = new Conversation(client, datagram.destination(), backend);
            backend.connect(address, port);
            clients.put(client, conversation);
            return conversation;
        } catch (KernelException e) {
            return null;
        }
    }

    private final class Conversation {
        private final Client client;
        private final int frontAddress;
        private final UdpSocket backend;
        private Event timer;

        Conversation(Client client, int frontAddress, UdpSocket backend) {
            this.client = client;
            this.frontAddress = frontAddress;
            this.backend = backend;
            this.timer = self.simulation().schedule(TIMEOUT, this::end);
            backend.onChange(() -> self.simulation().schedule(COPY_COST, () -> self.whenRunning(this::answer)));
        }

        void restart() {
            timer.cancel();
            timer = self.simulation().schedule(TIMEOUT, this::end);
        }

        private void answer() {
            backend.takeError();
            List<UdpSocket.Datagram> answers = new ArrayList<>();
            for (UdpSocket.Datagram answer = backend.receive(); answer != null; answer = backend.receive()) {
                answers.add(answer);
            }
            answers.forEach(answer -> front.sendFrom(frontAddress, client.address(), client.port(), answer.data()));
            if (!answers.isEmpty()) {
                restart();
            }
        }

        void end() {
            timer.cancel();
            clients.remove(client);
            backend.close();
        }
    }
}
