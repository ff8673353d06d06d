package dev.vethlab.engine.kernel.netfilter;

/** What a rule's target says about the packet. */
public enum Verdict {
    /** The next rule is asked. */
    CONTINUE,
    /** The packet passes this table. */
    ACCEPT,
    /** The packet ends here. */
    DROP,
    /** Back to the rule after the jump; from a base chain, to its policy. */
    RETURN
}
