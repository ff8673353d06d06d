package dev.vethlab.engine.kernel.socket;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Transport;
import java.util.ArrayDeque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A raw socket of one IP protocol ({@code net/ipv4/raw.c}): sees a copy of every packet of it that this machine gets. */
public final class RawSocket extends Socket {
    private static final int CAPACITY = 512;

    private final SocketTable table;
    private final int protocol;
    private final ArrayDeque<Received> received = new ArrayDeque<>();
    private final ErrorQueue errors = new ErrorQueue();
    private Predicate<Ipv4Packet> filter = packet -> true;
    private boolean broadcast;
    private FragmentPolicy fragmentPolicy = FragmentPolicy.WANT;
    private int errorMtu;

    /** A packet that came in, and when. */
    public record Received(Ipv4Packet packet, long time, long id) {}

    /** {@code IP_MTU_DISCOVER}. */
    public enum FragmentPolicy {
        /** Never DF. */
        DONT,
        /** DF while it fits; too long ones are cut. */
        WANT,
        /** Always DF; too long ones are refused, by the learned path MTU. */
        DO,
        /** Always DF; too long ones are refused, by the device's MTU. */
        PROBE
    }

    RawSocket(NetworkNamespace namespace, SocketOwner owner, SocketTable table, int protocol) {
        super(namespace, owner);
        this.table = table;
        this.protocol = protocol;
    }

    public int protocol() {
        return protocol;
    }

    /** Takes a local address: packets leave with it, and only those for it come in. */
    public @Nullable Errno bind(int address) {
        if (address != Ipv4.ANY && !namespace.routing().isLocal(address)) {
            return Errno.EADDRNOTAVAIL;
        }
        setLocal(address, 0);
        return null;
    }

    /** {@code ICMP_FILTER} and the like: what the program does not want to see. */
    public void setFilter(Predicate<Ipv4Packet> wanted) {
        filter = wanted;
    }

    public void setBroadcast(boolean allowed) {
        broadcast = allowed;
    }

    public void setFragmentPolicy(FragmentPolicy policy) {
        fragmentPolicy = policy;
    }

    /** After EMSGSIZE: the MTU that was in the way. */
    public int errorMtu() {
        return errorMtu;
    }

    /** Sends; null, or why not: no route, EACCES to a broadcast address, EPERM from a rule, EMSGSIZE. */
    public @Nullable Errno sendTo(int address, Transport transport) {
        RouteResult way = namespace.routing().output(flow(address, localAddress(), transport.protocol(), 0));
        if (way instanceof RouteResult.Failed failed) {
            return failed.error();
        }
        RouteResult.Found found = (RouteResult.Found) way;
        if (found.type() == RouteType.BROADCAST && !broadcast) {
            return Errno.EACCES;
        }
        int length = Ipv4Packet.HEADER_LENGTH + headerOptions().length() + transport.length();
        int mtu = fragmentPolicy == FragmentPolicy.PROBE ? found.device().mtu() : found.mtu();
        boolean strict = fragmentPolicy == FragmentPolicy.DO || fragmentPolicy == FragmentPolicy.PROBE;
        if (length > Ipv4Packet.MAX_LENGTH || (strict && length > mtu)) {
            errorMtu = mtu;
            return Errno.EMSGSIZE;
        }
        boolean dontFragment = strict || (fragmentPolicy == FragmentPolicy.WANT && length <= mtu && found.discoversMtu());
        int target = address == Ipv4.ANY ? Ipv4.LOOPBACK : address;
        return table.send(this, found, found.source(), target, transport, dontFragment, 0);
    }

    @Override
    public boolean mayBeFragmented() {
        return fragmentPolicy != FragmentPolicy.DO && fragmentPolicy != FragmentPolicy.PROBE;
    }

    @Override
    public boolean ignoresPathMtu() {
        return fragmentPolicy == FragmentPolicy.PROBE;
    }

    public @Nullable Received receive() {
        return received.poll();
    }

    /** Errors about packets of this protocol, oldest first. */
    public ErrorQueue errors() {
        return errors;
    }

    @Override
    public boolean canRead() {
        return !received.isEmpty() || !errors.isEmpty() || isClosed();
    }

    boolean wants(PacketBuffer packet) {
        Ipv4Packet ip = packet.ip();
        return ip.protocol() == protocol
                && (localAddress() == Ipv4.ANY || localAddress() == ip.destination())
                && (device() == null || device() == packet.in)
                && filter.test(ip)
                && received.size() < CAPACITY;
    }

    void enqueue(PacketBuffer packet) {
        received.add(new Received(packet.ip(), namespace.kernel().now(), packet.id()));
        changed().wakeAll();
    }

    void icmpError(IcmpMessage error, Ipv4Packet quoted, PacketBuffer packet) {
        if (quoted.protocol() == protocol && (localAddress() == Ipv4.ANY || localAddress() == quoted.source())) {
            errors.add(error, quoted, packet);
            changed().wakeAll();
        }
    }

    @Override
    public void close() {
        if (!isClosed()) {
            table.forget(this);
            markClosed();
        }
    }

    @Override
    public String text() {
        return "raw " + IpProtocol.name(protocol) + " " + end(localAddress(), 0) + " " + owner().program();
    }
}
