package dev.vethlab.engine.trace;

import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Payload;
import dev.vethlab.engine.sim.Simulation;
import org.jspecify.annotations.Nullable;

/** Numbers packets and events of a session and hands them to the sink: the one way in for reports. */
public final class Tracer {
    private final Simulation simulation;
    private TraceSink sink = TraceSink.NONE;
    private @Nullable Journeys journeys;
    private long packets;
    private long events;

    public Tracer(Simulation simulation) {
        this.simulation = simulation;
    }

    public void setSink(TraceSink sink) {
        this.sink = sink;
    }

    /** What is remembered of packets, for programs that look back; null where nobody remembers. */
    public @Nullable Journeys journeys() {
        return journeys;
    }

    /** Whoever is told keeps what is told here, too. */
    public void setJourneys(Journeys kept) {
        journeys = kept;
    }

    /** Numbers a new packet. */
    public long born(long parent, Cause cause, String sender) {
        long packet = ++packets;
        sink.born(new PacketBorn(packet, parent, cause, simulation.now(), sender));
        return packet;
    }

    /** Reports a stage; see {@link TraceEvent} for the parameters. */
    public void report(
            long packet,
            Place place,
            Stage stage,
            @Nullable EthernetFrame frame,
            Payload payload,
            @Nullable Payload before,
            Decision decision,
            Outcome outcome) {
        sink.event(new TraceEvent(
                ++events, simulation.now(), packet, place, stage, frame, payload, before, decision, outcome));
    }

    /** The number of the last event. */
    public long lastEvent() {
        return events;
    }
}
