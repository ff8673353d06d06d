package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** {@code -j ACCEPT}, {@code DROP} and {@code RETURN}. */
public enum StandardTarget implements Target {
    ACCEPT(Verdict.ACCEPT),
    DROP(Verdict.DROP),
    RETURN(Verdict.RETURN);

    private final Verdict verdict;

    StandardTarget(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        return verdict;
    }
}
