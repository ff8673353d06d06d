package dev.vethlab.engine.command.conntrack;

import dev.vethlab.engine.kernel.conntrack.Tuple;
import dev.vethlab.engine.packet.IpProtocol;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The addresses and ports that the options name, of which {@code -I}, {@code -U} and {@code -G} make a connection's tuples. */
final class GivenTuple {
    @Nullable Integer source;
    @Nullable Integer destination;
    @Nullable Integer replySource;
    @Nullable Integer replyDestination;
    @Nullable Integer sourcePort;
    @Nullable Integer destinationPort;
    @Nullable Integer replySourcePort;
    @Nullable Integer replyDestinationPort;
    @Nullable Integer icmpType;
    @Nullable Integer icmpCode;
    @Nullable Integer icmpId;

    /** Both ends of the direction of the first packet, or of the other, which is then implied. */
    boolean hasAddresses() {
        return (source != null && destination != null) || (replySource != null && replyDestination != null);
    }

    boolean hasPorts() {
        return (sourcePort != null && destinationPort != null) || (replySourcePort != null && replyDestinationPort != null);
    }

    /** The direction of the first packet. */
    Tuple original(int protocol) {
        int from = first(source, replyDestination);
        int to = first(destination, replySource);
        return protocol == IpProtocol.ICMP
                ? new Tuple(from, to, protocol, first(icmpId, null), first(icmpType, null) << 8 | first(icmpCode, null))
                : new Tuple(from, to, protocol, first(sourcePort, replyDestinationPort), first(destinationPort, replySourcePort));
    }

    /** The answer's direction: the first one inverted, but for what is named. */
    Tuple reply(Tuple inverse) {
        return new Tuple(Objects.requireNonNullElse(replySource, inverse.source()),
                Objects.requireNonNullElse(replyDestination, inverse.destination()), inverse.protocol(),
                Objects.requireNonNullElse(replySourcePort, inverse.sourcePort()),
                Objects.requireNonNullElse(replyDestinationPort, inverse.destinationPort()));
    }

    private static int first(@Nullable Integer one, @Nullable Integer other) {
        return one != null ? one : other != null ? other : 0;
    }
}
