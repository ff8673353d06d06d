package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.PortSpace;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.kernel.socket.SocketTable;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Sequence;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** TCP of one namespace: its connections and listeners, and which of them a segment is for ({@code net/ipv4/tcp_ipv4.c}). */
public final class TcpProtocol {
    /** Far fewer than {@code tcp_max_tw_buckets}, so that they never use up the namespace's sockets. */
    private static final int MAX_TIME_WAIT = 256;

    private final NetworkNamespace namespace;
    private final SocketTable table;
    private final PortSpace ports;
    private final InitialNumbers initialNumbers;
    private final Map<TcpTuple, TcpSocket> connections = new LinkedHashMap<>();
    /** Those of the connections in TIME_WAIT, the longest there first. */
    private final SequencedMap<TcpTuple, TcpSocket> waiting = new LinkedHashMap<>();
    private final List<TcpListener> listeners = new ArrayList<>();
    private final List<TcpSocket> unconnected = new ArrayList<>();

    public TcpProtocol(NetworkNamespace namespace, SocketTable table) {
        this.namespace = namespace;
        this.table = table;
        this.ports = new PortSpace(namespace);
        this.initialNumbers = new InitialNumbers(namespace.kernel());
    }

    InitialNumbers initialNumbers() {
        return initialNumbers;
    }

    // ---- opening and closing ----

    public TcpSocket open(SocketOwner owner) {
        var socket = new TcpSocket(namespace, owner, this);
        unconnected.add(socket);
        return socket;
    }

    public TcpListener openListener(SocketOwner owner) {
        var listener = new TcpListener(namespace, owner, this);
        listeners.add(listener);
        return listener;
    }

    /** How many sockets there are, those in TIME_WAIT not counted: they are bounded by themselves. */
    public int size() {
        return connections.size() - waiting.size() + listeners.size() + unconnected.size();
    }

    /** Connections in every state, in the order they began. */
    public List<TcpSocket> connections() {
        return List.copyOf(connections.values());
    }

    /** Those that listen, in the order they were opened. */
    public List<TcpListener> listeners() {
        return listeners.stream().filter(TcpListener::isListening).toList();
    }

