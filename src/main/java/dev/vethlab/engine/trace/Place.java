package dev.vethlab.engine.trace;

/**
 * Where something happened. Made once for a device, not for a packet.
 *
 * @param machine its name, such as {@code host}
 * @param namespace the network namespace's name; empty for the machine's own
 * @param device the interface's name; empty where no interface is concerned
 */
public record Place(String machine, String namespace, String device) {}
