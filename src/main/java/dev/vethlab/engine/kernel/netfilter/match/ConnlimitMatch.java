package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.TcpTracker;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.Ipv4;
import java.util.LinkedHashSet;
import java.util.Set;

/** {@code -m connlimit}: how many connections an address or network has that came by this rule ({@code xt_connlimit.c}). */
public final class ConnlimitMatch implements Match {
    private static final int MAX_CONNECTIONS = 4096;

    private final int limit;
    private final int prefix;
    private final boolean destination;
    private final boolean upTo;
    private final Set<ConntrackEntry> counted = new LinkedHashSet<>();

    /** @param upTo whether it matches up to the limit, not above */
    public ConnlimitMatch(int limit, int prefix, boolean destination, boolean upTo) {
        this.limit = limit;
        this.prefix = prefix;
        this.destination = destination;
        this.upTo = upTo;
    }

    @Override
    public String name() {
        return "connlimit";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        ConntrackEntry own = packet.connection;
        if (own == null) {
            return false;
        }
        long now = at.namespace().kernel().now();
        counted.removeIf(entry -> entry != own && isOver(entry, now));
        if (counted.size() < MAX_CONNECTIONS) {
            counted.add(own);
        }
        int address = address(packet.ip().source(), packet.ip().destination());
        long connections = counted.stream()
                .filter(entry -> address(entry.original().source(), entry.original().destination()) == address)
                .count();
        return connections > limit != upTo;
    }

    private int address(int source, int to) {
        return (destination ? to : source) & Ipv4.mask(prefix);
    }

    /** {@code already_closed}, or gone from the table. */
    private static boolean isOver(ConntrackEntry entry, long now) {
        TcpTracker tcp = entry.tcp();
        boolean closed = tcp != null && (tcp.state() == TcpTracker.State.TIME_WAIT || tcp.state() == TcpTracker.State.CLOSE);
        return closed || !entry.isAlive(now);
    }

    @Override
    public boolean needsConntrack() {
        return true;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(upTo ? " --connlimit-upto " : " --connlimit-above ").append(limit).append(" --connlimit-mask ").append(prefix)
                .append(destination ? " --connlimit-daddr" : " --connlimit-saddr");
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" #conn ").append(destination ? "dst" : "src").append('/').append(prefix).append(upTo ? " <= " : " > ").append(limit);
    }

    @Override
    public String was(PacketView seen) {
        return "not so many";
    }
}
