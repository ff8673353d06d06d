package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.command.ip.Arguments.Prefix;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.route.PolicyRule;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.RuleAction;
import dev.vethlab.engine.kernel.route.RuleSelector;
import dev.vethlab.engine.kernel.route.RuleSelector.Range;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A policy rule described in words ({@code iprule_modify}); what was not said is absent. */
final class RuleWords {
    private static final long MAX_PORT = 65535;
    private static final int ECN_BITS = 3;
    /** {@code IPTOS_TOS_MASK}: the kernel's rules know no more of the field. */
    private static final int TOS_BITS = 0x1E;

    private final IpCall call;
    private final Arguments arguments;
    private final boolean listing;
    private long priority = -1;
    private boolean not;
    private @Nullable Prefix from;
    private @Nullable Prefix to;
    private String in = "";
    private String out = "";
    private int mark;
    private int markMask;
    private int tos;
    private int protocol;
    private Range sourcePorts = Range.ANY;
    private Range destinationPorts = Range.ANY;
    private Range users = Range.ANY;
    private int table;
    private int suppressed = -1;
    private @Nullable RuleAction action;
    private @Nullable String maker;

    /** {@code listing}: they say which rules to show ({@code iprule_list_flush_or_save}). */
    RuleWords(IpCall call, boolean listing) {
        this.call = call;
        this.arguments = call.arguments();
        this.listing = listing;
    }

    void parse() {
        while (arguments.hasNext()) {
            parse(arguments.next());
        }
    }

    private void parse(String word) {
        switch (word) {
            case "not" -> not = true;
            case "from" -> from = prefix(arguments.next());
            case "to" -> to = prefix(arguments.next());
            case "fwmark" -> mark(arguments.next());
            case "dev", "iif" -> in = arguments.next();
            case "oif" -> out = arguments.next();
            case "ipproto" -> protocol = protocol(arguments.next());
            case "sport" -> sourcePorts = ports(arguments.next());
            case "dport" -> destinationPorts = ports(arguments.next());
            case "uidrange" -> users = users(arguments.next());
            case "l3mdev", "nat", "map-to", "dscp", "flowlabel", "tun_id" ->
                    throw new Arguments.NotEmulated("ip rule … " + word + " is not emulated");
            default -> abbreviated(word);
        }
    }

    private void abbreviated(String word) {
        if (matchesAny(word, "preference", "order", "priority")) {
            priority = arguments.unsigned("preference value is invalid\n");
        } else if (word.equals("tos") || matches(word, "dsfield")) {
            tos = tos(arguments.next());
        } else if (matches(word, "table") || word.equals("lookup")) {
            String value = arguments.next();
            table = RouteNames.table(call.self(), value).orElseThrow(() -> IpFailure.invalid(value,
                    listing ? "table id value is invalid\n" : "invalid table ID\n"));
        } else if (matches(word, "suppress_prefixlength") || word.equals("sup_pl")) {
            suppressed = (int) arguments.unsigned("suppress_prefixlength value is invalid\n");
        } else if (matches(word, "protocol")) {
            String value = arguments.next();
            maker = RouteNames.protocol(value);
            if (maker == null) {
                throw IpFailure.invalid(value, "\"protocol\" value is invalid\n");
            }
        } else if (matches(word, "realms") || matches(word, "suppress_ifgroup") || word.equals("sup_group")) {
            throw new Arguments.NotEmulated("ip rule … " + word + " is not emulated");
        } else if (listing) {
            to = prefix(word);
        } else {
            action(word.equals("type") ? arguments.next() : word);
        }
    }

    private Prefix prefix(String word) {
        return listing ? Arguments.prefix(word, "inet prefix") : Arguments.prefix(word);
    }

    private void action(String value) {
        if (matches(value, "help")) {
            throw new IpFailure(255, Usage.RULE);
        } else if (matches(value, "goto")) {
            action = new RuleAction.GoTo((int) arguments.unsigned("invalid target\n"));
        } else if (matches(value, "nop")) {
            action = new RuleAction.Nothing();
        } else {
            RouteType type = RouteNames.type(value);
            if (type == null) {
                throw IpFailure.invalid(value, "Failed to parse rule type");
            }
            action = type == RouteType.UNICAST ? null : new RuleAction.Refuse(type);
        }
    }

    private static int tos(String value) {
        try {
            return RouteWords.tos(value);
        } catch (IpFailure failure) {
            throw IpFailure.invalid(value, "TOS value is invalid\n");
        }
    }

    static int protocol(String value) {
        OptionalLong number = Arguments.number(value, 255);
        return number.isPresent()
                ? (int) number.getAsLong()
                : IpProtocol.number(value).orElseThrow(() -> IpFailure.invalid(value, "Invalid \"ipproto\" value\n"));
    }

