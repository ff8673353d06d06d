package dev.vethlab.engine.kernel.conntrack;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.Verdict;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.OpaqueTransport;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.Transport;
import dev.vethlab.engine.packet.UdpDatagram;
import dev.vethlab.engine.trace.Decision;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Address translation ({@code net/netfilter/nf_nat_core.c}).
 *
 * <p>A translation is decided once for a connection and each of source and destination, by its first packet. It changes only the tuple
 * that the answer is expected with; what a packet is rewritten to follows from the two tuples: it becomes the inverse of the other
 * direction's. Destinations are translated at PREROUTING and OUTPUT, sources at POSTROUTING and INPUT; for answers the other way round.
 */
public final class Nat {
    private static final int MAX_ATTEMPTS = 128;
    private static final int HARDER_THRESHOLD = 32;

    private final NetworkNamespace namespace;
    private final Conntrack conntrack;

    Nat(NetworkNamespace namespace, Conntrack conntrack) {
        this.namespace = namespace;
        this.conntrack = conntrack;
    }

    /** {@code HOOK2MANIP}: whether a hook translates sources. */
    private static boolean manipulatesSource(Hook hook) {
        return hook == Hook.POSTROUTING || hook == Hook.INPUT;
    }

    // ---- deciding ----

    /** Whether rules may decide about this packet's connection: it is its first. */
    public boolean asksRules(PacketBuffer packet) {
        return switch (packet.ctInfo) {
            case NEW -> true;
            case RELATED, RELATED_REPLY -> !(packet.ip().transport() instanceof IcmpMessage icmp && icmp.isError());
            case NONE, ESTABLISHED, ESTABLISHED_REPLY, UNTRACKED -> false;
        };
    }

    public boolean isDecided(ConntrackEntry connection, Hook hook) {
        return connection.isNatDecided(manipulatesSource(hook));
    }

    /** No rule translated: it stays as it is, unless the port is taken ({@code nf_nat_alloc_null_binding}). */
    public void bindNull(ConntrackEntry connection, Hook hook) {
        boolean source = manipulatesSource(hook);
        Tuple answer = connection.reply();
        setUp(connection, NatRange.ANY.withAddress(source ? answer.destination() : answer.source()), source);
    }

    /** A rule's translation at this hook ({@code nf_nat_setup_info}). */
    public Verdict bind(PacketBuffer packet, NatRange range, Hook hook) {
        ConntrackEntry connection = packet.connection;
        if (connection == null) {
            return Verdict.DROP;
        }
        return setUp(connection, range, manipulatesSource(hook));
    }

    /** {@code nf_nat_masquerade_ipv4}: the way out's own address towards the next hop. */
    public Verdict masquerade(PacketBuffer packet, NatRange range) {
        NetDevice out = Objects.requireNonNull(packet.out);
        if (packet.ip().source() == 0) {
            return Verdict.ACCEPT;
        }
        int nextHop = packet.route instanceof RouteResult.Found found ? found.nextHop() : packet.ip().destination();
        int address = namespace.routing().sourceFor(out, nextHop, Scope.GLOBAL);
        ConntrackEntry connection = packet.connection;
        if (address == 0 || connection == null) {
            return Verdict.DROP;
        }
        connection.setMasqueradedBy(out.index());
        return setUp(connection, range.withAddress(address), true);
    }

    private Verdict setUp(ConntrackEntry connection, NatRange range, boolean source) {
        if (connection.isConfirmed()) {
            return Verdict.ACCEPT;
        }
        if (connection.isNatDecided(source)) {
            return Verdict.DROP;
        }
        Tuple current = inverse(connection.reply());
        Tuple chosen = uniqueTuple(current, range, connection, source);
        if (!chosen.equals(current)) {
            connection.alterReply(inverse(chosen));
            connection.setNated(source);
        }
        connection.setNatDecided(source);
        return Verdict.ACCEPT;
    }

    private static Tuple inverse(Tuple tuple) {
        return Objects.requireNonNull(tuple.inverted(), "a tracked tuple has an inverse");
    }

    // ---- choosing ----

