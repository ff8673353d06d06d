package dev.vethlab.engine.kernel.socket;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.UdpDatagram;

/** A tunnel whose frames come in UDP datagrams ({@code udp_tunnel_sock_cfg}). */
public interface Encapsulation {
    /** A datagram for it. */
    void receive(PacketBuffer packet, UdpDatagram datagram);
}
