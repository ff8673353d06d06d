package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.UdpDatagram;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cable through an IP network: puts each frame into a UDP datagram for the machine behind which its address is (RFC 7348; {@code
 * drivers/net/vxlan}). The datagrams are those of the namespace in which it was made, wherever it is moved.
 */
public final class Vxlan extends NetDevice {
    private static final int MTU = 1500;
    /** Outer IPv4, UDP and VXLAN header, and the inner Ethernet header. */
    private static final int HEADROOM = 50;

    private final NetworkNamespace home;
    private final VxlanDatabase database;
    private VxlanConfig config;
    private @Nullable VxlanSocket socket;

    Vxlan(NetworkNamespace namespace, String name, long mac, VxlanConfig config) {
        super(namespace, name, mac, config.device() == null ? MTU : config.device().mtu() - HEADROOM);
        this.home = namespace;
        this.config = config;
        this.database = new VxlanDatabase(kernel().simulation());
    }

    @Override
    public String kind() {
        return "vxlan";
    }

    public VxlanConfig config() {
        return config;
    }

    /** Only what may change: the lifetime of what it learned, and the like. */
    public void setConfig(VxlanConfig changed) {
        config = changed;
    }

    /** Behind which machine which address is. */
    public VxlanDatabase database() {
        return database;
    }

    @Override
    public NetworkNamespace linkNamespace() {
        return home;
    }

    @Override
    public boolean hasCarrier() {
        return true;
    }

    /** Its carrier never changes, so nobody ever looks: {@code UNKNOWN}. */
    @Override
    void refreshOperState() {}

    @Override
    public int maxSegment() {
        NetDevice lower = config.device();
        return lower == null ? super.maxSegment() : lower.maxSegment();
    }

    /** {@code vxlan_change_mtu}: what does not fit the device below is refused. */
    void checkMtu(int mtu) throws KernelException {
        NetDevice lower = config.device();
        if (lower != null && mtu > lower.mtu() - HEADROOM) {
            throw new KernelException(Errno.EINVAL);
        }
    }

    /** {@code vxlan_open}: takes its UDP port. @throws KernelException EADDRINUSE if a program has it */
    void opening() throws KernelException {
        socket = VxlanSocket.of(home, config.port());
        socket.add(this);
        if (listensToGroup()) {
            Objects.requireNonNull(config.device()).groups().join(config.remote());
        }
    }

    void openChanged() {
        if (!isUp() && socket != null) {
            socket.remove(this);
            socket = null;
            if (listensToGroup()) {
                Objects.requireNonNull(config.device()).groups().leave(config.remote());
            }
        }
    }

    /** {@code vxlan_multicast_join}. */
    private boolean listensToGroup() {
        return config.device() != null && Ipv4.isMulticast(config.remote());
    }

    /** {@code vxlan_xmit_one} and {@code vxlan_rcv} count without the Ethernet header. */
    @Override
    protected int countedLength(EthernetFrame frame) {
        return frame.payload().length();
    }

    // ---- out ----

    /** {@code vxlan_xmit}. */
    @Override
    protected void transmit(PacketBuffer packet, EthernetFrame frame) {
        VxlanDatabase.Entry entry = database.find(frame.destination(), config.ageing());
        if (entry == null) {
            drop(packet, Stage.DEVICE_TX, DropReason.NO_TX_TARGET, () ->
                    "an end of the tunnel for it: bridge fdb append 00:00:00:00:00:00 dev " + name() + " dst ADDRESS");
            return;
        }
        for (VxlanDatabase.Remote remote : entry.remotes()) {
            report(packet, Stage.DEVICE_TX, new Decision.Because(() -> "into a UDP datagram to " + Ipv4.text(remote.address()) + ", VNI "
                    + idOf(remote)), Outcome.DELIVERED);
            sendTo(packet, frame, remote);
        }
    }

    private int idOf(VxlanDatabase.Remote remote) {
        return remote.id() == 0 ? config.id() : remote.id();
    }

    /** {@code vxlan_xmit_one}. */
    private void sendTo(PacketBuffer packet, EthernetFrame frame, VxlanDatabase.Remote remote) {
        NetDevice by = remote.device() != null ? remote.device() : config.device();
        RouteResult way = home.routing().output(Flow.of(remote.address(), config.local(), by, packet.mark));
        if (!(way instanceof RouteResult.Found found)) {
            drop(packet, Stage.DEVICE_TX, DropReason.IP_OUTNOROUTES, () -> "a route to " + Ipv4.text(remote.address()));
            return;
        }
        int port = remote.port() != 0 ? remote.port() : config.port();
        var datagram = new UdpDatagram(sourcePort(frame), port, VxlanSocket.encapsulate(idOf(remote), frame));
        int ttl = config.ttl() != 0 ? config.ttl() : Ipv4.isMulticast(remote.address()) ? 1 : Ipv4Packet.DEFAULT_TTL;
        int tos = config.tos() == 1 && frame.payload() instanceof Ipv4Packet inner ? inner.tos() : config.tos() & ~1;
        Ipv4Packet ip = Ipv4Packet.of(found.source(), remote.address(), home.path().nextId(), false, datagram).withTtl(ttl).withTos(tos);
        var outer = new PacketBuffer(kernel().tracer().born(packet.id(), Cause.ENCAPSULATED, name()), ip);
        outer.route = found;
        home.path().output(outer);
    }

    /** The same for all frames between two stations, there and back, so that they stay in order ({@code udp_flow_src_port}). */
    private int sourcePort(EthernetFrame frame) {
        int low = config.lowPort();
        int high = config.highPort();
        if (low >= high) {
            String[] range = java.util.Objects.requireNonNull(home.sysctls().get("net.ipv4.ip_local_port_range")).split("\t");
            low = Integer.parseInt(range[0]);
            high = Integer.parseInt(range[1]);
        }
        long hash = (frame.source() ^ frame.destination()) * 0x9E37_79B9_7F4A_7C15L;
        hash ^= hash >>> 29;
        return low + (int) ((hash >>> 32 & 0xFFFF_FFFFL) * (high - low) >>> 32);
    }

    // ---- in ----

    /** A frame that was in a packet from {@code from} ({@code vxlan_rcv}). */
    void receiveFrom(int from, PacketBuffer outer, EthernetFrame frame) {
        PacketBuffer packet = PacketBuffer.ofFrame(kernel().tracer().born(outer.id(), Cause.DECAPSULATED, name()), frame);
        if (frame.source() == mac()) {
            drop(packet, Stage.DEVICE_RX, DropReason.LOCAL_MAC, () -> "a source MAC address other than that of " + name() + " itself");
            return;
        }
        if (!database.learn(frame.source(), from, config)) {
            drop(packet, Stage.DEVICE_RX, DropReason.VXLAN_ENTRY_EXISTS, () ->
                    "no entry made by hand that says otherwise: bridge fdb show dev " + name());
            return;
        }
        receive(packet, frame, Stage.DEVICE_RX, new Decision.Because(() -> "out of a datagram from " + Ipv4.text(from)));
    }
}
