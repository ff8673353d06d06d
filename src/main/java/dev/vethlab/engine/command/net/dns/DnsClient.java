package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.packet.DnsCodec;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stub resolver's conversation with its servers ({@code res_send.c}): server after server, round after round. */
final class DnsClient {
    private static final long SECOND = 1_000_000_000L;

    private final EmulatedProcess self;
    private final ResolverConfiguration configuration;

    DnsClient(EmulatedProcess self, ResolverConfiguration configuration) {
        this.self = self;
        this.configuration = configuration;
    }

    /** Asks for these types of a name at once; the answers in the order they came, none if no server answered. @throws KernelException */
    List<DnsMessage> ask(String name, List<Integer> types) throws KernelException {
        if (!DnsCodec.isName(name)) {
            return List.of(DnsMessage.query(0, "", 0).answer(DnsMessage.NXDOMAIN, List.of()));
        }
        List<DnsMessage> last = List.of();
        for (int attempt = 0; attempt < configuration.attempts(); attempt++) {
            for (int server : configuration.servers()) {
                long wait = Math.max(1, ((long) configuration.timeout() << attempt) / (attempt > 0 ? configuration.servers().size() : 1));
                List<DnsMessage> answers = ask(server, name, types, wait * SECOND);
                if (answers.size() == types.size() && !answers.stream().allMatch(DnsClient::isRefusal)) {
                    return answers;
                }
                last = answers.isEmpty() ? last : answers;
            }
        }
        return last;
    }

    private static boolean isRefusal(DnsMessage answer) {
        return switch (answer.rcode()) {
            case DnsMessage.SERVFAIL, DnsMessage.NOTIMP, DnsMessage.REFUSED -> true;
            default -> false;
        };
    }

    private List<DnsMessage> ask(int server, String name, List<Integer> types, long timeout) throws KernelException {
        UdpSocket socket = SocketCalls.udp(self);
        try {
            socket.connect(server, DnsMessage.PORT);
            var ids = new ArrayList<Integer>();
            for (int type : types) {
                int id = self.simulation().random("dns-id").between(32_768, 60_999);
                ids.add(id);
                Errno error = socket.send(DnsCodec.encode(DnsMessage.query(id, name, type)));
                if (error != null) {
                    return List.of();
                }
            }
            return receive(socket, ids, timeout);
        } catch (KernelException unreachable) {
            return List.of();
        } finally {
            socket.close();
        }
    }

    private List<DnsMessage> receive(UdpSocket socket, List<Integer> ids, long timeout) {
        var answers = new ArrayList<DnsMessage>();
        long deadline = self.now() + timeout;
        while (answers.size() < ids.size()) {
            if (!SocketCalls.awaitReadable(self, socket, Math.max(0, deadline - self.now())) || socket.takeError() != null) {
                break;
            }
            UdpSocket.Datagram datagram = socket.receive();
            if (datagram != null) {
                Optional<DnsMessage> answer = DnsCodec.parse(datagram.data());
                answer.filter(a -> a.isResponse() && ids.contains(a.id())).ifPresent(answers::add);
            }
        }
        return answers;
    }
}
