package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.target.JumpTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import dev.vethlab.engine.trace.Decision;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One packet's way through the rules of a table ({@code nft_do_chain}), and the record of it.
 *
 * <p>What it needs while walking is kept from walk to walk; what the trace keeps of a walk is copied once, into arrays. Why a rule did
 * not match is worked out when somebody asks.
 */
final class Walk {
    /** {@code NFT_RETURN}, which xtables-monitor has no word for. */
    private static final String NFT_RETURN = "0xfffffffb";

    private final Chain[] returnChains = new Chain[Table.MAX_DEPTH + 1];
    private final int[] returnPlaces = new int[Table.MAX_DEPTH + 1];
    private Rule[] rules = new Rule[32];
    private int[] numbers = new int[32];
    private int[] failures = new int[32];
    private PacketView[] views = new PacketView[32];
    private int tried;
    private boolean told;
    private @Nullable Rule decider;
    private Verdict verdict = Verdict.ACCEPT;
    private @Nullable Chain base;
    private @Nullable HookPoint point;

    /** Walks; CONTINUE and RETURN do not come out of it. */
    Verdict run(Table table, Chain base, PacketBuffer packet, HookPoint at) {
        this.base = base;
        this.point = at;
        tried = 0;
        told = false;
        decider = null;
        PacketView view = PacketView.of(packet, at);
        Chain chain = base;
        int place = 0;
        int depth = 0;
        while (true) {
            if (place >= chain.rules().size()) {
                if (depth == 0) {
                    return decideByPolicy(base, packet, at);
                }
                depth--;
                chain = returnChains[depth];
                place = returnPlaces[depth];
                continue;
            }
            Rule rule = chain.rules().get(place++);
            int failed = rule.spec().firstFailure(packet, at);
            note(rule, place, failed, view);
            if (failed >= 0) {
                continue;
            }
            rule.count(packet.ip().length());
            Target target = rule.spec().target();
            if (target instanceof JumpTarget jump) {
                tell(packet, at, rule, jump.goTo() ? "GOTO:" : "JUMP:", jump.chain());
                if (!jump.goTo()) {
                    returnChains[depth] = chain;
                    returnPlaces[depth] = place;
                    depth++;
                }
                chain = Objects.requireNonNull(table.chain(jump.chain()));
                place = 0;
                continue;
            }
            verdict = target.apply(packet, at);
            tell(packet, at, rule, verdict == Verdict.RETURN ? NFT_RETURN : verdict.name(), "");
            switch (verdict) {
                case ACCEPT, DROP -> {
                    decider = rule;
                    return verdict;
                }
                case RETURN -> place = Integer.MAX_VALUE;
                case CONTINUE -> view = target.changesPacket() ? PacketView.of(packet, at) : view;
            }
        }
    }

    /** {@code nft_trace_packet}. */
    private void tell(PacketBuffer packet, HookPoint at, Rule rule, String says, String chain) {
        if (!packet.traced) {
            return;
        }
        for (RuleListener listener : at.namespace().netfilter().listeners(packet)) {
            if (!told) {
                listener.packet(packet, at);
            }
            listener.matched(packet, at, rule, says + chain);
        }
        told = true;
    }

    private Verdict decideByPolicy(Chain base, PacketBuffer packet, HookPoint at) {
        base.count(packet.ip().length());
        verdict = base.policy();
        for (RuleListener listener : at.namespace().netfilter().listeners(packet)) {
            if (!told) {
                listener.packet(packet, at);
            }
            listener.policy(packet, at, verdict);
        }
        return verdict;
    }

    private void note(Rule rule, int number, int failed, PacketView view) {
        if (tried == rules.length) {
            rules = Arrays.copyOf(rules, tried * 2);
            numbers = Arrays.copyOf(numbers, tried * 2);
            failures = Arrays.copyOf(failures, tried * 2);
            views = Arrays.copyOf(views, tried * 2);
        }
        rules[tried] = rule;
        numbers[tried] = number;
        failures[tried] = failed;
        views[tried++] = view;
    }

    /** What came of the last walk, for the trace. */
    Decision.RuleWalk decision() {
        HookPoint at = Objects.requireNonNull(point);
        String outcome = decider == null ? verdict.name() : decider.spec().target().name();
        return new Decision.RuleWalk(at.table().text(), at.hook().name(),
                new Tried(Arrays.copyOf(rules, tried), Arrays.copyOf(numbers, tried), Arrays.copyOf(failures, tried),
                        Arrays.copyOf(views, tried)),
                outcome, decider == null);
    }

    /** What would have let a dropped packet through. */
    Decision.Lazy remedy() {
        Chain chain = Objects.requireNonNull(base);
        HookPoint at = Objects.requireNonNull(point);
        Rule rule = decider;
        if (rule == null) {
            return () -> "a rule in " + chain.name() + " that accepts it; the policy of " + chain.name() + " in table " + at.table().text()
                    + " is " + chain.policy();
        }
        return () -> "a rule before “" + rule.text() + "” in table " + at.table().text() + " that accepts it";
    }

    /** The rules tried, each made when it is looked at. */
    private static final class Tried extends AbstractList<Decision.RuleTried> {
        private final Rule[] rules;
        private final int[] numbers;
        private final int[] failures;
        private final PacketView[] views;

        Tried(Rule[] rules, int[] numbers, int[] failures, PacketView[] views) {
            this.rules = rules;
            this.numbers = numbers;
            this.failures = failures;
            this.views = views;
        }

        @Override
        public Decision.RuleTried get(int index) {
            Rule rule = rules[index];
            int failed = failures[index];
            PacketView view = views[index];
            Decision.Lazy why = failed < 0 ? null : () -> rule.spec().failure(failed, view);
            return new Decision.RuleTried(rule.chainName(), numbers[index], rule, why);
        }

        @Override
        public int size() {
            return rules.length;
        }
    }
}
