package dev.vethlab.engine.property;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.netfilter.Chain;
import dev.vethlab.engine.kernel.netfilter.Rule;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.OpaqueTransport;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.packet.UdpDatagram;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.PacketBorn;
import dev.vethlab.engine.trace.Place;
import dev.vethlab.engine.trace.Stage;
import dev.vethlab.engine.trace.TraceEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Each says in which points a run breaks it; none, if it holds. */
final class Invariants {
    private Invariants() {}

    /** Every packet ends somewhere: delivered, or dropped for a reason that says what would have let it through. */
    static List<String> lost(Run run) {
        Map<Long, TraceEvent> last = new LinkedHashMap<>();
        run.events().forEach(event -> last.put(event.packet(), event));
        var lost = new ArrayList<String>();
        for (PacketBorn packet : run.packets()) {
            TraceEvent end = last.get(packet.packet());
            if (end == null) {
                lost.add("packet " + packet.packet() + " of " + packet.sender() + ": nothing happened to it");
                continue;
            }
            switch (end.outcome()) {
                case Outcome.Delivered delivered -> {}
                case Outcome.Dropped dropped when !dropped.remedy().text().isBlank() -> {}
                default -> lost.add("packet " + packet.packet() + " of " + packet.sender() + ": last seen at " + end.place() + " "
                        + end.stage() + " " + end.payload());
            }
        }
        return lost;
    }

    /** An answer leaves a namespace that translated the question as if there had been no translation: its ends are the question's. */
    static List<String> misdirected(Run run) {
        Map<Long, List<TraceEvent>> byPacket = new LinkedHashMap<>();
        run.events().forEach(event -> byPacket.computeIfAbsent(event.packet(), id -> new ArrayList<>()).add(event));
        var misdirected = new ArrayList<String>();
        byPacket.values().forEach(events -> {
            TraceEvent tracked = null;
            for (TraceEvent event : events) {
                if (event.stage() == Stage.CONNTRACK && event.decision() instanceof Decision.Tracked) {
                    tracked = event;
                }
                boolean out = event.stage() == Stage.NEIGHBOUR
                        || (event.stage() == Stage.SOCKET && event.outcome() instanceof Outcome.Delivered);
                if (tracked == null || !out || !samePlace(tracked.place(), event.place())) {
                    continue;
                }
                var decision = (Decision.Tracked) tracked.decision();
                String asked = event.payload() instanceof Ipv4Packet ip && decision.isReply() ? question(ip) : "";
                if (!asked.isEmpty() && !asked.equals(decision.original().text())) {
                    misdirected.add("packet " + event.packet() + " answers " + asked + " for " + decision.text());
                }
                tracked = null;
            }
        });
        return misdirected;
    }

    private static boolean samePlace(Place one, Place other) {
        return one.machine().equals(other.machine()) && one.namespace().equals(other.namespace());
    }

    /** The first direction's tuple, seen from an answer, or from an error's quotation of what it is about; empty for a fragment. */
    private static String question(Ipv4Packet answer) {
        if (answer.transport() instanceof IcmpMessage icmp && icmp.body() instanceof IcmpMessage.Quote quote) {
            Ipv4Packet quoted = quote.packet();
            return tuple(quoted, quoted.source(), quoted.destination(), false);
        }
        return tuple(answer, answer.destination(), answer.source(), true);
    }

    private static String tuple(Ipv4Packet ip, int source, int destination, boolean turned) {
        String ends = "src=" + Ipv4.text(source) + " dst=" + Ipv4.text(destination);
        return switch (ip.transport()) {
            case TcpSegment tcp -> ends + ports(tcp.sourcePort(), tcp.destinationPort(), turned);
            case UdpDatagram udp -> ends + ports(udp.sourcePort(), udp.destinationPort(), turned);
            case IcmpMessage icmp -> ends + " type=" + IcmpMessage.ECHO_REQUEST + " code=0 id=" + icmp.identifier();
            case OpaqueTransport other -> "";
        };
    }

    private static String ports(int source, int destination, boolean turned) {
        return " sport=" + (turned ? destination : source) + " dport=" + (turned ? source : destination);
    }

    /** What a rule and a policy counted is what the trace shows they matched and decided. */
    static List<String> miscounted(Run run) {
        Map<String, long[]> seen = new TreeMap<>();
        for (TraceEvent event : run.events()) {
            if (event.decision() instanceof Decision.RuleWalk walk && event.payload() instanceof Ipv4Packet ip) {
                String where = event.place().namespace() + " " + walk.table() + " ";
                walk.tried().stream().filter(Decision.RuleTried::matched).forEach(tried -> count(seen, where + tried.rule().id(), ip));
                if (walk.byPolicy()) {
                    count(seen, where + walk.chain(), ip);
                }
            }
        }
        var miscounted = new ArrayList<String>();
        for (NetworkNamespace namespace : run.namespaces()) {
            for (TableName name : TableName.values()) {
                Table table = namespace.netfilter().existing(name);
                for (Chain chain : table == null ? List.<Chain>of() : table.chains()) {
                    String where = namespace.name() + " " + name.text() + " ";
                    if (chain.isBase()) {
                        compare(miscounted, seen, where + chain.name(), chain.packets(), chain.bytes());
                    }
                    for (Rule rule : chain.rules()) {
                        compare(miscounted, seen, where + rule.id(), rule.packets(), rule.bytes());
                    }
                }
            }
        }
        return miscounted;
    }

    private static void count(Map<String, long[]> counts, String key, Ipv4Packet ip) {
        long[] count = counts.computeIfAbsent(key, k -> new long[2]);
        count[0]++;
        count[1] += ip.length();
    }

    private static void compare(List<String> out, Map<String, long[]> seen, String key, long packets, long bytes) {
        long[] traced = seen.getOrDefault(key, new long[2]);
        if (traced[0] != packets || traced[1] != bytes) {
            out.add(key + " counted " + packets + ":" + bytes + ", the trace shows " + traced[0] + ":" + traced[1]);
        }
    }

    /** When rules are gone and time has passed, nothing is left of connections. */
    static List<String> leaked(Run run) {
        var leaked = new ArrayList<String>();
        for (NetworkNamespace namespace : run.namespaces()) {
            if (namespace.conntrack().size() > 0) {
                leaked.add(namespace.name() + " still tracks " + namespace.conntrack().entries().getFirst().original().text());
            }
            if (namespace.netfilter().needsConntrack()) {
                leaked.add(namespace.name() + " still wants connections to be tracked");
            }
        }
        return leaked;
    }

    /** All that a run did, in words, for comparing it with another. */
    static List<String> history(Run run) {
        var history = new ArrayList<>(run.answers());
        for (TraceEvent event : run.events()) {
            history.add(event.sequence() + " " + event.time() + " " + event.packet() + " " + event.place() + " " + event.stage() + " "
                    + event.payload() + " " + event.decision().text() + " " + event.outcome().getClass().getSimpleName());
        }
        return history;
    }
}
