package dev.vethlab.engine.trace;

import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import org.jspecify.annotations.Nullable;

/**
 * What happened at a stage and why, in plain words: the same for the page, the interface and the terminal.
 *
 * @param title the stage in a few words: {@code nat PREROUTING → DOCKER, rule 2}
 * @param detail the rule, route or entry that decided, as its own tool prints it; the MAC addresses of a frame that is sent; empty
 *     where nothing had to be decided
 * @param why whole sentences, without what {@code detail} says
 * @param wouldLetThrough what would have let a dropped packet through, the end of a sentence; empty unless dropped
 */
public record Explanation(String title, String detail, String why, String wouldLetThrough) {
    private static final int PORTS_NAMED = 5;

    /** Explains; {@code born} is null when the packet's beginning is no longer kept. */
    public static Explanation of(TraceEvent event, @Nullable PacketBorn born) {
        return new Explanation(StageTitle.of(event, born), detail(event), why(event), remedy(event.outcome()));
    }

    /**
     * A drop that a person will want explained: of an IPv4 packet that somebody sent, not a frame that was for somebody else, nor what
     * TCP puts aside in its usual course.
     */
    public static boolean isTellingDrop(TraceEvent event) {
        return event.outcome() instanceof Outcome.Dropped dropped && isTraffic(event) && !dropped.reason().isUsual();
    }

    /** Whether somebody sent it, or answers it: not what links and groups are kept in order with, as ARP and IGMP. */
    static boolean isTraffic(TraceEvent event) {
        return event.payload() instanceof Ipv4Packet ip && ip.protocol() != IpProtocol.IGMP;
    }

    private static String remedy(Outcome outcome) {
        return outcome instanceof Outcome.Dropped dropped ? dropped.remedy().text() : "";
    }

    /** A policy is said in the sentence; a chain's name alone would say nothing. */
    private static String detail(TraceEvent event) {
        return switch (event.decision()) {
            case Decision.RuleWalk walk -> walk.hit() == null ? "" : walk.text();
            case Decision.Flooded flooded -> "";
            case Decision.Because because -> addresses(event);
            case Decision.None none -> addresses(event);
            case Decision.RouteChosen route -> route.text();
            case Decision.FdbHit hit -> hit.text();
            case Decision.NeighbourUsed neighbour -> neighbour.text();
            case Decision.Tracked tracked -> tracked.text();
            case Decision.SocketFound socket -> socket.text();
            case Decision.Sysctl sysctl -> sysctl.text();
        };
    }

    /** Of a frame that a machine sends; a switch in between changes none, and {@code lo} has none. */
    private static String addresses(TraceEvent event) {
        EthernetFrame frame = event.stage() == Stage.DEVICE_TX && !StageTitle.isSwitchPort(event) ? event.frame() : null;
        return frame == null || frame.source() == 0 ? "" : Mac.text(frame.source()) + " > " + Mac.text(frame.destination());
    }

    private static String why(TraceEvent event) {
        return switch (event.outcome()) {
            case Outcome.Dropped dropped -> dropped(event, dropped.reason());
            case Outcome.Held held -> "It waits for " + held.waitsFor() + ".";
            case Outcome.Delivered delivered -> passed(event);
            case Outcome.Continues continues -> passed(event);
        };
    }

    private static String dropped(TraceEvent event, DropReason reason) {
        return event.decision() instanceof Decision.RuleWalk walk
                ? (walk.hit() == null ? lookedAt(walk) + "; the policy of " + walk.chain() + " is " + walk.verdict() + "." : decides(walk))
                : reason.meaning();
    }

