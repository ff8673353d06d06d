package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** A rule that only counts. */
public record NoTarget() implements Target {
    @Override
    public String name() {
        return "";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        return Verdict.CONTINUE;
    }
}
