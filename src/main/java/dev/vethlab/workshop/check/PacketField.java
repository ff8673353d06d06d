package dev.vethlab.workshop.check;

import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.Payload;
import dev.vethlab.engine.trace.TraceEvent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be asked about a packet at a stage. */
public enum PacketField {
    SRC,
    DST,
    SPORT,
    DPORT,
    SMAC,
    DMAC,
    TTL,
    FLAGS,
    KIND,
    PLACE,
    DEVICE,
    STAGE,
    OUTCOME,
    REASON,
    CHAIN,
    RULE,
    STATE,
    ROUTE,
    SWITCHED;

    /** By the name that lessons use. */
    public static Optional<PacketField> named(String name) {
        return Arrays.stream(values()).filter(field -> field.text().equals(name)).findFirst();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its value; empty if the packet has none. */
    public String of(TraceEvent event) {
        Payload payload = event.payload();
        EthernetFrame frame = event.frame();
        return switch (this) {
            case SRC -> PacketFacts.source(payload);
            case DST -> PacketFacts.destination(payload);
            case SPORT -> PacketFacts.sourcePort(payload);
            case DPORT -> PacketFacts.destinationPort(payload);
            case SMAC -> frame == null ? "" : Mac.text(frame.source());
            case DMAC -> frame == null ? "" : Mac.text(frame.destination());
            case TTL -> payload instanceof Ipv4Packet ip ? Integer.toString(ip.ttl()) : "";
            case FLAGS -> PacketFacts.flags(payload);
            case KIND -> PacketFacts.kind(payload);
            case PLACE -> PacketFacts.place(event);
            case DEVICE -> event.place().device();
            case STAGE -> event.stage().name();
            case OUTCOME -> PacketFacts.outcome(event);
            case REASON -> PacketFacts.reason(event);
            case CHAIN -> PacketFacts.chain(event);
            case RULE -> PacketFacts.rule(event);
            case STATE -> PacketFacts.state(event);
            case ROUTE -> PacketFacts.route(event);
            case SWITCHED -> PacketFacts.switched(event);
        };
    }
}