    private static String passed(TraceEvent event) {
        return switch (event.decision()) {
            case Decision.RuleWalk walk -> rules(event, walk);
            case Decision.RouteChosen route -> route(event, route);
            case Decision.FdbHit hit -> hit.port().equals(event.place().device())
                    ? "The frame is for the bridge’s own MAC address: it goes up to the machine, as to any interface."
                    : "The switch knows at which port the destination MAC address is.";
            case Decision.Flooded flooded -> flooded(flooded);
            case Decision.NeighbourUsed neighbour -> "The neighbour table (ARP) knows the next hop’s MAC address.";
            case Decision.Tracked tracked -> tracked(tracked);
            case Decision.SocketFound socket -> event.stage() == Stage.SOCKET_SEND
                    ? "A program sends it."
                    : "It is for a socket of this namespace.";
            case Decision.Sysctl sysctl -> "This setting decides.";
            case Decision.Because because -> because(event, because);
            case Decision.None none -> plain(event);
        };
    }

    private static String rules(TraceEvent event, Decision.RuleWalk walk) {
        if (walk.hit() == null) {
            return event.before() != null
                    ? lookedAt(walk) + "; the connection’s translation, made for its first packet, is applied."
                    : lookedAt(walk) + "; the chain’s policy is " + walk.verdict() + ".";
        }
        return switch (walk.verdict()) {
            case "DNAT", "REDIRECT" -> decides(walk)
                    + (event.stage() == Stage.NAT_OUTPUT
                            ? " The destination is rewritten. The packet had its route already; for another address it is routed again."
                            : " The destination is rewritten before the routing table is asked, so the route below is the new one’s.");
            case "MASQUERADE", "SNAT" -> decides(walk) + " The source is rewritten, so that answers come back to this machine.";
            default -> decides(walk);
        };
    }

    private static String lookedAt(Decision.RuleWalk walk) {
        return switch (walk.tried().size()) {
            case 0 -> "There is no rule here";
            case 1 -> "One rule was looked at, it did not decide";
            default -> walk.tried().size() + " rules were looked at, none decided";
        };
    }

    private static String decides(Decision.RuleWalk walk) {
        Decision.RuleTried hit = java.util.Objects.requireNonNull(walk.hit());
        return "Rule " + hit.number() + " of " + hit.chain() + " decides: " + walk.verdict() + ".";
    }

    private static String route(TraceEvent event, Decision.RouteChosen route) {
        String destination = event.payload() instanceof Ipv4Packet ip ? Ipv4.text(ip.destination()) : "The destination";
        return route.local()
                ? destination + " is an address of this machine."
                : "Of the routes to " + destination + " the one with the longest prefix decides.";
    }

    private static String flooded(Decision.Flooded flooded) {
        int more = flooded.ports().size() - PORTS_NAMED;
        String named = String.join(", ", flooded.ports().stream().limit(PORTS_NAMED).toList());
        return flooded.ports().isEmpty()
                ? "There is no other port to send it to."
                : "The switch sends a copy to every other port: " + named + (more > 0 ? " and " + more + " more." : ".");
    }

    private static String tracked(Decision.Tracked tracked) {
        return switch (tracked.state()) {
            case "NEW" -> "Connection tracking has nothing on record for this tuple: a new connection.";
            case "INVALID" -> "Connection tracking can make nothing of it: INVALID.";
            case "UNTRACKED" -> "Connection tracking was told to leave it alone.";
            case "CONFIRMED" -> "The new connection enters the conntrack table, with the tuple expected back.";
            default -> tracked.isReply()
                    ? "An answer within a known connection (" + tracked.state() + "): translated addresses are turned back."
                    : "A further packet of a known connection (" + tracked.state() + "): the same translation as before.";
        };
    }

    private static String because(TraceEvent event, Decision.Because because) {
        String text = because.text();
        return text.isEmpty() ? plain(event) : Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    private static String plain(TraceEvent event) {
        String device = event.place().device();
        return switch (event.stage()) {
            case DEVICE_RX -> "The frame comes in.";
            case DEVICE_TX -> "The frame leaves.";
            case VETH_PEER -> "What went into one end of the veth pair comes out of the other: " + device + ".";
            case SOCKET -> "It is delivered.";
            case CONFIRM -> "Nothing to confirm: the connection is known already.";
            default -> "It goes on.";
        };
    }
}
