package dev.vethlab.engine.process;

import java.util.List;

/** getaddrinfo(3), for what is below the programs that know how to ask: files first, then name servers. */
@FunctionalInterface
public interface NameService {
    /** What became of a host and a service. */
    sealed interface Answer {}

    /** @param addresses at least one, in the order they are to be tried */
    record Found(List<Integer> addresses, int port) implements Answer {}

    /** @param message what {@code gai_strerror} says */
    record NotFound(String message) implements Answer {}

    /** Blocks until it is known. {@code protocol} is {@code tcp} or {@code udp}. */
    Answer lookup(EmulatedProcess self, String host, String service, String protocol);
}
