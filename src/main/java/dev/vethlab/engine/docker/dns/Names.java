package dev.vethlab.engine.docker.dns;

import dev.vethlab.engine.docker.network.Endpoint;
import dev.vethlab.engine.docker.network.Network;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.packet.DnsMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names that a container can resolve: those on its user-defined networks ({@code libnetwork/sandbox.go}, {@code ResolveName}). */
final class Names {
    private final Sandbox sandbox;

    Names(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Whether questions may go to others: only if the container has a way out. */
    boolean mayForward() {
        return sandbox.gateway() != null;
    }

    /** The addresses of a name, or of {@code name.network}; none if it is unknown. */
    List<Integer> addresses(String name) {
        List<Integer> found = addresses(name, "");
        for (int dot = name.lastIndexOf('.'); found.isEmpty() && dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            found = addresses(name.substring(0, dot), name.substring(dot + 1));
        }
        return found;
    }

    private List<Integer> addresses(String name, String network) {
        for (Endpoint own : sandbox.endpointsByGateway()) {
            boolean asked = network.isEmpty() || own.network().name().equalsIgnoreCase(network);
            if (!asked || !own.network().isUserDefined()) {
                continue;
            }
            String target = own.linkTarget(name);
            var found = new ArrayList<Integer>();
            for (Endpoint other : own.network().endpoints().values()) {
                boolean called = other.dnsNames().stream().anyMatch(n -> n.toLowerCase(Locale.ROOT).equals(target));
                if (called && other.address() != 0) {
                    found.add(other.address());
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** {@code web.app} for the reverse name of its address; null if it is nobody's here. */
    @Nullable String ofReverse(String name) {
        for (Endpoint own : sandbox.endpointsByGateway()) {
            Network network = own.network();
            for (Endpoint other : network.endpoints().values()) {
                boolean its = network.isUserDefined() && DnsMessage.reverseName(other.address()).equals(name);
                if (its && !other.dnsNames().isEmpty()) {
                    return other.dnsNames().getFirst() + "." + network.name();
                }
            }
        }
        return null;
    }
}
