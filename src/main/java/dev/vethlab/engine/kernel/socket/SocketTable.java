package dev.vethlab.engine.kernel.socket;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4Packet;

/** The sockets of one network namespace. */
public final class SocketTable {
    public SocketTable(NetworkNamespace namespace) {}

    /** Hands a packet for this machine to the socket it is for ({@code ip_local_deliver_finish}); answers if there is none. */
    public void deliver(PacketBuffer packet) {}

    /** An ICMP error came in about {@code quoted}, which a socket here sent ({@code icmp_socket_deliver}). */
    public void icmpError(IcmpMessage error, Ipv4Packet quoted, PacketBuffer packet) {}

    /** The namespace is gone: its sockets close without a word. */
    public void closeAll() {}
}
