package dev.vethlab.engine.kernel.neighbour;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.sim.Event;
import dev.vethlab.engine.trace.Decision;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One neighbour of one device ({@code struct neighbour}). Changed by {@link NeighbourTable} only. */
public final class NeighbourEntry {
    private static final long NO_MAC = -1;

    private final NetDevice device;
    private final int address;
    final ArrayDeque<PacketBuffer> waiting = new ArrayDeque<>(0);
    NudState state = NudState.INCOMPLETE;
    long mac;
    boolean macKnown;
    int probes;
    long confirmed;
    long used;
    long updated;
    @Nullable Event timer;
    Traits traits = Traits.NONE;

    /**
     * What whoever set it by hand said of it ({@code NTF_ROUTER}, {@code NTF_EXT_LEARNED}, {@code NDA_PROTOCOL}).
     *
     * @param protocol who set it, by the numbers of routes' protocols; 0 for nobody in particular
     */
    public record Traits(boolean router, boolean externallyLearned, int protocol) {
        public static final Traits NONE = new Traits(false, false, 0);
    }

    NeighbourEntry(NetDevice device, int address) {
        this.device = device;
        this.address = address;
    }

    public NetDevice device() {
        return device;
    }

    public int address() {
        return address;
    }

    public Traits traits() {
        return traits;
    }

    public NudState state() {
        return state;
    }

    /** The link-layer address; without meaning while {@link #hasMac} is false. */
    public long mac() {
        return mac;
    }

    public boolean hasMac() {
        return macKnown && state != NudState.FAILED && state != NudState.INCOMPLETE;
    }

    /** Virtual time of last use, confirmation and change, for {@code ip -s neigh}. */
    public long used() {
        return used;
    }

    public long confirmed() {
        return confirmed;
    }

    public long updated() {
        return updated;
    }

    /** How often it was asked for since it was last known. */
    public int probes() {
        return probes;
    }

    /** The line of {@code ip neigh}, without its trailing blank. */
    public String text() {
        return snapshot().text();
    }

    /** Its line as it is now, to be written when somebody reads it. */
    Decision.Lazy snapshot() {
        NudState then = state;
        long lladdr = hasMac() ? mac : NO_MAC;
        return () -> Ipv4.text(address) + " dev " + device.name() + (lladdr == NO_MAC ? "" : " lladdr " + Mac.text(lladdr)) + " " + then;
    }
}
