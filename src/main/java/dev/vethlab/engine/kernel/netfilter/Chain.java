package dev.vethlab.engine.kernel.netfilter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of rules: a base chain, which a hook asks and which has a policy, or a user's, to which rules jump. */
public final class Chain {
    private final @Nullable Hook hook;
    private final List<Rule> rules = new ArrayList<>();
    private final long handle;
    private String name;
    private Verdict policy = Verdict.ACCEPT;
    private int references;
    private long packets;
    private long bytes;

    Chain(String name, @Nullable Hook hook, long handle) {
        this.name = name;
        this.hook = hook;
        this.handle = handle;
    }

    /** Its number in the table: the later it was made, the greater. */
    public long handle() {
        return handle;
    }

    public String name() {
        return name;
    }

    void rename(String name) {
        this.name = name;
    }

    /** The hook that asks it; null for a user's chain. */
    public @Nullable Hook hook() {
        return hook;
    }

    public boolean isBase() {
        return hook != null;
    }

    public List<Rule> rules() {
        return Collections.unmodifiableList(rules);
    }

    List<Rule> mutableRules() {
        return rules;
    }

    /** ACCEPT or DROP: what becomes of a packet at the end of a base chain. */
    public Verdict policy() {
        return policy;
    }

    void setPolicy(Verdict policy) {
        this.policy = policy;
    }

    /** How many rules jump here. */
    public int references() {
        return references;
    }

    void addReference(int change) {
        references += change;
    }

    /** Packets that the policy decided. */
    public long packets() {
        return packets;
    }

    public long bytes() {
        return bytes;
    }

    void count(int length) {
        packets++;
        bytes += length;
    }

    /** {@code -Z}: the policy's counters and all rules'. */
    public void zero() {
        packets = 0;
        bytes = 0;
        rules.forEach(Rule::zero);
    }

    void setCounters(long packets, long bytes) {
        this.packets = packets;
        this.bytes = bytes;
    }

    /** The place of the first rule with this text, from 0; -1 if there is none. */
    public int find(RuleSpec spec) {
        String text = spec.text();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).spec().text().equals(text)) {
                return i;
            }
        }
        return -1;
    }
}
