package dev.vethlab.engine.trace;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a stage is called, with what was decided there: {@code nat PREROUTING → DOCKER, rule 2}. */
final class StageTitle {
    /** How the ports of a LAN switch are called: after the machine that their cable leads to. */
    private static final String SWITCH_PORT = "to-";

    private StageTitle() {}

    static String of(TraceEvent event, @Nullable PacketBorn born) {
        return switch (event.stage()) {
            case DEVICE_RX -> "Received " + (isSwitchPort(event) ? "from " : "on ") + device(event);
            case DEVICE_TX -> "Sent " + (isSwitchPort(event) ? "to " : "out of ") + device(event);
            case VETH_PEER -> "Across the veth pair to " + device(event);
            case BRIDGE_INPUT -> isSwitchPort(event) ? "Switch: source address learnt" : "Bridge: source address learnt";
            case BRIDGE_FORWARD -> switched(event.decision());
            case ARP -> "ARP";
            case IP_RECEIVE -> "IP header checked";
            case DEFRAGMENT -> "Fragments put together";
            case CONNTRACK -> tracked(event.decision());
            case CONFIRM -> "conntrack: confirmed";
            case ROUTING -> event.decision() instanceof Decision.RouteChosen route && route.local() ? "Routing: for this machine" : "Routing";
            case REROUTE -> "Routed again";
            case FORWARDING -> "To be forwarded";
            case FRAGMENT -> "Fragmented";
            case NEIGHBOUR -> "Next hop’s MAC address";
            case SOCKET -> event.outcome() instanceof Outcome.Delivered ? "Delivered: socket" : "Socket";
            case SOCKET_SEND -> born == null || born.sender().isEmpty() ? "Sent" : "Sent by " + born.sender();
            case RAW_PREROUTING, MANGLE_PREROUTING, NAT_PREROUTING, MANGLE_INPUT, FILTER_INPUT, SECURITY_INPUT, NAT_INPUT,
                    MANGLE_FORWARD, FILTER_FORWARD, SECURITY_FORWARD, RAW_OUTPUT, MANGLE_OUTPUT, NAT_OUTPUT, FILTER_OUTPUT,
                    SECURITY_OUTPUT, MANGLE_POSTROUTING, NAT_POSTROUTING -> chain(event);
        };
    }

    private static String chain(TraceEvent event) {
        String stage = event.stage().name();
        int split = stage.indexOf('_');
        String chain = stage.substring(split + 1);
        String at = stage.substring(0, split).toLowerCase(Locale.ROOT) + " " + chain;
        Decision.RuleTried hit = event.decision() instanceof Decision.RuleWalk walk ? walk.hit() : null;
        if (hit == null) {
            return at;
        }
        return at + (hit.chain().equals(chain) ? "" : " → " + hit.chain()) + ", rule " + hit.number();
    }

    private static String switched(Decision decision) {
        return switch (decision) {
            case Decision.FdbHit hit -> "Switched to " + bare(hit.port());
            case Decision.Flooded flooded -> "Flooded";
            default -> "Switched";
        };
    }

    private static String tracked(Decision decision) {
        return decision instanceof Decision.Tracked tracked
                ? "conntrack: " + (tracked.state().equals("NEW") ? "new connection" : tracked.state())
                : "conntrack";
    }

    static boolean isSwitchPort(TraceEvent event) {
        return event.place().device().startsWith(SWITCH_PORT);
    }

    private static String device(TraceEvent event) {
        return bare(event.place().device());
    }

    private static String bare(String device) {
        return device.startsWith(SWITCH_PORT) ? device.substring(SWITCH_PORT.length()) : device;
    }
}
