package dev.vethlab.engine.docker.dns;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.packet.DnsCodec;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Asks other name servers, one after the other, until one knows ({@code forwardExtDNS}). */
final class Forwarder {
    private static final int MOST_SERVERS = 3;
    private static final long TIMEOUT = 4_000_000_000L;

    /** How many questions may be under way ({@code maxConcurrent} of the real one is 1024). */
    private static final int MOST_QUESTIONS = 128;

    private final EmulatedProcess daemon;
    private final NetworkNamespace from;
    private final List<Integer> servers = new ArrayList<>();
    private int underWay;

    /** @param from the namespace whose routes lead to the servers */
    Forwarder(EmulatedProcess daemon, NetworkNamespace from, List<String> servers) {
        this.daemon = daemon;
        this.from = from;
        for (String server : servers) {
            if (this.servers.size() < MOST_SERVERS) {
                Ipv4.parse(server).ifPresent(this.servers::add);
            }
        }
    }

    /** Replies with what the first server says that neither fails nor refuses; else that it failed. */
    void forward(DnsMessage query, Consumer<DnsMessage> reply) {
        if (underWay >= MOST_QUESTIONS) {
            reply.accept(query.answer(DnsMessage.REFUSED, List.of()).withUdpSize(0));
            return;
        }
        underWay++;
        ask(query, 0, answer -> {
            underWay--;
            reply.accept(answer);
        });
    }

    private void ask(DnsMessage query, int server, Consumer<DnsMessage> reply) {
        if (server >= servers.size()) {
            reply.accept(Resolver.failed(query));
            return;
        }
        UdpSocket socket;
        try {
            socket = from.sockets().openUdp(SocketOwner.of("dockerd", daemon.pid()));
            socket.connect(servers.get(server), DnsMessage.PORT);
        } catch (KernelException e) {
            ask(query, server + 1, reply);
            return;
        }
        Event timeOut = daemon.simulation().schedule(TIMEOUT, () -> {
            socket.close();
            ask(query, server + 1, reply);
        });
        socket.onChange(() -> {
            if (timeOut.isPending() && (socket.canRead() || socket.hasError())) {
                UdpSocket.Datagram datagram = socket.receive();
                timeOut.cancel();
                socket.close();
                settle(query, server, datagram == null ? null : DnsCodec.parse(datagram.data()).orElse(null), reply);
            }
        });
        if (socket.send(DnsCodec.encode(query)) != null) {
            timeOut.cancel();
            socket.close();
            ask(query, server + 1, reply);
        }
    }

    private void settle(DnsMessage query, int server, @org.jspecify.annotations.Nullable DnsMessage answer, Consumer<DnsMessage> reply) {
        boolean useless = answer == null || answer.rcode() == DnsMessage.SERVFAIL || answer.rcode() == DnsMessage.REFUSED;
        if (useless) {
            ask(query, server + 1, reply);
        } else {
            reply.accept(answer);
        }
    }
}
