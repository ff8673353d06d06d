package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.Counters.Counter;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4Options;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.OpaqueTransport;
import dev.vethlab.engine.packet.WireFormat;
import dev.vethlab.engine.packet.WireParser;
import dev.vethlab.engine.sim.Event;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Splits packets that are too long and puts fragments together again ({@code ip_output.c}, {@code ip_fragment.c}, RFC 791 §3.2). */
final class Fragments {
    private static final long TIMEOUT = 30_000_000_000L;
    private static final int MAX_DATAGRAMS = 64;

    private final NetworkNamespace namespace;
    private final List<Datagram> incomplete = new ArrayList<>();

    Fragments(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** The fragments of one datagram that came so far. */
    private static final class Datagram {
        final Ipv4Packet like;
        final List<Ipv4Packet> parts = new ArrayList<>();
        /** The packets of the trace that the parts came in; the last one becomes the whole. */
        final List<PacketBuffer> waiting = new ArrayList<>();
        final Event timer;

        Datagram(PacketBuffer first, Event timer) {
            this.like = first.ip();
            this.timer = timer;
        }

        boolean takes(Ipv4Packet part) {
            return part.source() == like.source() && part.destination() == like.destination() && part.id() == like.id()
                    && part.protocol() == like.protocol();
        }

        /** The whole data, if no gap is left. */
        Bytes whole() {
            parts.sort(Comparator.comparingInt(Ipv4Packet::fragmentOffset));
            Bytes data = Bytes.EMPTY;
            for (Ipv4Packet part : parts) {
                if (part.fragmentOffset() != data.length()) {
                    return Bytes.EMPTY;
                }
                data = data.concat(((OpaqueTransport) part.transport()).bytes());
            }
            return parts.getLast().moreFragments() ? Bytes.EMPTY : data;
        }
    }

    /**
     * Cuts a packet into parts of at most {@code mtu} bytes, or those that it came in; each is a packet of its own in the trace ({@code
     * ip_do_fragment}).
     */
    List<PacketBuffer> split(PacketBuffer packet, int mtu) {
        Ipv4Packet ip = packet.ip();
        // skb_checksum_help(): what is in pieces cannot be summed up by a device
        Bytes data = Bytes.of(WireFormat.encodeTransport(ip.withChecksum()));
        Pieces pieces = packet.pieces;
        int limit = pieces == null ? mtu : Math.min(mtu, pieces.longest());
        int most = limit - ip.headerLength();
        boolean asTheyCame = pieces != null && pieces.stillFit(data.length(), most);
        boolean dontFragment = pieces != null && pieces.dontFragment();
        var parts = new ArrayList<PacketBuffer>();
        int end;
        for (int at = 0; at < data.length(); at = end) {
            int left = data.length() - at;
            end = at + (asTheyCame ? pieces.parts().get(parts.size()).transport().length() : left <= most ? left : most & ~7);
            boolean more = end < data.length() || ip.moreFragments();
            Ipv4Options options = at == 0 ? ip.options() : ip.options().ofLaterFragment();
            var part = new Ipv4Packet(ip.source(), ip.destination(), ip.protocol(), ip.ttl(), ip.tos(), ip.id(), dontFragment, more,
                    ip.fragmentOffset() + at, options, new OpaqueTransport(ip.protocol(), data.slice(at, end)));
            var buffer = new PacketBuffer(namespace.kernel().tracer().born(packet.id(), Cause.FRAGMENT_OF, "ip"), part);
            buffer.in = packet.in;
            buffer.out = packet.out;
            buffer.mark = packet.mark;
            parts.add(buffer);
            namespace.counters().count(Counter.IP_FRAGMENTS);
        }
        namespace.counters().count(Counter.IP_FRAGMENTED);
        String why = asTheyCame ? " fragments, as it came" : " fragments for an MTU of " + limit;
        report(packet, new Decision.Because(parts.size() + why), Outcome.DELIVERED, Stage.FRAGMENT);
        return parts;
    }

    /**
     * Takes a fragment in ({@code ip_defrag}).
     *
     * @return true if the buffer now holds a whole packet, or always did; false if it waits for the rest
     */
    boolean gather(PacketBuffer packet) {
        Ipv4Packet part = packet.ip();
        if (!part.isFragment()) {
            return true;
        }
        namespace.counters().count(Counter.IP_REASSEMBLIES_REQUIRED);
        Datagram datagram = incomplete.stream().filter(d -> d.takes(part)).findFirst().orElse(null);
        if (datagram == null) {
            if (incomplete.size() >= MAX_DATAGRAMS) {
                report(packet, new Decision.None(), new Outcome.Dropped(DropReason.LIMIT_REACHED, () ->
                        "fewer datagrams that wait for their fragments"),
                        Stage.DEFRAGMENT);
                return false;
            }
            datagram = begin(packet);
        }
        datagram.parts.add(part);
        Bytes data = datagram.whole();
        if (data.isEmpty()) {
            datagram.waiting.add(packet);
            report(packet, new Decision.None(), new Outcome.Held("the other fragments"), Stage.DEFRAGMENT);
            return false;
        }
        incomplete.remove(datagram);
        namespace.counters().count(Counter.IP_REASSEMBLED);
        datagram.timer.cancel();
        var becomesPart = new Decision.Because("part of a datagram that is whole again");
        datagram.waiting.forEach(each -> report(each, becomesPart, Outcome.DELIVERED, Stage.DEFRAGMENT));
        Ipv4Packet head = datagram.parts.getFirst();
        packet.pieces = new Pieces(List.copyOf(datagram.parts));
        packet.setIp(new Ipv4Packet(head.source(), head.destination(), head.protocol(), head.ttl(), head.tos(), head.id(),
                packet.pieces.dontFragment(), false, 0, head.options(), WireParser.transport(head.protocol(), data)));
        report(packet, new Decision.Because("whole again from " + datagram.parts.size() + " fragments"), Outcome.CONTINUES,
                Stage.DEFRAGMENT);
        return true;
    }

    private Datagram begin(PacketBuffer packet) {
        var holder = new Datagram[1];
        Event timer = namespace.kernel().simulation().schedule(TIMEOUT, () -> {
            incomplete.remove(holder[0]);
            namespace.counters().count(Counter.IP_REASSEMBLY_TIMEOUTS);
            namespace.counters().count(Counter.IP_REASSEMBLY_FAILS);
            var tooLate = new Outcome.Dropped(DropReason.FRAG_REASM_TIMEOUT, () -> "all its fragments within 30 seconds");
            holder[0].waiting.forEach(part -> report(part, new Decision.None(), tooLate, Stage.DEFRAGMENT));
        });
        holder[0] = new Datagram(packet, timer);
        incomplete.add(holder[0]);
        return holder[0];
    }

    private void report(PacketBuffer packet, Decision decision, Outcome outcome, Stage stage) {
        namespace.kernel().tracer().report(packet.id(), namespace.place(), stage, packet.frame(), packet.payload(), null, decision,
                outcome);
    }
}
