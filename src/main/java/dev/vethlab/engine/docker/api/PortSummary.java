package dev.vethlab.engine.docker.api;

/**
 * A port of a container ({@code Port} of {@code GET /containers/json}).
 *
 * @param ip where it is published; empty if it is only exposed
 * @param privatePort the container's
 * @param publicPort the host's; 0 if there is none
 * @param type {@code tcp}, {@code udp} or {@code sctp}
 */
public record PortSummary(String ip, int privatePort, int publicPort, String type) {
    /** The address as it stands before a port: {@code [::]}. */
    public String host() {
        return ip.contains(":") ? "[" + ip + "]" : ip;
    }

    public boolean isPublished() {
        return !ip.isEmpty();
    }
}
