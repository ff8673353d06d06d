package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.socket.Encapsulation;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.UdpDatagram;
import dev.vethlab.engine.packet.WireFormat;
import dev.vethlab.engine.packet.WireParser;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import java.util.Map;
import java.util.TreeMap;

/** The UDP port that the vxlans of a namespace share, told apart by their identifiers ({@code struct vxlan_sock}). */
final class VxlanSocket implements Encapsulation {
    /** Flags with the valid bit, reserved, and the identifier in the upper three bytes of the second word (RFC 7348 §5). */
    private static final int HEADER_LENGTH = 8;

    private static final int HAS_IDENTIFIER = 0x08;

    private final NetworkNamespace namespace;
    private final UdpSocket socket;
    private final Map<Integer, Vxlan> devices = new TreeMap<>();

    private VxlanSocket(NetworkNamespace namespace, UdpSocket socket) {
        this.namespace = namespace;
        this.socket = socket;
    }

    /** That of a port; opened if there is none yet. @throws KernelException EADDRINUSE */
    static VxlanSocket of(NetworkNamespace namespace, int port) throws KernelException {
        for (UdpSocket open : namespace.sockets().udp()) {
            if (open.localPort() == port && open.encapsulation() instanceof VxlanSocket known) {
                return known;
            }
        }
        UdpSocket socket = namespace.sockets().openUdp(SocketOwner.KERNEL);
        try {
            socket.bind(Ipv4.ANY, port);
        } catch (KernelException taken) {
            socket.close();
            throw taken;
        }
        var opened = new VxlanSocket(namespace, socket);
        socket.setEncapsulation(opened);
        return opened;
    }

    void add(Vxlan device) {
        devices.put(device.config().id(), device);
    }

    void remove(Vxlan device) {
        devices.remove(device.config().id());
        if (devices.isEmpty()) {
            socket.close();
        }
    }

    /** Header and frame. */
    static Bytes encapsulate(int id, EthernetFrame frame) {
        byte[] inner = WireFormat.encode(frame);
        byte[] out = new byte[HEADER_LENGTH + inner.length];
        out[0] = HAS_IDENTIFIER;
        out[4] = (byte) (id >>> 16);
        out[5] = (byte) (id >>> 8);
        out[6] = (byte) id;
        System.arraycopy(inner, 0, out, HEADER_LENGTH, inner.length);
        return Bytes.of(out);
    }

    /** {@code vxlan_rcv}. */
    @Override
    public void receive(PacketBuffer packet, UdpDatagram datagram) {
        Bytes data = datagram.data();
        EthernetFrame frame = data.length() < HEADER_LENGTH || (data.get(0) & HAS_IDENTIFIER) == 0
                ? null
                : WireParser.frame(data.slice(HEADER_LENGTH));
        if (frame == null) {
            drop(packet, DropReason.VXLAN_INVALID_HDR, () -> "a VXLAN header with an identifier, and a frame");
            return;
        }
        int id = data.get(4) << 16 | data.get(5) << 8 | data.get(6);
        Vxlan device = devices.get(id);
        if (device == null) {
            drop(packet, DropReason.VXLAN_VNI_NOT_FOUND, () -> "a vxlan with id " + id + " on port " + datagram.destinationPort());
            return;
        }
        device.receiveFrom(packet.ip().source(), packet, frame);
    }

    private void drop(PacketBuffer packet, DropReason reason, Decision.Lazy remedy) {
        namespace.kernel().tracer().report(packet.id(), namespace.place(), Stage.SOCKET, packet.frame(), packet.payload(), null,
                new Decision.None(), new Outcome.Dropped(reason, remedy));
    }
}
