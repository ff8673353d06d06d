package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.PacketBuffer;

/** Who is told what a traced packet meets in the tables ({@code nf_tables_trace.c}). */
public interface RuleListener {
    /** The first rule or the policy of a base chain has decided about the packet: what it looks like now. */
    void packet(PacketBuffer packet, HookPoint at);

    /** It matched a rule, which says {@code verdict}: {@code ACCEPT}, {@code CONTINUE}, {@code JUMP:chain} … */
    void matched(PacketBuffer packet, HookPoint at, Rule rule, String verdict);

    /** A base chain's policy decided. */
    void policy(PacketBuffer packet, HookPoint at, Verdict policy);
}
