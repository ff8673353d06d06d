package dev.vethlab.engine.docker.publish;

import dev.vethlab.engine.packet.Ipv4;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A published port, or the wish for one.
 *
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param address the container's
 * @param hostAddress null where none was given: the network's default is taken
 * @param hostPort the first port that will do; 0 for any
 * @param hostPortEnd the last that will do
 * @param nat whether there is a host port at all: without NAT only the container's own port is opened
 */
public record PortMapping(
        String protocol, int address, int port, @Nullable HostAddress hostAddress, int hostPort, int hostPortEnd, boolean nat) {
    /** The same with the port that was found. */
    public PortMapping at(int found) {
        return new PortMapping(protocol, address, port, hostAddress, found, found, nat);
    }

    /** The host's address, once it is known. */
    public HostAddress host() {
        return Objects.requireNonNull(hostAddress);
    }

    /** As the engine names it in errors: {@code 0.0.0.0:8080:172.17.0.2:80/tcp}. */
    @Override
    public String toString() {
        String ports = hostPort == 0 ? "" : hostPort == hostPortEnd ? hostPort + "" : hostPort + "-" + hostPortEnd;
        return host() + ":" + ports + ":" + Ipv4.text(address) + ":" + port + "/" + protocol;
    }
}
