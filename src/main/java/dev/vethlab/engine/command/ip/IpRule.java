package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.command.ip.IpOptions.Family;
import dev.vethlab.engine.kernel.route.PolicyRule;
import dev.vethlab.engine.kernel.route.PolicyRules;
import dev.vethlab.engine.kernel.route.RoutingTable;
import java.util.List;
import java.util.function.Predicate;

/** {@code ip rule} ({@code iprule.c}). */
final class IpRule {
    private final IpCall call;
    private final Arguments arguments;
    private final PolicyRules policy;

    IpRule(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
        this.policy = call.network().routing().policy();
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

    private int change(String command) {
        if (!arguments.hasNext()) {
            throw new IpFailure(1, "\"ip rule " + command + "\" requires arguments.");
        }
        var wanted = new RuleWords(call, false);
        wanted.parse();
        if (call.options().family() == Family.INET6) {
            throw new Arguments.NotEmulated("IPv6 rules are not emulated");
        }
        call.request(() -> {
            if (command.equals("add")) {
                policy.add(wanted.rule(policy.defaultPriority()));
            } else {
                policy.delete(wanted::describes);
            }
        });
        return 0;
    }

    private int flush() {
        Predicate<PolicyRule> kept = rule -> rule.priority() == 0;
        List<PolicyRule> all = List.copyOf(policy.all());
        call.request(() -> {
            for (PolicyRule rule : all) {
                if (!kept.test(rule)) {
                    policy.delete(rule::equals);
                }
            }
        });
        return 0;
    }

    private int show() {
        var wanted = new RuleWords(call, true);
        wanted.parse();
        Printer out = call.options().printer();
        out.openArray();
        if (call.options().family() == Family.INET6) {
            print(out, PolicyRule.all(0, RoutingTable.LOCAL));
            print(out, PolicyRule.all(32766, RoutingTable.MAIN));
        } else {
            policy.all().stream().filter(wanted::describes).forEach(rule -> print(out, rule));
        }
        out.closeArray();
        call.print(out);
        return 0;
    }

    private void print(Printer out, PolicyRule rule) {
        new RulePrinter(call, out, policy.isUnresolved(rule)).print(rule);
    }
}
