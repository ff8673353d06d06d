package dev.vethlab.engine.kernel.socket;

import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.Icmp;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.CtInfo;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpProtocol;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.OpaqueTransport;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.Transport;
import dev.vethlab.engine.packet.UdpDatagram;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sockets of one network namespace: opening them, and handing packets and errors to the right one. */
public final class SocketTable {
    private final NetworkNamespace namespace;
    private final List<UdpSocket> udp = new ArrayList<>();
    private final List<RawSocket> raw = new ArrayList<>();
    private final PortSpace udpPorts;
    private final TcpProtocol tcp;

    public SocketTable(NetworkNamespace namespace) {
        this.namespace = namespace;
        this.udpPorts = new PortSpace(namespace);
        this.tcp = new TcpProtocol(namespace, this);
    }

    // ---- opening ----

    /** @throws KernelException ENFILE over the limit */
    public UdpSocket openUdp(SocketOwner owner) throws KernelException {
        checkRoom();
        var socket = new UdpSocket(namespace, owner, this);
        udp.add(socket);
        return socket;
    }

    /** A raw socket of an IP protocol. @throws KernelException ENFILE over the limit */
    public RawSocket openRaw(SocketOwner owner, int protocol) throws KernelException {
        checkRoom();
        var socket = new RawSocket(namespace, owner, this, protocol);
        raw.add(socket);
        return socket;
    }

    /** A TCP socket to connect with. @throws KernelException ENFILE over the limit */
    public TcpSocket openTcp(SocketOwner owner) throws KernelException {
        checkRoom();
        return tcp.open(owner);
    }

    /** A TCP socket to bind and listen with. @throws KernelException ENFILE over the limit */
    public TcpListener openListener(SocketOwner owner) throws KernelException {
        checkRoom();
        return tcp.openListener(owner);
    }

    /** How many there are of all kinds. */
    public int size() {
        return udp.size() + raw.size() + tcp.size();
    }

    private void checkRoom() throws KernelException {
        if (!namespace.kernel().room().has(Limit.NETWORK_SOCKETS, size(), 1)) {
            throw new KernelException(Errno.ENFILE);
        }
    }

    // ---- listing ----

    public List<UdpSocket> udp() {
        return List.copyOf(udp);
    }

    public List<RawSocket> raw() {
        return List.copyOf(raw);
    }

    /** TCP: connections and listeners. */
    public TcpProtocol tcp() {
        return tcp;
    }

    /** The bound UDP ports. */
    public PortSpace udpPorts() {
        return udpPorts;
    }

    // ---- in ----

    /** Hands a packet for this machine to the socket it is for ({@code ip_local_deliver_finish}); answers if there is none. */
    public void deliver(PacketBuffer packet) {
        boolean seen = deliverRaw(packet);
        switch (packet.ip().transport()) {
            case TcpSegment segment -> tcp.receive(packet, segment);
            case UdpDatagram datagram -> deliverUdp(packet, datagram);
            case IcmpMessage message -> deliverIcmp(packet, message, seen);
            case OpaqueTransport other -> {
                if (!seen) {
                    report(packet, new Decision.None(), new Outcome.Dropped(DropReason.UNHANDLED_PROTO,
                            () -> "a program here that speaks protocol " + IpProtocol.name(other.protocol())));
                    Icmp.sendError(namespace, packet, IcmpMessage.DESTINATION_UNREACHABLE, IcmpMessage.PROTOCOL_UNREACHABLE, 0);
                }
            }
        }
    }

    private boolean deliverRaw(PacketBuffer packet) {
        RawSocket first = null;
        for (RawSocket socket : raw()) {
            if (socket.wants(packet)) {
                socket.enqueue(packet);
                first = first == null ? socket : first;
            }
        }
        if (first != null && !(packet.ip().transport() instanceof TcpSegment || packet.ip().transport() instanceof UdpDatagram)) {
            report(packet, new Decision.SocketFound(first::text), Outcome.DELIVERED);
        }
        return first != null;
    }

    private void deliverIcmp(PacketBuffer packet, IcmpMessage message, boolean seen) {
        if (message.type() == IcmpMessage.ECHO_REPLY && !seen) {
            report(packet, new Decision.None(), new Outcome.Dropped(DropReason.NO_SOCKET, () -> "a program that waits for echo replies"));
            return;
        }
        Icmp.receive(namespace, packet, message);
    }

    private void deliverUdp(PacketBuffer packet, UdpDatagram datagram) {
        RouteType kind = namespace.routing().addressType(packet.ip().destination());
        if (kind == RouteType.BROADCAST || kind == RouteType.MULTICAST) {
            deliverToAll(packet, datagram);
            return;
        }
        UdpSocket best = null;
        int bestScore = -1;
        for (UdpSocket socket : udp) {
            int score = socket.score(packet, datagram);
            if (score > bestScore) {
                best = socket;
                bestScore = score;
            }
        }
        if (best == null) {
            dropNoSocket(packet, "UDP port " + datagram.destinationPort());
            // __udp4_lib_rcv() forgets the connection first (nf_reset_ct): the error's is looked up by what it quotes
            packet.connection = null;
            packet.ctInfo = CtInfo.NONE;
            Icmp.sendError(namespace, packet, IcmpMessage.DESTINATION_UNREACHABLE, IcmpMessage.PORT_UNREACHABLE, 0);
        } else {
            hand(packet, datagram, best);
        }
    }

