package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.packet.Ipv4;

/**
 * A published port, or the wish for one.
 *
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param address the container's
 * @param hostAddress 0 for all of the host's
 * @param hostPort the first port that will do; 0 for any
 * @param hostPortEnd the last that will do
 * @param nat whether there is a host port at all: without NAT only the container's own port is opened
 */
public record PortMapping(String protocol, int address, int port, int hostAddress, int hostPort, int hostPortEnd, boolean nat) {
    /** The same with the port that was found. */
    public PortMapping at(int found) {
        return new PortMapping(protocol, address, port, hostAddress, found, found, nat);
    }

    /** As the engine names it in errors: {@code 0.0.0.0:8080:172.17.0.2:80/tcp}. */
    @Override
    public String toString() {
        String host = hostPort == 0 ? "" : hostPort == hostPortEnd ? hostPort + "" : hostPort + "-" + hostPortEnd;
        return Ipv4.text(hostAddress) + ":" + host + ":" + Ipv4.text(address) + ":" + port + "/" + protocol;
    }
}
