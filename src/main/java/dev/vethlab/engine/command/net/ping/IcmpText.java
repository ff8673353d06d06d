package dev.vethlab.engine.command.net.ping;

import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;

/** ICMP messages in the words of ping ({@code pr_icmph}). */
final class IcmpText {
    private static final String[] UNREACHABLE = {
        "Destination Net Unreachable", "Destination Host Unreachable", "Destination Protocol Unreachable", "Destination Port Unreachable",
        "", "Source Route Failed", "Destination Net Unknown", "Destination Host Unknown", "Source Host Isolated",
        "Destination Net Prohibited", "Destination Host Prohibited", "Destination Net Unreachable for Type of Service",
        "Destination Host Unreachable for Type of Service", "Packet filtered", "Precedence Violation", "Precedence Cutoff"
    };
    private static final String[] REDIRECT = {
        "Redirect Network", "Redirect Host", "Redirect Type of Service and Network", "Redirect Type of Service and Host"
    };

    private IcmpText() {}

    static String of(IcmpMessage message) {
        int code = message.code();
        return switch (message.type()) {
            case IcmpMessage.DESTINATION_UNREACHABLE -> {
                if (code == IcmpMessage.FRAGMENTATION_NEEDED) {
                    yield "Frag needed and DF set (mtu = " + (message.rest() & 0xFFFF) + ")";
                }
                yield code < UNREACHABLE.length ? UNREACHABLE[code] : "Dest Unreachable, Bad Code: " + code;
            }
            case IcmpMessage.REDIRECT -> (code < REDIRECT.length ? REDIRECT[code] : "Redirect, Bad Code: " + code) + "(New nexthop: "
                    + Ipv4.text(message.rest()) + ")";
            case IcmpMessage.TIME_EXCEEDED -> code == 0 ? "Time to live exceeded" : "Frag reassembly time exceeded";
            case IcmpMessage.PARAMETER_PROBLEM -> "Parameter problem: pointer = " + (message.rest() >>> 24);
            default -> "Bad ICMP type: " + message.type();
        };
    }
}
