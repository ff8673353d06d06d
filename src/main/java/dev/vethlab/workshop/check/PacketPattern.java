package dev.vethlab.workshop.check;

import dev.vethlab.engine.packet.Payload;
import dev.vethlab.engine.trace.Stage;
import dev.vethlab.engine.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * Describes a packet at a stage; what is null does not matter. Headers are those after the stage.
 *
 * @param at a machine, container or named namespace, with {@code :DEVICE} if one is meant
 * @param outcome {@code continues}, {@code delivered}, {@code held}, {@code dropped}; {@code ended} is delivered or dropped
 * @param source {@code ADDRESS}, {@code ADDRESS:PORT} or {@code :PORT}
 * @param was the source or destination before this stage changed it, written alike
 * @param flags of TCP, all of them, such as {@code SYN-ACK}
 * @param kind of ICMP or ARP, such as {@code echo-request}
 * @param rule is contained in the rule that decided
 * @param state of connection tracking
 * @param data whether it carries any
 */
public record PacketPattern(
        @Nullable String at,
        @Nullable Stage stage,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable String protocol,
        @Nullable String source,
        @Nullable String destination,
        @Nullable String was,
        @Nullable String flags,
        @Nullable String kind,
        @Nullable String rule,
        @Nullable String state,
        @Nullable Boolean data) {

    public boolean matches(TraceEvent event) {
        Payload payload = event.payload();
        return (stage == null || stage == event.stage())
                && isAt(event)
                && says(protocol, PacketFacts.protocol(payload))
                && says(flags, PacketFacts.flags(payload))
                && says(kind, PacketFacts.kind(payload))
                && (outcome == null || outcome.equals(PacketFacts.outcome(event)) || outcome.equals("ended") && ended(event))
                && says(reason, PacketFacts.reason(event))
                && (source == null || isEnd(source, PacketFacts.source(payload), PacketFacts.sourcePort(payload)))
                && (destination == null || isEnd(destination, PacketFacts.destination(payload), PacketFacts.destinationPort(payload)))
                && (was == null || changedFrom(event))
                && (rule == null || PacketFacts.rule(event).contains(rule))
                && says(state, PacketFacts.state(event))
                && (data == null || data == PacketFacts.hasData(payload));
    }

    private static boolean says(@Nullable String wanted, String fact) {
        return wanted == null || wanted.equals(fact);
    }

    private boolean isAt(TraceEvent event) {
        if (at == null) {
            return true;
        }
        int colon = at.indexOf(':');
        String place = colon < 0 ? at : at.substring(0, colon);
        return place.equals(PacketFacts.place(event)) && (colon < 0 || at.substring(colon + 1).equals(event.place().device()));
    }

    private static boolean ended(TraceEvent event) {
        String outcome = PacketFacts.outcome(event);
        return outcome.equals("delivered") || outcome.equals("dropped");
    }

    private static boolean isEnd(String wanted, String address, String port) {
        int colon = wanted.indexOf(':');
        return colon < 0
                ? wanted.equals(address)
                : (colon == 0 || wanted.substring(0, colon).equals(address)) && wanted.substring(colon + 1).equals(port);
    }

    private boolean changedFrom(TraceEvent event) {
        Payload before = event.before();
        if (before == null || was == null) {
            return false;
        }
        Payload after = event.payload();
        boolean sourceChanged = !PacketFacts.source(before).equals(PacketFacts.source(after))
                || !PacketFacts.sourcePort(before).equals(PacketFacts.sourcePort(after));
        boolean destinationChanged = !PacketFacts.destination(before).equals(PacketFacts.destination(after))
                || !PacketFacts.destinationPort(before).equals(PacketFacts.destinationPort(after));
        return sourceChanged && isEnd(was, PacketFacts.source(before), PacketFacts.sourcePort(before))
                || destinationChanged && isEnd(was, PacketFacts.destination(before), PacketFacts.destinationPort(before));
    }
}
