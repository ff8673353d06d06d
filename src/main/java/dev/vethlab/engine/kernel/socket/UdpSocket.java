package dev.vethlab.engine.kernel.socket;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.UdpDatagram;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A UDP socket ({@code net/ipv4/udp.c}). */
public final class UdpSocket extends Socket {
    /** {@code net.core.rmem_default}, counted in payload bytes. */
    private static final int RECEIVE_BUFFER = 212_992;

    private final SocketTable table;
    private final ArrayDeque<Datagram> received = new ArrayDeque<>();
    private final ErrorQueue errors = new ErrorQueue();
    private @Nullable Encapsulation encapsulation;
    private int buffered;
    private boolean receiveErrors;
    private boolean broadcast;
    private boolean dontFragment = true;
    private long lastReceived;

    /**
     * A datagram that came in.
     *
     * @param destination the address it was sent to
     * @param packet its number in the trace
     */
    public record Datagram(int source, int sourcePort, int destination, int ttl, Bytes data, long packet) {}

    UdpSocket(NetworkNamespace namespace, SocketOwner owner, SocketTable table) {
        super(namespace, owner);
        this.table = table;
    }

    /** Takes a local address and port; 0 for any. @throws KernelException EINVAL if bound already, EADDRINUSE, EADDRNOTAVAIL */
    public void bind(int address, int port) throws KernelException {
        if (localPort() != 0) {
            throw new KernelException(Errno.EINVAL);
        }
        int chosen = table.udpPorts().reserve(this, address, port, (one, other) -> true);
        setLocal(address, chosen);
    }

    /** From now on only this peer's datagrams count, and its ICMP errors are heard. @throws KernelException ENETUNREACH and the like */
    public void connect(int address, int port) throws KernelException {
        RouteResult way = namespace.routing().output(flow(address, localAddress(), IpProtocol.UDP, port));
        if (way instanceof RouteResult.Failed failed) {
            throw new KernelException(failed.error());
        }
        RouteResult.Found found = (RouteResult.Found) way;
        if (found.type() == RouteType.BROADCAST && !broadcast) {
            throw new KernelException(Errno.EACCES);
        }
        int source = localAddress() != 0 ? localAddress() : found.source();
        int port0 = localPort() != 0 ? localPort() : table.udpPorts().reserve(this, source, 0, (one, other) -> true);
        setLocal(source, port0);
        setRemote(address == Ipv4.ANY ? Ipv4.LOOPBACK : address, port);
        changed().wakeAll();
    }

    /** Datagrams are a tunnel's from now on ({@code udp_tunnel_sock.encap_rcv}). */
    public void setEncapsulation(Encapsulation tunnel) {
        encapsulation = tunnel;
    }

    /** Whose datagrams it carries, if it is the socket of a tunnel. */
    public @Nullable Encapsulation encapsulation() {
        return encapsulation;
    }

    /** {@code IP_RECVERR}: ICMP errors are kept for {@link #errors}. */
    public void setReceiveErrors(boolean receive) {
        receiveErrors = receive;
    }

    /** {@code SO_BROADCAST}. */
    public void setBroadcast(boolean allowed) {
        broadcast = allowed;
    }

    /** {@code IP_MTU_DISCOVER}: whether DF is set while a datagram fits the MTU; on by default. */
    public void setDontFragment(boolean set) {
        dontFragment = set;
    }

    public ErrorQueue errors() {
        return errors;
    }

    /** Sends to the connected peer; null, or why not. */
    public @Nullable Errno send(Bytes data) {
        return remotePort() == 0 ? Errno.EDESTADDRREQ : sendTo(remoteAddress(), remotePort(), data);
    }

    /** Sends a datagram ({@code udp_sendmsg}); null, or why not: a pending error, no route, EPERM from a rule, EMSGSIZE. */
    public @Nullable Errno sendTo(int address, int port, Bytes data) {
        return sendFrom(localAddress(), address, port, data);
    }

