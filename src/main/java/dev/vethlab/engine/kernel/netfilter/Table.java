package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.netfilter.target.JumpTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table of one namespace: its chains and their rules, and how they are changed ({@code net/netfilter/nf_tables_api.c}).
 *
 * <p>A base chain exists once somebody has used it: {@code iptables-nft} makes it then, and only then does its hook ask it.
 */
public final class Table {
    /** {@code NFT_JUMP_STACK_SIZE}: how deep jumps may nest. */
    static final int MAX_DEPTH = 16;

    private final Netfilter netfilter;
    private final TableName name;
    private final @Nullable Chain[] base = new Chain[Hook.values().length];
    private final TreeMap<String, Chain> users = new TreeMap<>();
    private long handle;
    private long lastHandle;

    Table(Netfilter netfilter, TableName name) {
        this.netfilter = netfilter;
        this.name = name;
    }

    public TableName name() {
        return name;
    }

    // ---- asking ----

    /** Whether it is there: somebody has made a chain in it. */
    public boolean isUsed() {
        return handle > 0;
    }

    /** Its number in the namespace: the later it came into use, the greater; 0 before that. */
    public long handle() {
        return handle;
    }

    /** The base chain at a hook; null while nobody has used it. */
    public @Nullable Chain base(Hook hook) {
        return base[hook.ordinal()];
    }

    /** The chain of this name; null if there is none, or it is a base chain that nobody has used. */
    public @Nullable Chain chain(String chain) {
        Hook hook = hookOf(chain);
        return hook == null ? users.get(chain) : base(hook);
    }

    /** The hook whose base chain has this name in this table; null if it is no built-in chain's. */
    public @Nullable Hook hookOf(String chain) {
        for (Hook hook : name.hooks()) {
            if (hook.name().equals(chain)) {
                return hook;
            }
        }
        return null;
    }

    /** The chains that exist: base chains in the order of hooks, then the users' by name. */
    public List<Chain> chains() {
        var all = new ArrayList<Chain>();
        for (Hook hook : name.hooks()) {
            Chain chain = base(hook);
            if (chain != null) {
                all.add(chain);
            }
        }
        all.addAll(users.values());
        return all;
    }

    /** The chains as listings show them: base chains that nobody has used appear as they would be. */
    public List<Chain> listed() {
        var all = new ArrayList<Chain>();
        for (Hook hook : name.hooks()) {
            Chain chain = base(hook);
            all.add(chain == null ? new Chain(hook.name(), hook, 0) : chain);
        }
        all.addAll(users.values());
        return all;
    }

    /** Whether a rule with the same text is in the chain. */
    public boolean exists(String chain, RuleSpec spec) {
        Chain found = chain(chain);
        return found != null && found.find(spec) >= 0;
    }

    // ---- chains ----

    /** The chain of this name, made if need be. @throws KernelException ENOSPC if there are too many */
    public Chain ensureChain(String chain) throws KernelException {
        Chain found = chain(chain);
        if (found == null) {
            found = addChain(chain);
        }
        return found;
    }

    private Chain addChain(String chain) throws KernelException {
        Hook hook = hookOf(chain);
        netfilter.makeRoom();
        var added = new Chain(chain, hook, ++lastHandle);
        if (handle == 0) {
            handle = netfilter.newTableHandle();
        }
        if (hook == null) {
            users.put(chain, added);
            netfilter.userChainsChanged(1);
        } else {
            base[hook.ordinal()] = added;
            netfilter.baseChainAdded(name);
        }
        return added;
    }

    /** {@code -N}. @throws KernelException EEXIST, ENOSPC */
    public Chain createChain(String chain) throws KernelException {
        if (hookOf(chain) != null || users.containsKey(chain)) {
            throw new KernelException(Errno.EEXIST);
        }
        return addChain(chain);
    }

    /** {@code -X}. @throws KernelException ENOENT, EBUSY if it has rules or rules jump to it */
    public void deleteChain(String chain) throws KernelException {
        Chain found = present(chain);
        if (found.references() > 0 || !found.rules().isEmpty()) {
            throw new KernelException(Errno.EBUSY);
        }
        Hook hook = found.hook();
        if (hook == null) {
            users.remove(chain);
            netfilter.userChainsChanged(-1);
        } else {
            base[hook.ordinal()] = null;
            netfilter.baseChainRemoved(name);
        }
    }

