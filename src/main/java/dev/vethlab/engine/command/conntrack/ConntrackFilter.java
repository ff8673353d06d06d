package dev.vethlab.engine.command.conntrack;

import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.TcpTracker;
import dev.vethlab.engine.kernel.conntrack.Tuple;
import dev.vethlab.engine.packet.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Which entries the options choose: those that all conditions hold for. */
final class ConntrackFilter {
    private final List<Predicate<ConntrackEntry>> conditions = new ArrayList<>();

    /** An address and a prefix's mask. */
    record Network(int address, int mask) {
        boolean has(int other) {
            return (other & mask) == (address & mask);
        }
    }

    boolean accepts(ConntrackEntry entry) {
        return conditions.stream().allMatch(condition -> condition.test(entry));
    }

    void nothing() {
        conditions.add(entry -> false);
    }

    void id(int number) {
        conditions.add(entry -> entry.id() == number);
    }

    void protocol(int number) {
        conditions.add(entry -> entry.original().protocol() == number);
    }

    void source(boolean reply, Network network) {
        conditions.add(entry -> network.has(tuple(entry, reply).source()));
    }

    void destination(boolean reply, Network network) {
        conditions.add(entry -> network.has(tuple(entry, reply).destination()));
    }

    void sourcePort(boolean reply, int port) {
        conditions.add(entry -> tuple(entry, reply).sourcePort() == port);
    }

    void destinationPort(boolean reply, int port) {
        conditions.add(entry -> tuple(entry, reply).destinationPort() == port);
    }

    private static Tuple tuple(ConntrackEntry entry, boolean reply) {
        return reply ? entry.reply() : entry.original();
    }

    void icmpType(int type) {
        conditions.add(entry -> entry.original().protocol() == IpProtocol.ICMP && entry.original().icmpType() == type);
    }

    void icmpCode(int code) {
        conditions.add(entry -> entry.original().protocol() == IpProtocol.ICMP && entry.original().icmpCode() == code);
    }

    void icmpId(int id) {
        conditions.add(entry -> entry.original().protocol() == IpProtocol.ICMP && entry.original().sourcePort() == id);
    }

    void state(TcpTracker.State state) {
        conditions.add(entry -> entry.tcp() != null && entry.tcp().state() == state);
    }

    void seenReply(boolean wanted) {
        conditions.add(entry -> entry.hasSeenReply() == wanted);
    }

    void assured() {
        conditions.add(ConntrackEntry::isAssured);
    }

    void mark(int value, int mask) {
        conditions.add(entry -> (entry.mark & mask) == value);
    }

    /** {@code --src-nat}, {@code --dst-nat}, {@code --any-nat}. */
    void nat(boolean source, boolean destination) {
        conditions.add(entry -> (source && isSourceTranslated(entry)) || (destination && isDestinationTranslated(entry)));
    }

    /**
     * The address or the port differs between the directions ({@code getobjopt_is_snat}, {@code getobjopt_is_spat}). ICMP has its type
     * and identifier where others have ports, and they are compared alike: every ICMP entry that NAT has looked at counts as translated.
     */
    private static boolean isSourceTranslated(ConntrackEntry entry) {
        Tuple original = entry.original();
        Tuple reply = entry.reply();
        return entry.isNatDecided(true)
                && (reply.destination() != original.source() || reply.destinationPort() != original.sourcePort());
    }

    private static boolean isDestinationTranslated(ConntrackEntry entry) {
        Tuple original = entry.original();
        Tuple reply = entry.reply();
        return entry.isNatDecided(false)
                && (reply.source() != original.destination() || reply.sourcePort() != original.destinationPort());
    }

    /** Translated to an address of this network, and to this port if one is given. */
    void natTo(boolean source, boolean destination, Network network, OptionalInt port) {
        conditions.add(entry -> (source && entry.isSourceNated() && network.has(entry.reply().destination())
                        && entry.reply().destinationPort() == port.orElse(entry.reply().destinationPort()))
                || (destination && entry.isDestinationNated() && network.has(entry.reply().source())
                        && entry.reply().sourcePort() == port.orElse(entry.reply().sourcePort())));
    }
}
