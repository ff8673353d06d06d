package dev.vethlab.engine.kernel.socket;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4Packet;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** ICMP errors that a program asked to see ({@code MSG_ERRQUEUE}). */
public final class ErrorQueue {
    private static final int CAPACITY = 64;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    /**
     * An error that came in.
     *
     * @param quoted the packet it is about, addressed as this machine sent it
     * @param from who sent the error
     * @param ttl what was left of the error's TTL
     */
    public record Entry(IcmpMessage error, Ipv4Packet quoted, int from, int ttl) {}

    void add(IcmpMessage error, Ipv4Packet quoted, PacketBuffer packet) {
        if (entries.size() < CAPACITY) {
            entries.add(new Entry(error, quoted, packet.ip().source(), packet.ip().ttl()));
        }
    }

    /** The next error, or null. */
    public @Nullable Entry take() {
        return entries.poll();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }
}