    /** The bound ports. */
    public PortSpace ports() {
        return ports;
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    SocketTable table() {
        return table;
    }

    /** {@code SO_REUSEADDR} settles it unless one of the two listens ({@code inet_csk_bind_conflict}). */
    static boolean mayShare(Socket one, Socket other) {
        return !(one instanceof TcpListener a && a.isListening()) && !(other instanceof TcpListener b && b.isListening());
    }

    boolean mayListen(TcpListener wanted) {
        for (TcpListener other : listeners()) {
            boolean clash = other != wanted
                    && other.localPort() == wanted.localPort()
                    && (other.family() == wanted.family())
                    && (other.localAddress() == wanted.localAddress() || other.localAddress() == 0 || wanted.localAddress() == 0)
                    && other.device() == wanted.device()
                    && !(other.reusesPort() && wanted.reusesPort());
            if (clash) {
                return false;
            }
        }
        return true;
    }

    /** Gives a connecting socket its four numbers. @throws KernelException EADDRNOTAVAIL if no port is left, EADDRINUSE */
    void register(TcpSocket socket, int source, int address, int port) throws KernelException {
        int own = socket.localPort();
        if (own == 0) {
            own = ports.ephemeral(candidate -> isFree(source, candidate) && !isTaken(new TcpTuple(source, candidate, address, port)));
            if (own == 0) {
                throw new KernelException(Errno.EADDRNOTAVAIL);
            }
        } else if (isTaken(new TcpTuple(source, own, address, port))) {
            throw new KernelException(Errno.EADDRNOTAVAIL);
        }
        socket.name(new TcpTuple(source, own, address, port));
        unconnected.remove(socket);
        insert(socket);
    }

    private boolean isFree(int address, int port) {
        return ports.bound().stream().noneMatch(s -> s.localPort() == port && (s.localAddress() == 0 || s.localAddress() == address));
    }

    /** A connection in TIME_WAIT may be taken over by a new one after a second ({@code tcp_tw_reuse} 2 does so for loopback only). */
    private boolean isTaken(TcpTuple tuple) {
        return connections.containsKey(tuple);
    }

    private void insert(TcpSocket socket) {
        connections.put(java.util.Objects.requireNonNull(socket.tuple()), socket);
    }

    /** A connection is in TIME_WAIT now: if there are too many of them, that which has been the longest ends. */
    void enteredTimeWait(TcpSocket socket) {
        waiting.put(java.util.Objects.requireNonNull(socket.tuple()), socket);
        if (waiting.size() > MAX_TIME_WAIT) {
            waiting.firstEntry().getValue().finish();
        }
    }

    void forget(TcpSocket socket) {
        TcpTuple tuple = socket.tuple();
        if (tuple != null && connections.get(tuple) == socket) {
            connections.remove(tuple);
            waiting.remove(tuple);
        }
        unconnected.remove(socket);
        ports.release(socket);
        TcpListener listener = socket.listener();
        if (listener != null) {
            listener.lost(socket);
        }
    }

    void forget(TcpListener listener) {
        listeners.remove(listener);
        ports.release(listener);
    }

    /** The namespace is gone: everything ends without a word. */
    public void closeAll() {
        connections().forEach(TcpSocket::vanish);
        List.copyOf(listeners).forEach(TcpListener::vanish);
        List.copyOf(unconnected).forEach(TcpSocket::vanish);
        connections.clear();
        waiting.clear();
        listeners.clear();
        unconnected.clear();
    }

    // ---- in ----

    /** A segment for this machine ({@code tcp_v4_rcv}). */
    public void receive(PacketBuffer packet, TcpSegment segment) {
        Ipv4Packet ip = packet.ip();
        if (namespace.routing().addressType(ip.destination()) != RouteType.LOCAL) {
            report(packet, new Decision.None(), new Outcome.Dropped(DropReason.IP_INVALID_DEST, () -> "the address of one machine: TCP does not speak to groups"));
            return;
        }
        var tuple = new TcpTuple(ip.destination(), segment.destinationPort(), ip.source(), segment.sourcePort());
        TcpSocket socket = connections.get(tuple);
        if (socket != null && socket.state() == TcpState.TIME_WAIT && startsAnew(socket, segment)
                && listener(packet, segment) != null) {
            socket.finish();
            socket = null;
        }
        if (socket != null) {
            receive(packet, segment, socket);
            return;
        }
        TcpListener listener = listener(packet, segment);
        if (listener != null) {
            receive(packet, segment, listener, tuple);
        } else {
            report(packet, new Decision.None(), new Outcome.Dropped(DropReason.NO_SOCKET,
                    () -> "a program that listens on TCP port " + segment.destinationPort()));
            TcpReset.answer(namespace, packet, segment);
        }
    }

    /** A SYN above all that was received may reuse a connection in TIME_WAIT (RFC 9293 §3.10.7.4, {@code tcp_timewait_state_process}). */
    private static boolean startsAnew(TcpSocket old, TcpSegment segment) {
        return segment.has(TcpSegment.SYN) && !segment.has(TcpSegment.ACK) && !segment.has(TcpSegment.RST)
                && (Sequence.after(segment.sequence(), old.block.rcvNxt)
                        || (segment.options().timestamps() && Sequence.after(segment.options().timestamp(), old.block.tsRecent)));
    }

    private void receive(PacketBuffer packet, TcpSegment segment, TcpSocket socket) {
        DropReason refusal = socket.refuses(segment);
        Outcome outcome = refusal == null
                ? Outcome.DELIVERED
                : new Outcome.Dropped(refusal, () -> "a segment that this connection, " + socket.state().ss() + ", expects");
        report(packet, new Decision.SocketFound(socket.snapshot()), outcome);
        socket.receive(packet, segment);
    }

    private void receive(PacketBuffer packet, TcpSegment segment, TcpListener listener, TcpTuple tuple) {
        boolean isSyn = segment.has(TcpSegment.SYN) && !segment.has(TcpSegment.ACK) && !segment.has(TcpSegment.RST);
        if (!isSyn) {
            report(packet, new Decision.SocketFound(listener::text), new Outcome.Dropped(DropReason.TCP_FLAGS,
                    () -> "a SYN first: the listening socket knows no connection with this peer"));
            if (!segment.has(TcpSegment.RST) && segment.has(TcpSegment.ACK)) {
                TcpReset.answer(namespace, packet, segment);
            }
            return;
        }
        boolean roomLeft = namespace.kernel().room().has(Limit.NETWORK_SOCKETS, size(), 1);
        if (listener.isFull() || !roomLeft) {
            report(packet, new Decision.SocketFound(listener::text), new Outcome.Dropped(DropReason.SOCKET_BACKLOG,
                    () -> "room in the queue of " + listener.owner().program() + ", in which " + listener.waiting()
                            + " connections wait to be accepted"));
            return;
        }
        report(packet, new Decision.SocketFound(listener::text), Outcome.DELIVERED);
        var child = new TcpSocket(namespace, listener.owner(), this);
        child.setFamily(listener.family());
        child.setTos(listener.tos());
        child.setMark(listener.mark());
        child.name(tuple);
        child.belongsTo(listener);
        insert(child);
        listener.begun(child);
        child.acceptSyn(packet, segment);
    }

    private @Nullable TcpListener listener(PacketBuffer packet, TcpSegment segment) {
        TcpListener best = null;
        int bestScore = -1;
        for (TcpListener listener : listeners) {
            int score = score(listener, packet, segment);
            if (score > bestScore) {
                best = listener;
                bestScore = score;
            }
        }
        return best;
    }

    private static int score(TcpListener listener, PacketBuffer packet, TcpSegment segment) {
        boolean addressed = listener.localAddress() == Ipv4.ANY || listener.localAddress() == packet.ip().destination();
        boolean reached = listener.device() == null || listener.device() == packet.in;
        if (!listener.isListening() || listener.localPort() != segment.destinationPort()
                || listener.family() == AddressFamily.INET6_ONLY || !addressed || !reached) {
            return -1;
        }
        return (listener.localAddress() != Ipv4.ANY ? 4 : 0) + (listener.device() != null ? 2 : 0)
                + (listener.family() == AddressFamily.INET ? 1 : 0);
    }

    /** An ICMP error about a segment that was sent from here. */
    public void icmpError(IcmpMessage error, Ipv4Packet quoted, TcpSegment segment) {
        var tuple = new TcpTuple(quoted.source(), segment.sourcePort(), quoted.destination(), segment.destinationPort());
        TcpSocket socket = connections.get(tuple);
        if (socket != null) {
            socket.icmpError(error, segment);
        }
    }

    private void report(PacketBuffer packet, Decision decision, Outcome outcome) {
        namespace.kernel().tracer().report(packet.id(), namespace.place(), Stage.SOCKET, packet.frame(), packet.payload(), null, decision,
                outcome);
    }
}
