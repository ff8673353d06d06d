package dev.vethlab.engine.command.server;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.DnsCodec;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.DnsRecord;
import dev.vethlab.engine.packet.DnsType;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * {@code dnsmasq} as the router runs it: without upstream servers ({@code -R}) and hosts file ({@code -h}) it answers for the domains
 * of {@code --address} and refuses all else.
 */
public final class Dnsmasq {
    private static final long THINKING_TIME = 60_000;
    private static final int BACKLOG = 32;
    private static final int UNKNOWN_OPTION = 1;

    /** The extended error 14 (RFC 8914): no server to ask is ready. */
    private static final Bytes NOT_READY = Bytes.of(new byte[] {0, 15, 0, 2, 0, 14});

    private final EmulatedProcess self;
    private final List<Domain> domains = new ArrayList<>();
    private int ttl;

    /** {@code --address=/name/address}: the name and all below it; without an address it does not exist. */
    private record Domain(String name, OptionalInt address) {
        boolean covers(String asked) {
            return asked.equals(name) || asked.endsWith("." + name);
        }
    }

    private Dnsmasq(EmulatedProcess self) {
        this.self = self;
    }

    public static void start(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "khRdnu:p:a:A:z", "keep-in-foreground=k", "no-hosts=h", "no-resolv=R",
                "no-daemon=d",
                "user:=u", "port:=p", "listen-address:=a", "bind-interfaces=z", "address:=A", "local-ttl:");
        if (options.error() != null) {
            ServerOutput.error(self, "\ndnsmasq: bad command line options: try --help");
            self.exit(UNKNOWN_OPTION);
            return;
        }
        new Dnsmasq(self).run(options);
    }

    private void run(Getopt options) {
        int address = Ipv4.ANY;
        int port = DnsMessage.PORT;
        for (Getopt.Option option : options.options()) {
            switch (option.name()) {
                case "A" -> addDomain(option.value());
                case "a" -> address = Ipv4.parse(option.value()).orElse(Ipv4.ANY);
                case "p" -> port = Integer.parseInt(option.value());
                case "local-ttl" -> ttl = Integer.parseInt(option.value());
                default -> {}
            }
        }
        try {
            UdpSocket udp = SocketCalls.udp(self);
            udp.setOwner(udp.owner().withDescriptor(4));
            udp.bind(address, port);
            udp.onChange(() -> self.whenRunning(() -> receive(udp)));
            TcpListener tcp = SocketCalls.listen(self, AddressFamily.INET, address, port, BACKLOG);
            tcp.setOwner(tcp.owner().withDescriptor(5));
            tcp.onChange(() -> self.whenRunning(() -> accept(tcp)));
        } catch (KernelException e) {
            ServerOutput.error(self, "\ndnsmasq: failed to create listening socket for " + Ipv4.text(address) + ": " + e.errno().message());
            self.exit(2);
        }
    }

    private void addDomain(String spec) {
        String[] parts = spec.split("/", -1);
        for (int i = 1; i < parts.length - 1; i++) {
            domains.add(new Domain(parts[i].toLowerCase(Locale.ROOT), Ipv4.parse(parts[parts.length - 1])));
        }
    }

    private void receive(UdpSocket socket) {
        for (UdpSocket.Datagram datagram = socket.receive(); datagram != null; datagram = socket.receive()) {
            UdpSocket.Datagram request = datagram;
            self.simulation().schedule(THINKING_TIME, () -> self.whenRunning(() -> {
                Bytes answer = answer(request.data());
                if (!answer.isEmpty() && !socket.isClosed()) {
                    socket.sendFrom(request.destination(), request.source(), request.sourcePort(), answer);
                }
            }));
        }
    }

    private void accept(TcpListener listener) {
        for (TcpSocket socket = listener.accept(); socket != null; socket = listener.accept()) {
            TcpSocket connection = SocketCalls.kept(self, socket);
            connection.onChange(() -> self.whenRunning(() -> converse(connection)));
            converse(connection);
        }
    }

    /** Over TCP each message comes with its length in two bytes (RFC 1035 §4.2.2). */
    private void converse(TcpSocket socket) {
        Bytes head = socket.peek(2);
        if (head.length() == 2) {
            int length = head.get(0) << 8 | head.get(1);
            if (socket.receiveQueue() >= length + 2) {
                Bytes answer = answer(socket.read(length + 2).slice(2));
                socket.write(Bytes.of(new byte[] {(byte) (answer.length() >>> 8), (byte) answer.length()}).concat(answer));
            }
        }
        if (socket.atEnd()) {
            socket.close();
        }
    }

    private Bytes answer(Bytes request) {
        return DnsCodec.parse(request).filter(query -> !query.isResponse()).map(this::answer).map(DnsCodec::encode).orElse(Bytes.EMPTY);
    }

    private DnsMessage answer(DnsMessage query) {
        String name = query.question().toLowerCase(Locale.ROOT);
        for (Domain domain : domains) {
            if (domain.covers(name)) {
                if (domain.address().isEmpty()) {
                    return query.answer(DnsMessage.NXDOMAIN, List.of());
                }
                if (query.type() == DnsType.A || query.type() == DnsType.ANY) {
                    DnsMessage answer = query.answer(DnsMessage.NOERROR,
                            List.of(DnsRecord.a(query.question(), ttl, domain.address().getAsInt())));
                    return answer.withFlags(answer.flags() | DnsMessage.AUTHORITATIVE);
                }
            }
        }
        return query.answer(DnsMessage.REFUSED, List.of()).withOptions(NOT_READY);
    }
}