    private void deliverToAll(PacketBuffer packet, UdpDatagram datagram) {
        boolean any = false;
        for (UdpSocket socket : udp()) {
            if (socket.score(packet, datagram) >= 0) {
                hand(packet, datagram, socket);
                any = true;
            }
        }
        if (!any) {
            dropNoSocket(packet, "UDP port " + datagram.destinationPort());
        }
    }

    private void hand(PacketBuffer packet, UdpDatagram datagram, UdpSocket socket) {
        Encapsulation tunnel = socket.encapsulation();
        if (tunnel != null) {
            report(packet, new Decision.SocketFound(socket::text), Outcome.DELIVERED);
            tunnel.receive(packet, datagram);
            return;
        }
        namespace.counters().count(Counter.UDP_IN);
        Outcome outcome = socket.enqueue(packet, datagram)
                ? Outcome.DELIVERED
                : new Outcome.Dropped(DropReason.PROTO_MEM, () -> "room in the receive buffer of " + socket.owner().program() + ", which reads too slowly");
        report(packet, new Decision.SocketFound(socket::text), outcome);
    }

    private void dropNoSocket(PacketBuffer packet, String what) {
        namespace.counters().count(Counter.UDP_NO_PORT);
        report(packet, new Decision.None(), new Outcome.Dropped(DropReason.NO_SOCKET, () -> "a program that listens on " + what));
    }

    /** An ICMP error came in about {@code quoted}, which a socket here sent ({@code icmp_socket_deliver}). */
    public void icmpError(IcmpMessage error, Ipv4Packet quoted, PacketBuffer packet) {
        for (RawSocket socket : raw()) {
            socket.icmpError(error, quoted, packet);
        }
        switch (quoted.beginning()) {
            case TcpSegment segment -> tcp.icmpError(error, quoted, segment);
            case UdpDatagram datagram -> {
                UdpSocket sender = sender(quoted, datagram);
                if (sender != null) {
                    sender.icmpError(error, quoted, packet);
                }
            }
            case IcmpMessage message -> {}
            case OpaqueTransport other -> {}
        }
    }

    private @Nullable UdpSocket sender(Ipv4Packet quoted, UdpDatagram datagram) {
        UdpSocket any = null;
        for (UdpSocket socket : udp) {
            boolean ours = socket.localPort() == datagram.sourcePort()
                    && (socket.localAddress() == 0 || socket.localAddress() == quoted.source());
            boolean toPeer = socket.remoteAddress() == quoted.destination() && socket.remotePort() == datagram.destinationPort();
            if (ours && toPeer) {
                return socket;
            }
            if (ours && socket.remotePort() == 0) {
                any = socket;
            }
        }
        return any;
    }

    /** The namespace is gone: its sockets close without a word. */
    public void closeAll() {
        udp().forEach(Socket::close);
        raw().forEach(Socket::close);
        tcp.closeAll();
    }

    // ---- for the sockets ----

    /** Sends what a socket made; {@code cause} is the packet it answers, or 0. */
    @Nullable Errno send(
            Socket socket, RouteResult.Found way, int source, int destination, Transport transport, boolean dontFragment, long cause) {
        long id = namespace.kernel().tracer().born(cause, Cause.SENT, socket.owner().program());
        return transmit(socket, way, source, destination, transport, dontFragment, id);
    }

    /** Sends a packet that has its number in the trace already ({@code ip_queue_xmit}, {@code ip_push_pending_frames}). */
    public @Nullable Errno transmit(
            Socket socket, RouteResult.Found way, int source, int destination, Transport transport, boolean dontFragment, long id) {
        Ipv4Packet ip = Ipv4Packet.of(source, destination, namespace.path().nextId(), dontFragment, transport)
                .withTtl(socket.ttl(way))
                .withTos(socket.tos())
                .withOptions(namespace.path().begun(socket.headerOptions(), source));
        var packet = new PacketBuffer(id, ip);
        packet.route = way;
        packet.mark = socket.mark();
        packet.owner = socket;
        Errno error = namespace.path().output(packet);
        // only who asked for errors hears that a device took nothing (IP_RECVERR in raw_sendmsg())
        return error == null && packet.refused && socket instanceof RawSocket ? Errno.ENOBUFS : error;
    }

    void forget(UdpSocket socket) {
        udp.remove(socket);
    }

    void forget(RawSocket socket) {
        raw.remove(socket);
    }

    private void report(PacketBuffer packet, Decision decision, Outcome outcome) {
        namespace.kernel().tracer().report(packet.id(), namespace.place(), Stage.SOCKET, packet.frame(), packet.payload(), null, decision,
                outcome);
    }
}
