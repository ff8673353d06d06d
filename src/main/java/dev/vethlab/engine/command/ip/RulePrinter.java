package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.route.PolicyRule;
import dev.vethlab.engine.kernel.route.RuleAction;
import dev.vethlab.engine.kernel.route.RuleSelector;
import dev.vethlab.engine.kernel.route.RuleSelector.Range;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;

/** A policy rule as {@code ip rule} prints it ({@code print_rule}). */
final class RulePrinter {
    private final IpCall call;
    private final Printer out;
    private final boolean unresolved;

    RulePrinter(IpCall call, Printer out, boolean unresolved) {
        this.call = call;
        this.out = out;
        this.unresolved = unresolved;
    }

    void print(PolicyRule rule) {
        RuleSelector selector = rule.selector();
        out.openObject();
        out.both("priority", "", Integer.toUnsignedLong(rule.priority()), ":\t");
        if (selector.not()) {
            out.json("not", null);
            out.text("not ");
        }
        if (selector.fromLength() == 0) {
            out.both("src", "from ", "all", "");
        } else {
            prefix("src", "from ", selector.from(), selector.fromLength());
        }
        if (selector.toLength() != 0) {
            prefix("dst", " to ", selector.to(), selector.toLength());
        }
        out.text(" ");
        if (selector.tos() != 0) {
            out.both("tos", "tos ", RoutePrinter.tos(selector.tos()), " ");
        }
        if (selector.markMask() != 0) {
            mark(selector);
        }
        device("iif", selector.in());
        device("oif", selector.out());
        users(selector.users());
        if (selector.protocol() != 0) {
            out.both("ipproto", "ipproto ", IpProtocol.name(selector.protocol()), " ");
        }
        ports("sport", selector.sourcePorts());
        ports("dport", selector.destinationPorts());
        action(rule.action());
        boolean byAdministrator = !rule.protocol().equals("unspec") && !rule.protocol().equals("kernel");
        if (byAdministrator || call.options().details()) {
            out.both("protocol", " proto ", rule.protocol(), "");
        }
        out.text(call.options().busybox ? " \n" : "\n");
        out.closeObject();
    }

    private void action(RuleAction action) {
        switch (action) {
            case RuleAction.Lookup lookup -> {
                out.both("table", "lookup ", RouteNames.tableName(call.self(), lookup.table()), "");
                if (lookup.suppressed() >= 0) {
                    out.both("suppress_prefixlen", " suppress_prefixlength ", lookup.suppressed(), "");
                }
            }
            case RuleAction.GoTo jump -> {
                out.both("goto", "goto ", Integer.toUnsignedLong(jump.priority()), "");
                if (unresolved) {
                    out.json("unresolved", null);
                    out.text(" [unresolved]");
                }
            }
            case RuleAction.Nothing nothing -> {
                out.json("nop", null);
                out.text("nop");
            }
            case RuleAction.Refuse refuse -> out.both("action", "", refuse.type().text(), "");
        }
    }

    private void users(Range users) {
        if (!users.isAny()) {
            out.both("uid_start", "uidrange ", users.first(), "-");
            out.both("uid_end", "", users.last(), " ");
        }
    }

    private void ports(String key, Range ports) {
        if (ports.isAny()) {
            return;
        }
        if (ports.first() == ports.last()) {
            out.both(key, key + " ", ports.first(), " ");
            out.json(key + "_mask", "0xffff");
        } else {
            out.both(key + "_start", key + " ", ports.first(), "-");
            out.both(key + "_end", "", ports.last(), " ");
        }
    }

    private void prefix(String key, String before, int address, int length) {
        out.both(key, before, Ipv4.text(address), "");
        if (length != 32) {
            out.both(key + "len", "/", length, "");
        }
    }

    private void mark(RuleSelector selector) {
        out.both("fwmark", "fwmark ", "0x" + Integer.toHexString(selector.mark()), "");
        if (selector.markMask() != -1) {
            out.both("fwmask", "/", "0x" + Integer.toHexString(selector.markMask()), "");
        }
        out.text(" ");
    }

    private void device(String key, String name) {
        if (name.isEmpty()) {
            return;
        }
        out.both(key, key + " ", name, " ");
        if (call.network().devices().find(name) == null) {
            out.json(key + "_detached", null);
            out.text("[detached] ");
        }
    }
}
