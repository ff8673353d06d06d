package dev.vethlab.engine.command.net.tcpdump.filter;

import java.util.List;
import java.util.OptionalInt;

/** What a filter's names mean on the machine that runs it. */
public interface FilterNames {
    /** The IPv4 addresses of a host name; empty if it is unknown. */
    List<Integer> addresses(String host);

    /** The port of a service name; {@code protocol} is {@code tcp} or {@code udp}. */
    OptionalInt port(String service, String protocol);
}