    /** {@code get_unique_tuple}: as it is; else as this source's other connections; else the range's addresses and a free port. */
    private Tuple uniqueTuple(Tuple original, NatRange range, ConntrackEntry connection, boolean source) {
        boolean anyRandom = range.random() || range.randomFully();
        if (source && !anyRandom) {
            if (isInRange(original, range)) {
                if (!isTaken(original, connection)) {
                    return original;
                }
            } else {
                Tuple alike = likeOthersOfThisSource(original, range);
                if (alike != null && !isTaken(alike, connection)) {
                    return alike;
                }
            }
        }
        Tuple tuple = withBestAddress(original, range, source);
        if (!anyRandom) {
            if (range.mapsPort() && range.basePort() < 0) {
                int port = port(tuple, source);
                boolean within = port >= range.minPort() && port <= range.maxPort();
                if (within && (range.minPort() == range.maxPort() || !isTaken(tuple, connection))) {
                    return tuple;
                }
            } else if (!range.mapsPort() && !isTaken(tuple, connection)) {
                return tuple;
            }
        }
        return withFreePort(tuple, range, connection, source);
    }

    private static int port(Tuple tuple, boolean source) {
        return source || tuple.protocol() == IpProtocol.ICMP ? tuple.sourcePort() : tuple.destinationPort();
    }

    private static boolean isInRange(Tuple tuple, NatRange range) {
        return (!range.mapsAddress() || isBetween(tuple.source(), range.minAddress(), range.maxAddress()))
                && (!range.mapsPort() || (tuple.sourcePort() >= range.minPort() && tuple.sourcePort() <= range.maxPort()));
    }

    private static boolean isBetween(int address, int low, int high) {
        return Integer.compareUnsigned(address, low) >= 0 && Integer.compareUnsigned(address, high) <= 0;
    }

    private boolean isTaken(Tuple tuple, ConntrackEntry ignored) {
        return conntrack.isTaken(inverse(tuple), ignored);
    }

    /**
     * The last attempts take over from connections whose source was translated and that have ended but for a timeout
     * ({@code nf_nat_used_tuple_harder}).
     */
    private boolean isTakenByLiving(Tuple tuple, ConntrackEntry ignored) {
        ConntrackEntry holder = conntrack.holder(inverse(tuple), ignored);
        if (holder == null) {
            return false;
        }
        TcpTracker.State state = holder.tcp() == null ? TcpTracker.State.NONE : holder.tcp().state();
        boolean over = state == TcpTracker.State.TIME_WAIT || state == TcpTracker.State.CLOSE;
        if (!over || !holder.isSourceNated()) {
            return true;
        }
        conntrack.delete(holder, "");
        return false;
    }

    /** {@code find_appropriate_src}: another connection from the same address and port, translated within this range. */
    private @Nullable Tuple likeOthersOfThisSource(Tuple tuple, NatRange range) {
        for (ConntrackEntry other : conntrack.sameSource(tuple)) {
            Tuple translated = inverse(other.reply());
            Tuple result = new Tuple(translated.source(), tuple.destination(), tuple.protocol(), translated.sourcePort(),
                    tuple.destinationPort());
            if (isInRange(result, range)) {
                return result;
            }
        }
        return null;
    }

    /** {@code find_best_ips_proto}: of several addresses one that depends on the ends only. */
    private static Tuple withBestAddress(Tuple tuple, NatRange range, boolean source) {
        if (!range.mapsAddress()) {
            return tuple;
        }
        int address = range.minAddress();
        if (range.netmap()) {
            int hostMask = ~(range.minAddress() ^ range.maxAddress());
            address = range.minAddress() & hostMask | (source ? tuple.source() : tuple.destination()) & ~hostMask;
        } else if (range.minAddress() != range.maxAddress()) {
            long size = Integer.toUnsignedLong(range.maxAddress() - range.minAddress()) + 1;
            int seed = range.persistent() ? 0 : tuple.destination();
            long hash = Integer.toUnsignedLong(scramble(tuple.source() ^ scramble(seed)));
            address = range.minAddress() + (int) (hash * size >>> 32);
        }
        return source ? tuple.withSource(address, tuple.sourcePort()) : tuple.withDestination(address, tuple.destinationPort());
    }

    private static int scramble(int value) {
        int hash = value * 0x9E3779B1;
        hash = (hash ^ hash >>> 15) * 0x85EBCA77;
        return hash ^ hash >>> 13;
    }