    /** Like {@link #sendTo}, with the source address chosen ({@code IP_PKTINFO}). */
    public @Nullable Errno sendFrom(int from, int address, int port, Bytes data) {
        Errno pending = takeError();
        if (pending != null) {
            return pending;
        }
        if (data.length() > Ipv4Packet.MAX_LENGTH - Ipv4Packet.HEADER_LENGTH - UdpDatagram.HEADER_LENGTH) {
            return Errno.EMSGSIZE;
        }
        RouteResult way = namespace.routing().output(flow(address, from, IpProtocol.UDP, port));
        if (way instanceof RouteResult.Failed failed) {
            return failed.error();
        }
        RouteResult.Found found = (RouteResult.Found) way;
        if (found.type() == RouteType.BROADCAST && !broadcast) {
            return Errno.EACCES;
        }
        if (localPort() == 0) {
            try {
                setLocal(Ipv4.ANY, table.udpPorts().reserve(this, Ipv4.ANY, 0, (one, other) -> true));
            } catch (KernelException e) {
                return Errno.EAGAIN;
            }
        }
        boolean fits = Ipv4Packet.HEADER_LENGTH + UdpDatagram.HEADER_LENGTH + data.length() <= found.mtu();
        // one that is to be cut up has its checksum made before (__ip_append_data())
        var datagram = new UdpDatagram(localPort(), port, data, fits);
        int target = address == Ipv4.ANY ? Ipv4.LOOPBACK : address;
        return table.send(this, found, found.source(), target, datagram, dontFragment && fits && found.discoversMtu(), lastReceived);
    }

    @Override
    public boolean mayBeFragmented() {
        return true;
    }

    /** The next datagram, or null if there is none. */
    public @Nullable Datagram receive() {
        Datagram next = received.poll();
        if (next != null) {
            buffered -= next.data().length() + 1;
            lastReceived = next.packet();
        }
        return next;
    }

    @Override
    public boolean canRead() {
        return !received.isEmpty() || hasError() || !errors.isEmpty() || isClosed();
    }

    /** Bytes that wait to be read ({@code Recv-Q}). */
    public int receiveQueue() {
        return buffered;
    }

    /** How well it fits a datagram: the higher the more specific; -1 if not at all ({@code compute_score}). */
    int score(PacketBuffer packet, UdpDatagram datagram) {
        Ipv4Packet ip = packet.ip();
        if (localPort() != datagram.destinationPort() || family() == AddressFamily.INET6_ONLY) {
            return -1;
        }
        int score = family() == AddressFamily.INET ? 2 : 1;
        if (localAddress() != Ipv4.ANY) {
            if (localAddress() != ip.destination()) {
                return -1;
            }
            score += 4;
        }
        if (remotePort() != 0) {
            if (remoteAddress() != ip.source() || remotePort() != datagram.sourcePort()) {
                return -1;
            }
            score += 8;
        }
        if (device() != null) {
            if (device() != packet.in) {
                return -1;
            }
            score += 4;
        }
        return score;
    }

    /** A datagram for it; false if its buffer is full. */
    boolean enqueue(PacketBuffer packet, UdpDatagram datagram) {
        if (buffered + datagram.data().length() > RECEIVE_BUFFER) {
            return false;
        }
        Ipv4Packet ip = packet.ip();
        received.add(new Datagram(ip.source(), datagram.sourcePort(), ip.destination(), ip.ttl(), datagram.data(), packet.id()));
        buffered += datagram.data().length() + 1;
        changed().wakeAll();
        return true;
    }

    /** An ICMP error about a datagram of its ({@code __udp4_lib_err}). */
    void icmpError(IcmpMessage error, Ipv4Packet quoted, PacketBuffer packet) {
        if (receiveErrors) {
            errors.add(error, quoted, packet);
            changed().wakeAll();
        }
        boolean heard = receiveErrors || (remotePort() != 0 && IcmpErrors.isFatal(error));
        if (heard) {
            fail(IcmpErrors.errno(error));
        }
    }

    @Override
    public void close() {
        if (!isClosed()) {
            table.udpPorts().release(this);
            table.forget(this);
            markClosed();
        }
    }

    @Override
    public String text() {
        return "udp " + (remotePort() == 0 ? "UNCONN " : "ESTAB ") + end(localAddress(), localPort()) + " "
                + end(remoteAddress(), remotePort())
                + " " + owner().program();
    }
}
