package dev.vethlab.engine.docker.dns;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.conntrack.NatRange;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.netfilter.target.SnatTarget;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.DnsCodec;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.DnsRecord;
import dev.vethlab.engine.packet.DnsType;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The engine's name server within a container ({@code libnetwork/resolver.go}): it listens at a port of 127.0.0.11 to which rules of
 * the container's own namespace lead what is sent to port 53; knows who else is on the container's networks; and asks others about the
 * rest.
 */
public final class Resolver {
    private static final int ADDRESS = Ipv4.of(127, 0, 0, 11);
    private static final int TTL = 600;
    private static final int BACKLOG = 4096;
    private static final int SHORT = 2;
    private static final long THINKING_TIME = 150_000;
    private static final String OUTPUT = "DOCKER_OUTPUT";
    private static final String POSTROUTING = "DOCKER_POSTROUTING";

    private final EmulatedProcess daemon;
    private final Names names;
    private final Forwarder forwarder;
    private final UdpSocket udp;
    private final TcpListener tcp;
    private final boolean keepsSingleLabels;

    private Resolver(
            EmulatedProcess daemon, Sandbox sandbox, Forwarder forwarder, UdpSocket udp, TcpListener tcp, boolean keepsSingleLabels) {
        this.daemon = daemon;
        this.names = new Names(sandbox);
        this.forwarder = forwarder;
        this.udp = udp;
        this.tcp = tcp;
        this.keepsSingleLabels = keepsSingleLabels;
    }

    /**
     * Starts one in a container's namespace.
     *
     * @param servers whom to ask about what it does not know
     * @param fromHost whether to ask from the host's namespace, as for servers that the host itself uses
     * @param hasNdots whether {@code ndots} was set: then nobody is asked about names without a dot, so that the client comes back with
     *     a search domain behind them
     */
    public static Resolver start(EmulatedProcess daemon, Sandbox sandbox, List<String> servers, boolean fromHost, boolean hasNdots)
            throws EngineException {
        NetworkNamespace namespace = sandbox.namespace();
        SocketOwner owner = SocketOwner.of("dockerd", daemon.pid());
        try {
            UdpSocket udp = namespace.sockets().openUdp(owner);
            udp.bind(ADDRESS, 0);
            TcpListener tcp = namespace.sockets().openListener(owner);
            tcp.bind(ADDRESS, 0);
            tcp.listen(BACKLOG);
            addRules(namespace, udp.localPort(), tcp.localPort());
            var forwarder = new Forwarder(daemon, fromHost ? daemon.network() : namespace, servers);
            var resolver = new Resolver(daemon, sandbox, forwarder, udp, tcp, hasNdots);
            udp.onChange(resolver::receive);
            tcp.onChange(resolver::accept);
            return resolver;
        } catch (KernelException e) {
            throw EngineException.internal("failed to start the embedded resolver: " + e.getMessage());
        }
    }

    /** {@code libnetwork/resolver_unix.go}, {@code setupNAT}. */
    private static void addRules(NetworkNamespace namespace, int udpPort, int tcpPort) throws KernelException {
        Table nat = namespace.netfilter().table(TableName.NAT);
        nat.ensureChain(OUTPUT);
        nat.ensureChain(POSTROUTING);
        String address = Ipv4.text(ADDRESS);
        nat.append("OUTPUT", RuleSpec.build().destination(address).jump(OUTPUT));
        nat.append("POSTROUTING", RuleSpec.build().destination(address).jump(POSTROUTING));
        nat.append(OUTPUT, RuleSpec.build().destination(address).destinationPort(IpProtocol.TCP, DnsMessage.PORT).dnat(ADDRESS, tcpPort));
        nat.append(OUTPUT, RuleSpec.build().destination(address).destinationPort(IpProtocol.UDP, DnsMessage.PORT).dnat(ADDRESS, udpPort));
        var port53 = new SnatTarget(NatRange.ofPort(DnsMessage.PORT));
        nat.append(POSTROUTING, RuleSpec.build().source(address).sourcePort(IpProtocol.TCP, tcpPort).target(port53));
        nat.append(POSTROUTING, RuleSpec.build().source(address).sourcePort(IpProtocol.UDP, udpPort).target(port53));
    }

