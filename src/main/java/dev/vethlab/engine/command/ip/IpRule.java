package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.command.ip.Arguments.Prefix;
import dev.vethlab.engine.command.ip.IpOptions.Family;
import dev.vethlab.engine.kernel.route.PolicyRule;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.Routing;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.packet.Ipv4;
import java.util.List;
import java.util.function.Predicate;

/** {@code ip rule} ({@code iprule.c}). */
final class IpRule {
    private final IpCall call;
    private final Arguments arguments;
    private final Routing routing;

    IpRule(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
        this.routing = call.network().routing();
    }

    int run() {
        if (!arguments.hasNext()) {
            return show();
        }
        String command = arguments.next();
        if (matchesAny(command, "list", "lst", "show")) {
            return show();
        } else if (matches(command, "add")) {
            return change("add");
        } else if (matches(command, "delete")) {
            return change("del");
        } else if (matches(command, "flush")) {
            return flush();
        } else if (matchesAny(command, "save", "restore")) {
            throw new Arguments.NotEmulated("ip rule " + command + " is not emulated");
        } else if (matches(command, "help")) {
            throw new IpFailure(255, Usage.RULE);
        }
        throw IpFailure.unknownCommand(command, "ip rule help");
    }

    /** What the words said; what they did not say is absent. */
    private static final class Wanted {
        long priority = -1;
        boolean not;
        Prefix from = new Prefix(0, 0, false);
        Prefix to = new Prefix(0, 0, false);
        String in = "";
        String out = "";
        int mark;
        int markMask;
        int table;
        RouteType action = RouteType.UNICAST;
        boolean anySense;
        boolean fromGiven;
        boolean toGiven;

        PolicyRule rule(int priority) {
            boolean looksUp = action == RouteType.UNICAST;
            return new PolicyRule(priority, not, from.address() & Ipv4.mask(from.length()), from.length(),
                    to.address() & Ipv4.mask(to.length()), to.length(), in, out, mark, markMask, looksUp ? table == 0 ? RoutingTable.MAIN
                            : table : 0, action);
        }

        /** Whether a rule is what was described ({@code fib_nl2rule} for deletion). */
        boolean describes(PolicyRule rule) {
            return (priority < 0 || rule.priority() == (int) priority)
                    && (anySense || rule.not() == not)
                    && (!fromGiven || (rule.fromLength() == from.length() && rule.from() == (from.address() & Ipv4.mask(from.length()))))
                    && (!toGiven || (rule.toLength() == to.length() && rule.to() == (to.address() & Ipv4.mask(to.length()))))
                    && (in.isEmpty() || rule.inDevice().equals(in))
                    && (out.isEmpty() || rule.outDevice().equals(out))
                    && (markMask == 0 || (rule.mark() == mark && rule.markMask() == markMask))
                    && (table == 0 || rule.table() == table)
                    && (action == RouteType.UNICAST || rule.action() == action);
        }
    }

    private void parse(Wanted wanted, String word) {
        if (word.equals("not")) {
            wanted.not = true;
        } else if (word.equals("from")) {
            wanted.from = arguments.prefix();
            wanted.fromGiven = true;
        } else if (word.equals("to")) {
            wanted.to = arguments.prefix();
            wanted.toGiven = true;
        } else if (matchesAny(word, "preference", "order", "priority")) {
            wanted.priority = arguments.unsigned("preference value is invalid");
        } else if (word.equals("fwmark")) {
            mark(wanted, arguments.next());
        } else if (matches(word, "table") || word.equals("lookup")) {
            String value = arguments.next();
            wanted.table = RouteNames.table(value).orElseThrow(() -> IpFailure.invalid(value, "invalid table ID"));
        } else if (word.equals("dev") || word.equals("iif")) {
            wanted.in = arguments.next();
        } else if (word.equals("oif")) {
            wanted.out = arguments.next();
        } else if (word.equals("tos") || matches(word, "dsfield") || word.equals("uidrange") || word.equals("ipproto")
                || word.equals("sport") || word.equals("dport") || word.equals("goto") || word.equals("l3mdev") || matches(word, "realms")
                || word.equals("nat")
                || word.equals("map-to") || word.equals("dscp") || word.equals("flowlabel") || matches(word, "suppress_prefixlength")
                || matches(word, "suppress_ifgroup") || matches(word, "protocol")) {
            throw new Arguments.NotEmulated("ip rule … " + word + " is not emulated");
        } else {
            action(wanted, word.equals("type") ? arguments.next() : word);
        }
    }

