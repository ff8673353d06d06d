package dev.vethlab.engine.docker.api;

/**
 * Where a container's port is to be published, as the API says it.
 *
 * @param hostIp empty for the network's default
 * @param hostPort empty for any, a number, or a range {@code 8000-8010}
 */
public record PortBinding(String hostIp, String hostPort) {}
