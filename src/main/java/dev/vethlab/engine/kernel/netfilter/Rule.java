package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.trace.Decision;

/** A rule in its chain: what it says, and how many packets and bytes it matched. */
public final class Rule implements Decision.RuleText {
    private final long id;
    private final long handle;
    private final Chain chain;
    private RuleSpec spec;
    private long packets;
    private long bytes;

    Rule(long id, long handle, Chain chain, RuleSpec spec, long packets, long bytes) {
        this.id = id;
        this.handle = handle;
        this.chain = chain;
        this.spec = spec;
        this.packets = packets;
        this.bytes = bytes;
    }

    @Override
    public long id() {
        return id;
    }

    /** Its number in the table, which chains draw on, too ({@code nf_tables_alloc_handle}). */
    public long handle() {
        return handle;
    }

    public RuleSpec spec() {
        return spec;
    }

    /** The chain that it leads to has another name now. */
    void renameTarget(RuleSpec renamed) {
        spec = renamed;
    }

    /** {@code -A CHAIN …}, as {@code iptables -S} prints it. */
    @Override
    public String text() {
        return "-A " + chain.name() + spec.text();
    }

    public String chainName() {
        return chain.name();
    }

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

    /** {@code -Z}. */
    public void zero() {
        packets = 0;
        bytes = 0;
    }
}