    /** {@code nf_nat_l4proto_unique_tuple}: a port of the range, or one like the original. */
    private Tuple withFreePort(Tuple tuple, NatRange range, ConntrackEntry connection, boolean source) {
        boolean icmp = tuple.protocol() == IpProtocol.ICMP;
        if (!icmp && tuple.protocol() != IpProtocol.TCP && tuple.protocol() != IpProtocol.UDP) {
            return tuple;
        }
        int low = range.minPort();
        int size = range.maxPort() - low + 1;
        if (!range.mapsPort()) {
            if (!source && !icmp) {
                return tuple;
            }
            int port = tuple.sourcePort();
            low = icmp ? 0 : port >= 1024 ? 1024 : port >= 512 ? 600 : 1;
            int high = icmp || port >= 1024 ? 65535 : port >= 512 ? 1023 : 511;
            size = high - low + 1;
        }
        boolean anyRandom = range.random() || range.randomFully();
        int offset = range.basePort() >= 0 ? port(tuple, source) - range.basePort() & 0xFFFF : anyRandom || source ? randomPort() : 0;
        int attempts = Math.min(size, MAX_ATTEMPTS);
        while (true) {
            Tuple attempt = tuple;
            for (int i = 0; i < attempts; i++, offset++) {
                int port = low + offset % size;
                attempt = source || icmp ? tuple.withSource(tuple.source(), port) : tuple.withDestination(tuple.destination(), port);
                boolean late = attempts - i <= HARDER_THRESHOLD && tuple.protocol() == IpProtocol.TCP;
                if (!(late ? isTakenByLiving(attempt, connection) : isTaken(attempt, connection))) {
                    return attempt;
                }
            }
            if (attempts >= size || attempts < 16) {
                return attempt;
            }
            attempts /= 2;
            offset = randomPort();
        }
    }

    private int randomPort() {
        return namespace.kernel().random("nat-port").nextInt(65536);
    }

    // ---- rewriting ----

    /** What decides about a packet of a connection that is translated already. */
    public Decision decision(PacketBuffer packet) {
        return conntrack.decision(packet);
    }

    /** Rewrites a packet as its connection's translation says ({@code nf_nat_packet}); false if it must not go on. */
    public boolean rewrite(PacketBuffer packet, Hook hook) {
        ConntrackEntry connection = Objects.requireNonNull(packet.connection);
        boolean reply = packet.ctInfo.isReply();
        boolean source = manipulatesSource(hook);
        Ipv4Packet ip = packet.ip();
        boolean applies = connection.isNated(source != reply);
        if (ip.transport() instanceof IcmpMessage icmp && icmp.body() instanceof IcmpMessage.Quote quote) {
            if (icmp.type() == IcmpMessage.REDIRECT && (connection.isSourceNated() || connection.isDestinationNated())) {
                return false;
            }
            if (applies) {
                packet.setIp(rewriteError(ip, icmp, quote, connection.tuple(!reply), source));
            }
            return true;
        }
        if (applies) {
            packet.setIp(rewrite(ip, inverse(connection.tuple(!reply)), source));
        }
        return true;
    }

    /** {@code nf_nat_icmp_reply_translation}: the quoted packet goes the other way, so its other end is translated. */
    private static Ipv4Packet rewriteError(Ipv4Packet ip, IcmpMessage icmp, IcmpMessage.Quote quote, Tuple other, boolean source) {
        Ipv4Packet inner = rewrite(quote.packet(), other, !source);
        Tuple target = inverse(other);
        IcmpMessage outer = new IcmpMessage(icmp.type(), icmp.code(), icmp.rest(), new IcmpMessage.Quote(inner, quote.length()));
        return source ? ip.withSource(target.source(), outer) : ip.withDestination(target.destination(), outer);
    }

    private static Ipv4Packet rewrite(Ipv4Packet ip, Tuple target, boolean source) {
        Transport transport = switch (ip.beginning()) {
            case TcpSegment tcp -> source
                    ? tcp.withPorts(target.sourcePort(), tcp.destinationPort())
                    : tcp.withPorts(tcp.sourcePort(), target.destinationPort());
            case UdpDatagram udp -> source
                    ? udp.withPorts(target.sourcePort(), udp.destinationPort())
                    : udp.withPorts(udp.sourcePort(), target.destinationPort());
            case IcmpMessage icmp -> icmp.isError() ? icmp : icmp.withIdentifier(target.sourcePort());
            case OpaqueTransport other -> other;
        };
        return source ? ip.withSource(target.source(), transport) : ip.withDestination(target.destination(), transport);
    }
}
