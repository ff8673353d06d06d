package dev.vethlab.engine.command.net.tcpdump.print;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first numbers seen of each TCP conversation, from which later ones are counted ({@code tcp_seq_hash}). */
final class TcpConversations {
    private static final int CAPACITY = 4096;

    /** Two ends of a conversation, as a packet in one direction names them. */
    record Ends(int source, int sourcePort, int destination, int destinationPort) {
        Ends reversed() {
            return new Ends(destination, destinationPort, source, sourcePort);
        }
    }

    /** What to subtract: from a sequence number and from an acknowledgement. */
    record Bases(int sequence, int acknowledgement) {}

    private final Map<Ends, Bases> known = new LinkedHashMap<>();

    /** The bases of a conversation; null and noted, if this is its first segment with ACK. */
    @Nullable Bases see(Ends ends, int sequence, int acknowledgement) {
        Bases bases = known.get(ends);
        if (bases != null) {
            return bases;
        }
        Bases back = known.get(ends.reversed());
        if (back != null) {
            return new Bases(back.acknowledgement, back.sequence);
        }
        if (known.size() >= CAPACITY) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(ends, new Bases(sequence, acknowledgement - 1));
        return null;
    }
}
