package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/**
 * {@code -j} and {@code -g} to a user chain of the same table.
 *
 * @param goTo whether what comes back from there goes on behind the last jump, not here
 */
public record JumpTarget(String chain, boolean goTo) implements Target {
    @Override
    public String name() {
        return chain;
    }

    /** The walk itself follows it. */
    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        return Verdict.CONTINUE;
    }
}
