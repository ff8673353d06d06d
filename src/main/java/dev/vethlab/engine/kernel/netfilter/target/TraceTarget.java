package dev.vethlab.engine.kernel.netfilter.target;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.Verdict;

/** {@code -j TRACE}: from here on listeners are told which rules the packet matches ({@code nft_meta}: {@code nftrace}). */
public record TraceTarget() implements Target {
    @Override
    public String name() {
        return "TRACE";
    }

    @Override
    public Verdict apply(PacketBuffer packet, HookPoint at) {
        packet.traced = true;
        return Verdict.CONTINUE;
    }
}