    /** Stops listening; the rules go with the namespace. */
    public void stop() {
        udp.close();
        tcp.close();
    }

    // ---- questions ----

    private void receive() {
        for (UdpSocket.Datagram datagram = udp.receive(); datagram != null; datagram = udp.receive()) {
            UdpSocket.Datagram request = datagram;
            later(() -> DnsCodec.parse(request.data()).ifPresent(query -> answer(query, answer -> {
                if (!udp.isClosed()) {
                    udp.sendFrom(request.destination(), request.source(), request.sourcePort(), answer);
                }
            })));
        }
    }

    private void accept() {
        for (TcpSocket socket = tcp.accept(); socket != null; socket = tcp.accept()) {
            TcpSocket connection = socket;
            connection.onChange(() -> converse(connection));
            converse(connection);
        }
    }

    /** Over TCP each message comes with its length in two bytes (RFC 1035 §4.2.2). */
    private void converse(TcpSocket socket) {
        Bytes head = socket.peek(SHORT);
        if (head.length() == SHORT) {
            int length = head.get(0) << 8 | head.get(1);
            if (socket.receiveQueue() >= length + SHORT) {
                Bytes question = socket.read(length + SHORT).slice(SHORT);
                later(() -> DnsCodec.parse(question).ifPresent(query -> answer(query, bytes -> {
                    socket.write(Bytes.of(new byte[] {(byte) (bytes.length() >>> 8), (byte) bytes.length()}).concat(bytes));
                })));
            }
        }
        if (socket.atEnd()) {
            socket.close();
        }
    }

    private void later(Runnable work) {
        daemon.simulation().schedule(THINKING_TIME, work);
    }

    // ---- answers ----

    /** What the engine says itself has its names in full; what others say is handed on as it came. */
    private void answer(DnsMessage query, Consumer<Bytes> reply) {
        if (query.isResponse()) {
            return;
        }
        String name = query.question().toLowerCase(Locale.ROOT);
        DnsMessage known = switch (query.type()) {
            case DnsType.A -> addresses(query, name);
            case DnsType.AAAA, DnsType.MX -> names.addresses(name).isEmpty() ? null : local(query, List.of());
            case DnsType.PTR -> pointer(query, name);
            default -> null;
        };
        if (known != null) {
            reply.accept(DnsCodec.encode(known, false));
        } else if (!names.mayForward()) {
            reply.accept(DnsCodec.encode(failed(query), false));
        } else if (keepsSingleLabels && (query.type() == DnsType.A || query.type() == DnsType.AAAA) && name.indexOf('.') < 0) {
            reply.accept(DnsCodec.encode(local(query, List.of()), false));
        } else {
            forwarder.forward(query, answer -> reply.accept(DnsCodec.encode(answer)));
        }
    }

    private @org.jspecify.annotations.Nullable DnsMessage addresses(DnsMessage query, String name) {
        List<Integer> found = names.addresses(name);
        if (found.isEmpty()) {
            return null;
        }
        // answers are shuffled, so that clients share the load
        var shuffled = new java.util.ArrayList<DnsRecord>();
        for (int address : found) {
            int at = daemon.network().kernel().random("docker-dns").nextInt(shuffled.size() + 1);
            shuffled.add(at, DnsRecord.a(query.question(), TTL, address));
        }
        return local(query, shuffled);
    }

    private @org.jspecify.annotations.Nullable DnsMessage pointer(DnsMessage query, String name) {
        String target = names.ofReverse(name);
        return target == null ? null : local(query, List.of(DnsRecord.ptr(query.question(), TTL, target)));
    }

    /** {@code resp.SetRcode}: who could not find out does not say that recursion is to be had. */
    static DnsMessage failed(DnsMessage query) {
        DnsMessage answer = query.answer(DnsMessage.SERVFAIL, List.of()).withUdpSize(0);
        return answer.withFlags(answer.flags() & ~DnsMessage.RECURSION_AVAILABLE);
    }

    private static DnsMessage local(DnsMessage query, List<DnsRecord> records) {
        return query.answer(DnsMessage.NOERROR, records).withUdpSize(0);
    }
}