    private void action(Wanted wanted, String value) {
        if (matches(value, "help")) {
            throw new IpFailure(255, Usage.RULE);
        }
        RouteType type = RouteNames.type(value);
        if (type == null) {
            throw IpFailure.invalid(value, "Failed to parse rule type");
        }
        wanted.action = type;
    }

    private static void mark(Wanted wanted, String value) {
        int slash = value.indexOf('/');
        String mark = slash < 0 ? value : value.substring(0, slash);
        wanted.mark = (int) Arguments.number(mark, 0xFFFFFFFFL).orElseThrow(() -> IpFailure.invalid(value, "fwmark value is invalid"));
        wanted.markMask = slash < 0
                ? -1
                : (int) Arguments.number(value.substring(slash + 1), 0xFFFFFFFFL)
                        .orElseThrow(() -> IpFailure.invalid(value.substring(slash + 1), "fwmask value is invalid"));
    }

    private int change(String command) {
        if (!arguments.hasNext()) {
            throw new IpFailure(1, "\"ip rule " + command + "\" requires arguments.");
        }
        var wanted = new Wanted();
        while (arguments.hasNext()) {
            parse(wanted, arguments.next());
        }
        if (call.options().family() == Family.INET6) {
            throw new Arguments.NotEmulated("IPv6 rules are not emulated");
        }
        call.request(() -> {
            if (command.equals("add")) {
                int priority = wanted.priority >= 0 ? (int) wanted.priority : routing.defaultRulePriority();
                routing.addRule(wanted.rule(priority));
            } else {
                routing.deleteRule(wanted::describes);
            }
        });
        return 0;
    }

    private int flush() {
        Predicate<PolicyRule> kept = rule -> rule.priority() == 0;
        List<PolicyRule> all = routing.rules();
        call.request(() -> {
            for (PolicyRule rule : all) {
                if (!kept.test(rule)) {
                    routing.deleteRule(rule::equals);
                }
            }
        });
        return 0;
    }

    private int show() {
        var wanted = new Wanted();
        while (arguments.hasNext()) {
            parse(wanted, arguments.next());
        }
        wanted.anySense = !wanted.not;
        Printer out = call.options().printer();
        out.openArray();
        if (call.options().family() == Family.INET6) {
            print(out, PolicyRule.all(0, RoutingTable.LOCAL));
            print(out, PolicyRule.all(32766, RoutingTable.MAIN));
        } else {
            routing.rules().stream().filter(wanted::describes).forEach(rule -> print(out, rule));
        }
        out.closeArray();
        call.print(out);
        return 0;
    }

    private void print(Printer out, PolicyRule rule) {
        out.openObject();
        out.both("priority", "", Integer.toUnsignedLong(rule.priority()), ":\t");
        if (rule.not()) {
            out.json("not", null);
            out.text("not ");
        }
        if (rule.fromLength() == 0) {
            out.both("src", "from ", "all", "");
        } else {
            prefix(out, "src", "from ", rule.from(), rule.fromLength());
        }
        if (rule.toLength() != 0) {
            prefix(out, "dst", " to ", rule.to(), rule.toLength());
        }
        out.text(" ");
        if (rule.markMask() != 0) {
            mark(out, rule);
        }
        device(out, "iif", rule.inDevice());
        device(out, "oif", rule.outDevice());
        if (rule.action() == RouteType.UNICAST) {
            out.both("table", "lookup ", RouteNames.tableName(rule.table()), "");
        } else {
            out.both("action", "", rule.action().text(), "");
        }
        if (call.options().details()) {
            boolean ofKernel = rule.equals(PolicyRule.all(0, RoutingTable.LOCAL)) || rule.equals(PolicyRule.all(32766, RoutingTable.MAIN))
                    || rule.equals(PolicyRule.all(32767, RoutingTable.DEFAULT));
            out.both("protocol", " proto ", ofKernel ? "kernel" : "unspec", "");
        }
        out.text("\n");
        out.closeObject();
    }

    private static void prefix(Printer out, String key, String before, int address, int length) {
        out.both(key, before, Ipv4.text(address), "");
        if (length != 32) {
            out.both(key.equals("src") ? "srclen" : "dstlen", "/", length, "");
        }
    }

    private static void mark(Printer out, PolicyRule rule) {
        out.both("fwmark", "fwmark ", "0x" + Integer.toHexString(rule.mark()), "");
        if (rule.markMask() != -1) {
            out.both("fwmask", "/", "0x" + Integer.toHexString(rule.markMask()), "");
        }
        out.text(" ");
    }

    private void device(Printer out, String key, String name) {
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