    private static Range ports(String value) {
        int dash = value.indexOf('-');
        if (value.contains("/")) {
            throw new Arguments.NotEmulated("ip rule with a port and a mask is not emulated");
        }
        if (dash < 0) {
            long port = port(value, "invalid port");
            return new Range(port, port);
        }
        return new Range(
                port(value.substring(0, dash), "invalid port range start"), port(value.substring(dash + 1), "invalid port range end"));
    }

    private static long port(String value, String complaint) {
        return Arguments.number(value, MAX_PORT).orElseThrow(() -> IpFailure.invalid(value, complaint));
    }

    private static Range users(String value) {
        String[] ends = value.split("-", 2);
        if (ends.length == 2) {
            OptionalLong first = Arguments.number(ends[0], 0xFFFFFFFFL);
            OptionalLong last = Arguments.number(ends[1], 0xFFFFFFFFL);
            if (first.isPresent() && last.isPresent()) {
                return new Range(first.getAsLong(), last.getAsLong());
            }
        }
        throw IpFailure.invalid(value, "invalid UID range\n");
    }

    private void mark(String value) {
        int slash = value.indexOf('/');
        String number = slash < 0 ? value : value.substring(0, slash);
        mark = (int) Arguments.number(number, 0xFFFFFFFFL).orElseThrow(() -> IpFailure.invalid(value, "fwmark value is invalid\n"));
        markMask = slash < 0
                ? -1
                : (int) Arguments.number(value.substring(slash + 1), 0xFFFFFFFFL)
                        .orElseThrow(() -> IpFailure.invalid(value.substring(slash + 1), "fwmask value is invalid\n"));
    }

    // ---- what they mean ----

    /** The rule to add, by this priority if none was named. @throws KernelException as {@code fib_nl2rule} refuses it */
    PolicyRule rule(int otherwise) throws KernelException {
        checkPorts("sport", sourcePorts);
        checkPorts("dport", destinationPorts);
        if ((tos & ECN_BITS) != 0) {
            throw new KernelException(Errno.EINVAL, "Invalid dsfield (tos): ECN bits must be 0");
        }
        if ((tos & ~TOS_BITS) != 0) {
            throw new KernelException(Errno.EINVAL, "Invalid tos");
        }
        Prefix source = from == null ? new Prefix(0, 0, false) : from;
        Prefix destination = to == null ? new Prefix(0, 0, false) : to;
        var selector = new RuleSelector(not, source.address() & Ipv4.mask(source.length()), source.length(),
                destination.address() & Ipv4.mask(destination.length()), destination.length(), in, out, mark, markMask, tos, protocol,
                sourcePorts, destinationPorts, users);
        RuleAction does = action != null ? action : new RuleAction.Lookup(table == 0 ? RoutingTable.MAIN : table, suppressed);
        return new PolicyRule(priority >= 0 ? (int) priority : otherwise, selector, does, maker == null ? "unspec" : maker);
    }

    private static void checkPorts(String which, Range ports) throws KernelException {
        if (!ports.isAny() && (ports.first() == 0 || ports.last() >= MAX_PORT || ports.first() > ports.last())) {
            throw new KernelException(Errno.EINVAL, "Invalid " + which + " range");
        }
    }

    /** Whether a rule is what was described; {@code not} does not count ({@code rule_find}, {@code fib4_rule_compare}). */
    boolean describes(PolicyRule rule) {
        RuleSelector selector = rule.selector();
        return (priority < 0 || rule.priority() == (int) priority)
                && (from == null || isPrefix(from, selector.from(), selector.fromLength()))
                && (to == null || isPrefix(to, selector.to(), selector.toLength()))
                && (in.isEmpty() || selector.in().equals(in))
                && (out.isEmpty() || selector.out().equals(out))
                && (markMask == 0 || (selector.mark() == mark && selector.markMask() == markMask))
                && (tos == 0 || selector.tos() == tos)
                && (protocol == 0 || selector.protocol() == protocol)
                && (sourcePorts.isAny() || selector.sourcePorts().equals(sourcePorts))
                && (destinationPorts.isAny() || selector.destinationPorts().equals(destinationPorts))
                && (users.isAny() || selector.users().equals(users))
                && (table == 0 || (rule.action() instanceof RuleAction.Lookup lookup && lookup.table() == table))
                && (suppressed < 0 || (rule.action() instanceof RuleAction.Lookup lookup && lookup.suppressed() == suppressed))
                && (maker == null || rule.protocol().equals(maker))
                && (action == null || rule.action().getClass() == action.getClass() && meansSameRefusal(rule.action()));
    }

    /** A request names no target of {@code goto}, but its kind of refusal. */
    private boolean meansSameRefusal(RuleAction other) {
        return !(action instanceof RuleAction.Refuse) || other.equals(action);
    }

    private static boolean isPrefix(Prefix wanted, int address, int length) {
        return length == wanted.length() && address == (wanted.address() & Ipv4.mask(wanted.length()));
    }
}
