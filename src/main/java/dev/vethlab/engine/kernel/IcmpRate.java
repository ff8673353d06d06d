package dev.vethlab.engine.kernel;

import dev.vethlab.engine.packet.IcmpMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many ICMP errors a station may get ({@code struct inet_peer}): six at once, then one a second; redirects ever more rarely ({@code
 * inet_peer_xrlim_allow}, {@code ip_rt_send_redirect}).
 */
public final class IcmpRate {
    private static final long MILLISECOND = 1_000_000L;
    private static final long JIFFY = 4 * MILLISECOND;
    private static final long LONG_AGO = 60_000 * MILLISECOND;
    private static final int BURST = 6;
    private static final long ROUTE_ERROR_COST = 1000 * MILLISECOND;
    private static final int ROUTE_ERROR_BURST = 5;
    private static final int REDIRECT_NUMBER = 9;
    private static final long REDIRECT_LOAD = 20 * MILLISECOND;
    private static final long REDIRECT_SILENCE = REDIRECT_LOAD << REDIRECT_NUMBER + 1;
    private static final int MAX_PEERS = 1024;

    private final NetworkNamespace namespace;
    private final Map<Integer, Peer> peers = new LinkedHashMap<>();

    private static final class Peer {
        long tokens;
        long last;
        int redirects;
    }

    IcmpRate(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** The kernel counts in jiffies. */
    private long tick() {
        return namespace.kernel().now() / JIFFY * JIFFY;
    }

    private Peer peer(int address) {
        Peer known = peers.get(address);
        if (known != null) {
            return known;
        }
        if (peers.size() >= MAX_PEERS) {
            peers.remove(peers.keySet().iterator().next());
        }
        var created = new Peer();
        created.last = tick() - LONG_AGO;
        peers.put(address, created);
        return created;
    }

    /**
     * Whether an error of this type may go to {@code destination} now ({@code icmpv4_xrlim_allow}). Without a limit it may, but that
     * empties the account, on which {@link #allowsRouteError} draws, too, unless something drew on it in the same jiffy.
     */
    boolean allows(int type, int code, int destination) {
        long interval = namespace.sysctls().number("net.ipv4.icmp_ratelimit") * MILLISECOND;
        boolean limited = (namespace.sysctls().number("net.ipv4.icmp_ratemask") >>> type & 1) != 0
                && !(type == IcmpMessage.DESTINATION_UNREACHABLE && code == IcmpMessage.FRAGMENTATION_NEEDED);
        if (!limited) {
            return true;
        }
        Peer peer = peer(destination);
        long now = tick();
        if (now != peer.last) {
            peer.tokens = Math.min(peer.tokens + now - peer.last, BURST * interval);
            peer.last = now;
        }
        if (peer.tokens < interval) {
            return false;
        }
        peer.tokens -= interval;
        return true;
    }

    /** Whether who sent a packet that has no route may hear of it: a limit of its own that draws on the same account ({@code ip_error}). */
    boolean allowsRouteError(int destination) {
        Peer peer = peer(destination);
        long now = tick();
        peer.tokens = Math.min(peer.tokens + now - peer.last, ROUTE_ERROR_BURST * ROUTE_ERROR_COST);
        peer.last = now;
        if (peer.tokens < ROUTE_ERROR_COST) {
            return false;
        }
        peer.tokens -= ROUTE_ERROR_COST;
        return true;
    }

    /** Whether a redirect may go to {@code destination} now: who ignores nine of them is left in peace. */
    boolean allowsRedirect(int destination) {
        Peer peer = peer(destination);
        long now = tick();
        if (now > peer.last + REDIRECT_SILENCE) {
            peer.tokens = 0;
            peer.redirects = 0;
        }
        if (peer.redirects >= REDIRECT_NUMBER) {
            peer.last = now;
            return false;
        }
        if (peer.redirects > 0 && now <= peer.last + (REDIRECT_LOAD << peer.redirects)) {
            return false;
        }
        peer.last = now;
        peer.redirects++;
        return true;
    }
}
