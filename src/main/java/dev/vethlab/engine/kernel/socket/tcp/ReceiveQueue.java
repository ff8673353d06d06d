package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Sequence;
import java.util.ArrayList;
import java.util.List;

/** What came in: data in order, ready to be read, and parts that came too early. */
final class ReceiveQueue {
    /** What {@code tcp_rmem}'s default leaves for data ({@code tcp_adv_win_scale} 1). */
    static final int CAPACITY = 65_536;

    private final ByteQueue ready = new ByteQueue();
    private final List<Part> early = new ArrayList<>();

    private record Part(int sequence, Bytes data, boolean fin) {}

    int size() {
        return ready.size();
    }

    int room() {
        return Math.max(0, CAPACITY - ready.size());
    }

    boolean hasGap() {
        return !early.isEmpty();
    }

    /** Data in order. */
    void append(Bytes data) {
        ready.append(data);
    }

    Bytes read(int limit) {
        int count = Math.min(limit, ready.size());
        Bytes data = ready.peek(0, count);
        ready.drop(count);
        return data;
    }

    Bytes peek(int limit) {
        return ready.peek(0, Math.min(limit, ready.size()));
    }

    /** Keeps a part that came before what precedes it. */
    void keep(int sequence, Bytes data, boolean fin) {
        int at = 0;
        while (at < early.size() && !Sequence.after(early.get(at).sequence(), sequence)) {
            at++;
        }
        early.add(at, new Part(sequence, data, fin));
    }

    /** What follows from {@code next} on among the early parts is in order now. */
    Progress advance(int next) {
        int at = next;
        while (!early.isEmpty() && !Sequence.after(early.getFirst().sequence(), at)) {
            Part part = early.removeFirst();
            int skip = at - part.sequence();
            if (skip < part.data().length()) {
                ready.append(part.data().slice(skip));
                at += part.data().length() - skip;
            }
            if (part.fin() && skip <= part.data().length()) {
                return new Progress(at, true);
            }
        }
        return new Progress(at, false);
    }

    /** The next sequence number expected, and whether a FIN is what comes there. */
    record Progress(int next, boolean fin) {}

    void clear() {
        ready.clear();
        early.clear();
    }
}
