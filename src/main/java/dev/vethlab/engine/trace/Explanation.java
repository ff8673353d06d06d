package dev.vethlab.engine.trace;

import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;

/** Says in one plain sentence what happened at a stage and why: the same words for the page, the interface and the terminal. */
public final class Explanation {
    private Explanation() {}

    /** One sentence for a learner. */
    public static String why(TraceEvent event) {
        return switch (event.outcome()) {
            case Outcome.Dropped dropped -> "Dropped (" + dropped.reason() + "). " + remedy(dropped);
            case Outcome.Held held -> "Waits for " + held.waitsFor() + ".";
            case Outcome.Delivered delivered -> passed(event);
            case Outcome.Continues continues -> passed(event);
        };
    }

    private static String remedy(Outcome.Dropped dropped) {
        String text = dropped.remedy().text();
        return text.isEmpty() ? "" : "What would let it through: " + text + ".";
    }

    private static String passed(TraceEvent event) {
        return switch (event.decision()) {
            case Decision.RuleWalk walk -> rules(event, walk);
            case Decision.RouteChosen route -> route(event, route);
            case Decision.FdbHit hit -> "The switch knows the destination MAC address: " + hit.text() + ".";
            case Decision.Flooded flooded -> flooded.ports().isEmpty()
                    ? "There is no other port to send it to."
                    : "The switch sends a copy to every other port: " + String.join(", ", flooded.ports()) + ".";
            case Decision.NeighbourUsed neighbour -> "The neighbour table (ARP) knows the next hop's MAC address: " + neighbour.text()
                    + ".";
            case Decision.Tracked tracked -> tracked(tracked);
            case Decision.SocketFound socket -> event.stage() == Stage.SOCKET_SEND
                    ? "A program sends it: " + socket.text() + "."
                    : "It is for a socket of this namespace: " + socket.text() + ".";
            case Decision.Sysctl sysctl -> "The setting " + sysctl.text() + " decides.";
            case Decision.Because because -> because(event, because);
            case Decision.None none -> plain(event);
        };
    }

    private static String rules(TraceEvent event, Decision.RuleWalk walk) {
        int tried = walk.tried().size();
        boolean changed = event.before() != null;
        if (walk.hit() == null) {
            String looked = tried == 0 ? "There is no rule here" : tried == 1 ? "One rule was looked at, it did not match"
                    : tried + " rules were looked at, none decided";
            return changed
                    ? looked + "; the connection's translation, made for its first packet, is applied."
                    : looked + "; the chain's policy is " + walk.verdict() + ".";
        }
        String rule = "Rule " + walk.hit().number() + " of " + walk.hit().chain() + " decides: " + walk.verdict() + ".";
        return switch (walk.verdict()) {
            case "DNAT" -> rule + " The destination is rewritten before the routing table is asked, so the route below is the new one's.";
            case "MASQUERADE", "SNAT" -> rule + " The source is rewritten, so that answers come back to this machine.";
            default -> rule;
        };
    }

    private static String route(TraceEvent event, Decision.RouteChosen route) {
        String destination = event.payload() instanceof Ipv4Packet ip ? Ipv4.text(ip.destination()) : "The destination";
        return route.local()
                ? destination + " is an address of this machine: " + route.text() + "."
                : "The longest matching prefix for " + destination + " decides: " + route.text() + ".";
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
            case DEVICE_RX -> "The frame comes in by " + device + ".";
            case DEVICE_TX -> "The frame leaves by " + device + ".";
            case VETH_PEER -> "What went into one end of the veth pair comes out of the other: " + device + ".";
            case SOCKET -> "It is delivered.";
            case CONFIRM -> "Nothing to confirm: the connection is known already.";
            default -> "It goes on.";
        };
    }
}