    /** {@code -E}: rules that jump to it follow. @throws KernelException ENOENT, EEXIST */
    public void renameChain(String from, String to) throws KernelException {
        if (hookOf(to) != null || users.containsKey(to)) {
            throw new KernelException(Errno.EEXIST);
        }
        Chain chain = users.get(from);
        if (chain == null) {
            throw new KernelException(Errno.ENOENT);
        }
        users.remove(from);
        chain.rename(to);
        users.put(to, chain);
        for (Chain other : chains()) {
            for (Rule rule : other.rules()) {
                RuleSpec spec = rule.spec();
                if (spec.target() instanceof JumpTarget jump && jump.chain().equals(from)) {
                    rule.renameTarget(new RuleSpec(spec.header(), spec.matches(), new JumpTarget(to, jump.goTo())));
                }
            }
        }
    }

    /** {@code -P} of a base chain: ACCEPT or DROP. */
    public void setPolicy(Hook hook, Verdict policy) throws KernelException {
        ensureChain(hook.name()).setPolicy(policy);
    }

    /** Sets the counters of a base chain's policy ({@code iptables-restore -c}). */
    public void setCounters(Hook hook, long packets, long bytes) throws KernelException {
        ensureChain(hook.name()).setCounters(packets, bytes);
    }

    // ---- rules ----

    /** {@code -A}. See {@link #insert}. */
    public Rule append(String chain, RuleSpec spec) throws KernelException {
        return append(chain, spec, 0, 0);
    }

    /** Appends with counters ({@code iptables-restore -c}, {@code -A … -c}). */
    public Rule append(String chain, RuleSpec spec, long packets, long bytes) throws KernelException {
        Chain present = chain(chain);
        return insertInto(chain, present == null ? 0 : present.rules().size(), spec, packets, bytes);
    }

    /**
     * {@code -I}; a base chain is made if need be.
     *
     * @param number its place, from 1
     * @throws KernelException ENOENT if the chain or the chain jumped to is missing, ERANGE if the place is, EINVAL if the target does
     *     not belong here, EOPNOTSUPP for a jump to a base chain, EMLINK if jumps go round or too deep, ENOMEM if there are too many rules
     */
    public Rule insert(String chain, int number, RuleSpec spec) throws KernelException {
        return insert(chain, number, spec, 0, 0);
    }

    /** Inserts with counters. */
    public Rule insert(String chain, int number, RuleSpec spec, long packets, long bytes) throws KernelException {
        Chain present = chain(chain);
        if (number < 1 || number > (present == null ? 0 : present.rules().size()) + 1) {
            throw new KernelException(Errno.ERANGE);
        }
        return insertInto(chain, number - 1, spec, packets, bytes);
    }

    /** Table, chain and rule are made in one transaction: if the rule is refused, none of them is. */
    private Rule insertInto(String chain, int index, RuleSpec spec, long packets, long bytes) throws KernelException {
        long handleBefore = handle;
        boolean thereBefore = chain(chain) != null;
        Chain found = existing(chain);
        try {
            return insertAt(found, index, spec, packets, bytes);
        } catch (KernelException e) {
            if (!thereBefore) {
                deleteChain(chain);
                handle = handleBefore;
            }
            throw e;
        }
    }

    private Rule insertAt(Chain chain, int index, RuleSpec spec, long packets, long bytes) throws KernelException {
        checkTarget(spec);
        netfilter.makeRoom();
        var rule = new Rule(netfilter.nextRuleId(), ++lastHandle, chain, spec, packets, bytes);
        chain.mutableRules().add(index, rule);
        added(spec);
        try {
            validate();
        } catch (KernelException e) {
            chain.mutableRules().remove(index);
            removed(spec);
            throw e;
        }
        return rule;
    }

    /** {@code -R}. See {@link #insert}. */
    public Rule replace(String chain, int number, RuleSpec spec, long packets, long bytes) throws KernelException {
        Chain found = present(chain);
        checkNumber(found, number);
        Rule rule = insertAt(found, number, spec, packets, bytes);
        removed(found.mutableRules().remove(number - 1).spec());
        return rule;
    }

    /** {@code -D} by number, from 1. @throws KernelException ENOENT if there is no such chain, ERANGE if no such rule */
    public void delete(String chain, int number) throws KernelException {
        Chain found = present(chain);
        checkNumber(found, number);
        removed(found.mutableRules().remove(number - 1).spec());
    }

    /** {@code -D} of the first rule with the same text; false if there is none. */
    public boolean delete(String chain, RuleSpec spec) {
        Chain found = chain(chain);
        int index = found == null ? -1 : found.find(spec);
        if (found == null || index < 0) {
            return false;
        }
        removed(found.mutableRules().remove(index).spec());
        return true;
    }

    /** {@code -F} of one chain. @throws KernelException ENOENT */
    public void flush(String chain) throws KernelException {
        Chain found = present(chain);
        found.rules().forEach(rule -> removed(rule.spec()));
        found.mutableRules().clear();
    }

    /** Removes all rules and chains; base chains are as if nobody had used them ({@code iptables-restore}). */
    public void clear() {
        restore(new Saved(List.of()));
        handle = 0;
    }

