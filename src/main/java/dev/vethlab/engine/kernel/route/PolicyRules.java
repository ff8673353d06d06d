package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Notifications;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** The policy rules of one namespace, by priority ({@code struct fib_rules_ops}). */
public final class PolicyRules {
    private static final int MAX_RULES = 500;

    private final List<PolicyRule> rules = new ArrayList<>();
    private final Notifications notifications;
    /** Whether a rule was ever added or removed ({@code fib_has_custom_rules}). */
    private boolean custom;

    PolicyRules(Notifications notifications) {
        this.notifications = notifications;
        rules.add(PolicyRule.all(0, RoutingTable.LOCAL));
        rules.add(PolicyRule.all(32766, RoutingTable.MAIN));
        rules.add(PolicyRule.all(32767, RoutingTable.DEFAULT));
    }

    /** Whether there ever were others than the three that are there from the start. */
    public boolean isCustom() {
        return custom;
    }

    public List<PolicyRule> all() {
        return Collections.unmodifiableList(rules);
    }

    /** Adds a rule behind those of the same priority. @throws KernelException EEXIST if it is there already */
    public void add(PolicyRule rule) throws KernelException {
        if (rule.action() instanceof RuleAction.GoTo jump && Integer.compareUnsigned(jump.priority(), rule.priority()) <= 0) {
            throw new KernelException(Errno.EINVAL, "Backward goto not supported");
        }
        if (rules.contains(rule)) {
            throw new KernelException(Errno.EEXIST);
        }
        if (rules.size() >= MAX_RULES) {
            throw new KernelException(Errno.ENOBUFS);
        }
        custom = true;
        rules.add(rule);
        rules.sort((one, other) -> Integer.compareUnsigned(one.priority(), other.priority()));
        notifications.rule(rule, false);
    }

    /** Removes the first rule that is described. @throws KernelException ENOENT if there is none such */
    public void delete(Predicate<PolicyRule> described) throws KernelException {
        PolicyRule found = rules.stream().filter(described).findFirst().orElse(null);
        if (found == null) {
            throw new KernelException(Errno.ENOENT);
        }
        custom = true;
        rules.remove(found);
        notifications.rule(found, true);
    }

    /** The priority of a rule that names none: one before the second ({@code fib_default_rule_pref}). */
    public int defaultPriority() {
        return rules.size() > 1 && rules.get(1).priority() != 0 ? rules.get(1).priority() - 1 : 0;
    }

    /** Where the first rule of a priority is; -1 if there is none. */
    int indexOf(int priority) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).priority() == priority) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a rule goes to another that is not there ({@code FIB_RULE_UNRESOLVED}). */
    public boolean isUnresolved(PolicyRule rule) {
        return rule.action() instanceof RuleAction.GoTo jump && indexOf(jump.priority()) < 0;
    }
}