    /** A table as it was at some time. */
    public static final class Saved {
        private final List<SavedChain> chains;

        private Saved(List<SavedChain> chains) {
            this.chains = chains;
        }
    }

    private record SavedChain(Chain chain, Verdict policy, List<Rule> rules) {}

    /** What {@link #restore} brings back; counters go on counting. */
    public Saved save() {
        return new Saved(chains().stream().map(chain -> new SavedChain(chain, chain.policy(), List.copyOf(chain.rules()))).toList());
    }

    /** Makes it be again what it was. */
    public void restore(Saved saved) {
        for (Chain chain : chains()) {
            chain.rules().forEach(rule -> removed(rule.spec()));
            chain.mutableRules().clear();
        }
        for (Hook hook : name.hooks()) {
            if (base[hook.ordinal()] != null) {
                base[hook.ordinal()] = null;
                netfilter.baseChainRemoved(name);
            }
        }
        netfilter.userChainsChanged(-users.size());
        users.clear();
        for (SavedChain each : saved.chains) {
            Hook hook = each.chain.hook();
            each.chain.setPolicy(each.policy);
            if (hook == null) {
                users.put(each.chain.name(), each.chain);
                netfilter.userChainsChanged(1);
            } else {
                base[hook.ordinal()] = each.chain;
                netfilter.baseChainAdded(name);
            }
        }
        for (SavedChain each : saved.chains) {
            each.chain.mutableRules().addAll(each.rules);
            each.rules.forEach(rule -> added(rule.spec()));
        }
    }

    private Chain existing(String chain) throws KernelException {
        Chain found = hookOf(chain) != null ? ensureChain(chain) : users.get(chain);
        if (found == null) {
            throw new KernelException(Errno.ENOENT);
        }
        return found;
    }

    private Chain present(String chain) throws KernelException {
        Chain found = chain(chain);
        if (found == null) {
            throw new KernelException(Errno.ENOENT);
        }
        return found;
    }

    private static void checkNumber(Chain chain, int number) throws KernelException {
        if (number < 1 || number > chain.rules().size()) {
            throw new KernelException(Errno.ERANGE);
        }
    }

    private void added(RuleSpec spec) {
        if (spec.target() instanceof JumpTarget jump) {
            java.util.Objects.requireNonNull(chain(jump.chain())).addReference(1);
        }
        netfilter.ruleAdded(spec);
    }

    private void removed(RuleSpec spec) {
        if (spec.target() instanceof JumpTarget jump) {
            java.util.Objects.requireNonNull(chain(jump.chain())).addReference(-1);
        }
        netfilter.ruleRemoved(spec);
    }

    // ---- checks ----

    private void checkTarget(RuleSpec spec) throws KernelException {
        if (spec.target() instanceof JumpTarget jump) {
            if (chain(jump.chain()) == null) {
                throw new KernelException(Errno.ENOENT);
            }
            if (hookOf(jump.chain()) != null) {
                throw new KernelException(Errno.EOPNOTSUPP);
            }
        } else if (!spec.target().allowedIn(name)) {
            throw new KernelException(Errno.EINVAL);
        }
        if (!spec.allowed()) {
            throw new KernelException(Errno.EINVAL);
        }
    }

    /**
     * {@code nft_table_validate}: from every base chain, jumps end before they are too deep, and all conditions and targets are at home.
     * What no base chain leads to is not looked at.
     */
    private void validate() throws KernelException {
        for (Hook hook : name.hooks()) {
            Chain chain = base(hook);
            if (chain != null) {
                var depths = new TreeMap<String, Integer>();
                if (depth(chain, depths) > MAX_DEPTH) {
                    throw new KernelException(Errno.EMLINK);
                }
                for (String reached : depths.keySet()) {
                    validate(java.util.Objects.requireNonNull(chain(reached)), hook);
                }
            }
        }
    }

    private static void validate(Chain chain, Hook hook) throws KernelException {
        for (Rule rule : chain.rules()) {
            if (!rule.spec().allowedAt(hook)) {
                throw new KernelException(Errno.EINVAL);
            }
        }
    }

    /** How many chains deep jumps from here go, this one included; more than {@link #MAX_DEPTH} if they go round. */
    private int depth(Chain chain, TreeMap<String, Integer> known) {
        Integer before = known.get(chain.name());
        if (before != null) {
            return before;
        }
        known.put(chain.name(), MAX_DEPTH + 1);
        int deepest = 0;
        for (Rule rule : chain.rules()) {
            if (rule.spec().target() instanceof JumpTarget jump) {
                deepest = Math.max(deepest, depth(java.util.Objects.requireNonNull(users.get(jump.chain())), known));
            }
        }
        known.put(chain.name(), deepest + 1);
        return deepest + 1;
    }
}
